import Domain
import Grading
import Testing

@Suite("Policies that stand on others")
struct ExtendingTests {
  private static let documents = [
    "state": InheritanceTests.state,
    "district": #"{"policy": "district", "extends": "state", "minimum": 3}"#,
    "school": #"{"policy": "school", "extends": "district", "counts": {"trust": "verified"}}"#,
    "weak": #"{"policy": "weak", "extends": "district", "minimum": 2}"#,
    "strange": #"{"policy": "strange", "extends": "state", "colour": "red"}"#,
    "one": #"{"policy": "one", "extends": "two"}"#,
    "two": #"{"policy": "two", "extends": "one"}"#,
    "own": #"{"policy": "own", "extends": "own"}"#,
    "blank": #"{"policy": "blank", "extends": ""}"#,
    "list": #"{"policy": "list", "extends": ["state"]}"#,
    "lost": #"{"policy": "lost", "extends": "nowhere"}"#,
    "broken": #"{"policy": "broken", "extends": "#,
    "above": #"{"policy": "above", "extends": "broken"}"#,
  ]

  private static func policy(_ name: String) throws(GradingError) -> Policy {
    try Policy(json: Array((documents[name] ?? "").utf8), file: name) {
      (name) throws(GradingError) in
      guard let text = documents[name] else {
        throw GradingError(.wrongValue, "There is no \(name).", at: Place(file: name))
      }
      return Array(text.utf8)
    }
  }

  @Test("a school has what its district and its state demand")
  func school() throws {
    let policy = try Self.policy("school")
    #expect(policy.id == "school")
    #expect(policy.minimum == 3)
    #expect(policy.counts.trust == .verified)
    #expect(policy.counts.kinds == [.quiz, .project])
    #expect(policy.document["extends"] == nil)
    let state = try Policy(json: Array(InheritanceTests.state.utf8))
    #expect(policy.weakening(of: state) == nil)
    #expect(try Self.policy("state") == state)
  }

  static let refused: [(name: String, code: GradingError.Code, file: String, pointer: String?)] = [
    ("weak", .weakened, "weak", "/minimum"), ("strange", .unknownField, "strange", "/colour"),
    ("one", .cycle, "two", "/extends"), ("own", .cycle, "own", "/extends"),
    ("blank", .wrongValue, "blank", "/extends"), ("list", .wrongValue, "list", "/extends"),
    ("lost", .wrongValue, "nowhere", nil), ("broken", .malformed, "broken", nil),
    ("above", .malformed, "broken", nil),
  ]

  @Test(
    "what is weaker, goes in circles or is not there is refused where it stands", arguments: refused
  )
  func refusals(
    name: String, code: GradingError.Code, file: String, pointer: String?
  ) {
    let error = #expect(throws: GradingError.self) { try Self.policy(name) }
    #expect(error?.code == code)
    #expect(error?.place?.file == file)
    if let pointer { #expect(error?.place?.pointer == pointer) }
  }

  @Test("a chain that never ends is given up")
  func endless() {
    var count = 0
    let error = #expect(throws: GradingError.self) {
      try Policy(json: Array(#"{"policy": "p", "extends": "n"}"#.utf8), file: "p") {
        (name) throws(GradingError) in
        count += 1
        return Array(#"{"policy": "p", "extends": "n\#(count)"}"#.utf8)
      }
    }
    #expect(error?.code == .cycle)
    #expect(count < 20)
  }
}
