import Domain
import Testing

@Suite("Field state")
struct FieldStateTests {
  static let states: [(state: FieldState<Int>, text: String)] = [
    (.absent, "absent"), (.blank, "blank"), (.notApplicable, "not_applicable"),
    (.excused, "excused"), (.value(0), "=0"), (.value(-7), "=-7"),
  ]

  @Test("has a text of its own for each state", arguments: states)
  func text(state: FieldState<Int>, text: String) {
    #expect(state.canonicalText { "\($0)" } == text)
    #expect(FieldState(canonicalText: text) { Int($0) } == state)
  }

  @Test("never merges two states")
  func apart() {
    #expect(Set(Self.states.map(\.state)).count == Self.states.count)
    #expect(FieldState.value("blank").canonicalText { $0 } == "=blank")
    #expect(FieldState<Int>(canonicalText: "=x") { Int($0) } == nil)
    #expect(FieldState<Int>(canonicalText: "other") { Int($0) } == nil)
  }

  @Test("changes only values", arguments: states)
  func map(state: FieldState<Int>, text: String) {
    #expect(state.map { $0 + 1 }.value == state.value.map { $0 + 1 })
    #expect(state.flatMap { $0 == 0 ? .value($0) : .blank }.hasValue == (state == .value(0)))
    if !state.hasValue { #expect(state.map { $0 + 1 } == state) }
  }
}
