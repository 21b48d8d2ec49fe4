import AdapterHost
import Testing

@Suite("Trust states")
struct TrustStateTests {
  /// The state after each event, `nil` where the event is refused.
  static let table: [(from: TrustState, event: TrustEvent, to: TrustState?)] = [
    (.unknown, .allow, .allowed), (.unknown, .trust, .trusted), (.unknown, .block, .blocked),
    (.unknown, .crash, .blocked), (.unknown, .revoke, .blocked), (.unknown, .change, .unknown),
    (.allowed, .allow, .allowed), (.allowed, .trust, .trusted), (.allowed, .block, .blocked),
    (.allowed, .crash, .blocked), (.allowed, .revoke, .blocked), (.allowed, .change, .unknown),
    (.trusted, .allow, .allowed), (.trusted, .trust, .trusted), (.trusted, .block, .blocked),
    (.trusted, .crash, .blocked), (.trusted, .revoke, .blocked), (.trusted, .change, .unknown),
    (.blocked, .allow, .allowed), (.blocked, .trust, nil), (.blocked, .block, .blocked),
    (.blocked, .crash, .blocked), (.blocked, .revoke, .blocked), (.blocked, .change, .unknown),
  ]

  @Test("change as the table says", arguments: table)
  func transitions(from: TrustState, event: TrustEvent, to: TrustState?) {
    #expect(from.after(event) == to)
  }

  @Test("the table has every pair")
  func tableIsWhole() {
    #expect(Self.table.count == TrustState.allCases.count * TrustEvent.allCases.count)
  }

  @Test("only the allowed and the trusted run")
  func running() {
    #expect(TrustState.allCases.filter(\.mayRun) == [.allowed, .trusted])
  }

  @Test("are loosened upwards only")
  func loosening() {
    let order: [TrustState] = [.blocked, .unknown, .allowed, .trusted]
    for (low, first) in order.enumerated() {
      for (high, second) in order.enumerated() {
        #expect(first.isLoosened(by: second) == (high > low))
      }
    }
  }
}
