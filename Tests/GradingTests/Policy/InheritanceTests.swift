import Domain
import Grading
import Testing

@Suite("Inheritance")
struct InheritanceTests {
  static let state = #"""
    {"policy": "state",
     "scale": {"id": "s", "levels": [{"label": "1", "number": 1}, {"label": "2", "number": 2},
       {"label": "3", "number": 3}], "masteredFrom": "2"},
     "conversions": [{"scale": "letters", "levels": {"A": "3", "B": "2"}}],
     "points": "scaled", "counts": {"kinds": ["quiz", "project"], "trust": "claimed"}, "minimum": 2,
     "requires": [{"least": 1, "kinds": ["project"]}], "method": {"name": "mean"},
     "gates": [
       {"name": "level", "when": {"targets": "all", "share": 0.7}},
       {"name": "leave", "when": {"all": [{"step": "talk", "role": "teacher"},
         {"elapsed": 100, "since": "entry"}]}},
       {"name": "transfer", "when": {"within": 14, "since": "entry"}},
       {"name": "exam", "when": {"evidence": {"kinds": ["external_exam"]}, "least": 1, "at": "2"}}
     ]}
    """#

  private static func gates(
    level: String = #"{"targets": "all", "share": 0.7}"#,
    leave: String =
      #"{"all": [{"step": "talk", "role": "teacher"}, {"elapsed": 100, "since": "entry"}]}"#,
    transfer: String = #"{"within": 14, "since": "entry"}"#,
    exam: String = #"{"evidence": {"kinds": ["external_exam"]}, "least": 1, "at": "2"}"#
  ) -> String {
    #"{"gates": [{"name": "level", "when": \#(level)}, {"name": "leave", "when": \#(leave)}, "#
      + #"{"name": "transfer", "when": \#(transfer)}, {"name": "exam", "when": \#(exam)}]}"#
  }

  static let stricter: [String] = [
    "{}", #"{"scale": {"masteredFrom": "3"}}"#, #"{"minimum": 3}"#,
    #"{"counts": {"kinds": ["quiz"]}}"#,
    #"{"counts": {"trust": "verified", "attempts": 2}}"#,
    #"{"conversions": [{"scale": "letters", "levels": {"A": "2"}}]}"#,
    #"{"requires": [{"least": 2, "kinds": ["project"]}]}"#,
    gates(level: #"{"targets": "all", "share": 0.8}"#), gates(level: #"{"targets": "all"}"#),
    gates(level: #"{"targets": "all", "share": 0.7, "at": "3"}"#),
    gates(level: #"{"all": [{"targets": "all", "share": 0.7}, {"target": "x"}]}"#),
    gates(transfer: #"{"within": 10, "since": "entry"}"#),
    gates(
      leave: #"{"all": [{"step": "talk", "role": "teacher"}, {"elapsed": 120, "since": "entry"}]}"#),
    gates(
      exam:
        #"{"evidence": {"kinds": ["external_exam"], "trust": "verified"}, "least": 2, "at": "3"}"#),
  ]

  @Test("a child may demand more", arguments: stricter)
  func tightening(changes: String) throws {
    let state = try Policy(json: Array(Self.state.utf8))
    #expect(throws: Never.self) {
      try Policy(extending: state, with: DocumentReader.read(changes))
    }
  }

  static let weaker: [(changes: String, pointer: String)] = [
    (#"{"scale": {"masteredFrom": "1"}}"#, "/scale/masteredFrom"), (#"{"minimum": 1}"#, "/minimum"),
    (#"{"counts": {"kinds": ["quiz", "essay"]}}"#, "/counts/kinds"),
    (#"{"counts": {"kinds": null}}"#, "/counts/kinds"),
    (#"{"counts": {"trust": "self"}}"#, "/counts/trust"),
    (#"{"conversions": [{"scale": "letters", "levels": {"B": "3"}}]}"#, "/conversions"),
    (#"{"conversions": [{"scale": "other", "levels": {"B": "2"}}]}"#, "/conversions"),
    (#"{"points": "earned"}"#, "/points"), (#"{"order": "due"}"#, "/order"),
    (#"{"method": {"name": "highest"}}"#, "/method"), (#"{"requires": null}"#, "/requires"),
    (#"{"rounding": {"places": 0, "beforeCut": true}}"#, "/rounding"),
    (#"{"gates": null}"#, "/gates"),
    (gates(level: #"{"targets": "all", "share": 0.6}"#), "/gates/0/when"),
    (gates(level: #"{"targets": "all", "share": 0.7, "at": "1"}"#), "/gates/0/when"),
    (
      gates(level: #"{"any": [{"targets": "all", "share": 0.7}, {"target": "x"}]}"#),
      "/gates/0/when"
    ),
    (gates(leave: #"{"step": "talk", "role": "teacher"}"#), "/gates/1/when"),
    (
      gates(
        leave:
          #"{"all": [{"step": "talk", "role": "principal"}, {"elapsed": 100, "since": "entry"}]}"#),
      "/gates/1/when"
    ),
    (gates(transfer: #"{"within": 15, "since": "entry"}"#), "/gates/2/when"),
    (gates(transfer: #"{"within": 14, "since": "entry", "inclusive": true}"#), "/gates/2/when"),
    (gates(exam: #"{"evidence": {}, "least": 1, "at": "2"}"#), "/gates/3/when"),
    (gates(exam: #"{"evidence": {"kinds": ["external_exam"]}, "least": 1}"#), "/gates/3/when"),
  ]

  @Test("a child that demands less is refused with the field", arguments: weaker)
  func weakening(changes: String, pointer: String) throws {
    let state = try Policy(json: Array(Self.state.utf8))
    let error = #expect(throws: GradingError.self) {
      try Policy(extending: state, with: DocumentReader.read(changes))
    }
    #expect(error?.code == .weakened)
    #expect(error?.place?.pointer == pointer)
  }

  @Test("a school stands on its district, and the district on its state")
  func chain() throws {
    let state = try Policy(json: Array(Self.state.utf8))
    let district = try Policy(
      extending: state, with: DocumentReader.read(#"{"policy": "district", "minimum": 4}"#))
    let school = try Policy(
      extending: district,
      with: DocumentReader.read(#"{"policy": "school", "scale": {"masteredFrom": "3"}}"#))
    #expect(school.minimum == 4)
    #expect(school.weakening(of: state) == nil)
    let error = #expect(throws: GradingError.self) {
      try Policy(extending: district, with: DocumentReader.read(#"{"minimum": 3}"#))
    }
    #expect(error?.place?.pointer == "/minimum")
  }
}
