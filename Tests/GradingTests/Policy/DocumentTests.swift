import Domain
import Grading
import Testing

@Suite("Policy documents")
struct DocumentTests {
  static let full = #"""
    {"policy": "full", "title": "Everything",
     "scale": {"id": "s", "levels": [{"label": "no", "number": 0}, {"label": "yes", "number": 3}],
       "masteredFrom": "yes"},
     "conversions": [{"scale": "letters", "levels": {"C-": "no", "C": "yes"}}],
     "points": [{"share": 0.8, "level": "yes"}],
     "counts": {"kinds": ["quiz"], "purposes": ["summative"], "contexts": ["class"],
       "raters": ["r"], "depths": ["dok:3"], "trust": "verified", "attempts": 3},
     "order": "due", "group": "pooled", "minimum": 2,
     "requires": [{"least": 1, "kinds": ["project"]}],
     "method": {"name": "exponential_decay", "weight": "0.65"},
     "rounding": {"places": 3, "beforeCut": true}, "offsetMinutes": -300,
     "gates": [
       {"name": "a", "when": {"all": [{"target": "t", "at": "yes"}, {"step": "s", "role": "r"}]}},
       {"name": "b", "perGroup": true, "when": {"least": 2, "of": [{"gate": "a"},
         {"targets": "backbone", "share": "7/10"}, {"targets": ["x", "y"], "least": 1}]}},
       {"name": "c", "when": {"any": [{"from": "2025-01-01", "before": "2025-06-30"},
         {"within": 14, "since": "entry"}, {"elapsed": 730, "since": "entry"}]}},
       {"name": "d", "when": {"points": 10, "of": [{"target": "t", "points": 5, "required": true}]}},
       {"name": "e", "when": {"evidence": {"kinds": ["discussion"]}, "targets": {"group": "m"},
         "at": "yes", "least": 1, "most": 3}},
       {"name": "f", "when": {"mean": 80, "targets": "all"}},
       {"name": "g", "when": {"share": 0.5, "of": [{"after": "2025-01-01", "through": "2025-02-01"}]}}
     ]}
    """#

  @Test("a policy survives its document, and the canonical form is a fixed point")
  func roundTrip() throws {
    let policy = try Policy(json: Array(Self.full.utf8))
    let again = try Policy(json: Array(policy.document.canonicalText.utf8))
    #expect(again == policy)
    #expect(again.digest == policy.digest)
    #expect(policy.document.canonicalText == again.document.canonicalText)
  }

  static let methods: [String] = [
    #"{"name":"latest"}"#, #"{"name":"highest"}"#, #"{"name":"mean"}"#,
    #"{"count":3,"name":"mean_of_last"}"#,
    #"{"name":"weighted_mean","others":1,"weights":{"quiz":0.5}}"#,
    #"{"middle":"lower","name":"median"}"#, #"{"name":"mode","tie":"latest"}"#,
    #"{"name":"newest_against_older","weight":0.65}"#,
    #"{"name":"exponential_decay","weight":"1/3"}"#, #"{"least":3,"name":"times_at_cut","of":5}"#,
    #"{"least":3,"name":"streak"}"#, #"{"name":"sum"}"#, #"{"name":"power_law","zero":0.5}"#,
    #"{"name":"promotion","rules":[{"below":1,"by":-1,"kinds":["test"]},{"from":["no"],"least":1,"to":"yes"}]}"#,
    #"{"ceiling":9,"floor":0,"gain":1,"loss":2,"name":"counter","success":1}"#,
    #"{"forget":0,"guess":0.2,"learn":0.1,"name":"knowledge_tracing","prior":0.3,"slip":0.1,"success":1}"#,
  ]

  @Test("every method survives its document", arguments: methods)
  func method(text: String) throws {
    let policy = try Policy(json: Array(Self.small(method: text).utf8))
    #expect(policy.document["method"]?.canonicalText == text)
  }

  private static func small(method: String = #"{"name":"latest"}"#, _ more: String = "") -> String {
    """
    {"policy":"p","scale":{"id":"s","levels":[{"label":"no","number":0},
    {"label":"yes","number":3}],"masteredFrom":"yes"},"method":\(method)\(more)}
    """
  }

  @Test("Swift and JSON give the same canonical form")
  func builder() throws {
    let scale = try ProficiencyScale(
      id: "s", title: "s", levels: [MasteryLevel("no", number: 0), MasteryLevel("yes", number: 3)],
      masteredFrom: "yes")
    let built = try Policy("p") {
      PolicyPart.scale(scale)
      PolicyPart.method(.latest)
      PolicyPart.gate(
        "g",
        .all {
          Gate.target("t", at: nil)
          for name in ["x", "y"] { Gate.target(ID(name), at: "yes") }
        })
    }
    let read = try Policy(
      json: Array(
        Self.small(
          #","gates":[{"name":"g","when":{"all":[{"target":"t"},{"target":"x","at":"yes"},{"target":"y","at":"yes"}]}}]"#
        ).utf8))
    #expect(built == read)
    #expect(built.digest == read.digest)
  }

  @Test("order of fields, blanks and ways to write a number do not change the hash")
  func hash() throws {
    let first = try Policy(
      json: Array(Self.small(method: #"{"name":"exponential_decay","weight":0.65}"#).utf8))
    let second = try Policy(
      json: Array(Self.small(method: #"{"weight": "13/20", "name": "exponential_decay"}"#).utf8))
    #expect(first.digest == second.digest)
    let third = try Policy(
      json: Array(Self.small(method: #"{"name":"exponential_decay","weight":0.66}"#).utf8))
    #expect(first.digest != third.digest)
  }

  static let bad: [(text: String, code: GradingError.Code, pointer: String)] = [
    (small(method: #"{"name":"magic"}"#), .unknownMethod, "/method/name"),
    (small(method: #"{"name":"mean","weight":1}"#), .unknownField, "/method/weight"),
    (small(method: #"{"name":"exponential_decay","weight":1.5}"#), .wrongValue, "/method/weight"),
    (small(method: #"{"name":"exponential_decay"}"#), .missingField, "/method"),
    (small(method: #"{"name":"mode","tie":"any"}"#), .wrongValue, "/method/tie"),
    (small(#","color":"red""#), .unknownField, "/color"),
    (small(#","minimum":0"#), .wrongValue, "/minimum"),
    (small(#","minimum":2.5"#), .wrongValue, "/minimum"),
    (
      small(#","gates":[{"name":"g","when":{"target":"t","at":"9"}}]"#), .wrongValue,
      "/gates/0/when/at"
    ),
    (
      small(#","gates":[{"name":"g","when":{"all":[{"sometimes":1}]}}]"#), .unknownMethod,
      "/gates/0/when/all/0"
    ),
    (small(#","gates":[{"name":"g","when":{"gate":"g"}}]"#), .cycle, "/gates/0"),
    (
      small(
        #","gates":[{"name":"g","when":{"gate":"h"}},{"name":"h","when":{"any":[{"gate":"g"}]}}]"#),
      .cycle, "/gates/0"
    ),
    (small(#","gates":[{"name":"g","when":{"gate":"h"}}]"#), .wrongValue, "/gates/0/when"),
    (
      small(#","gates":[{"name":"g","when":{"from":"2025-02-30"}}]"#), .wrongValue,
      "/gates/0/when/from"
    ),
    (#"{"policy":"p","method":{"name":"latest"}}"#, .missingField, ""),
    (#"{"policy":"p","policy":"q"}"#, .malformed, ""),
    ("[]", .wrongValue, ""),
    ("{\"policy\": NaN}", .malformed, "/policy"),
    (String(repeating: "[", count: 10_000), .limitExceeded, String(repeating: "/0", count: 64)),
  ]

  @Test("what is wrong is refused with its place", arguments: bad)
  func refusal(text: String, code: GradingError.Code, pointer: String) {
    let error = #expect(throws: GradingError.self) {
      try Policy(json: Array(text.utf8), file: "policy.json")
    }
    #expect(error?.code == code)
    #expect(error?.place?.pointer == pointer)
    #expect(error?.place?.file == "policy.json")
    #expect(error?.place?.line != nil)
  }

  @Test("a document of 200 MB is refused before it is read")
  func size() {
    let error = #expect(throws: GradingError.self) {
      try Policy(json: [UInt8](repeating: 0x20, count: 200 << 20))
    }
    #expect(error?.code == .limitExceeded)
  }

  @Test("levels without numbers have no mean")
  func ranks() throws {
    let scale = try ProficiencyScale(
      id: "s", title: "s", levels: [MasteryLevel("no"), MasteryLevel("yes")], masteredFrom: "yes")
    #expect(throws: GradingError.self) {
      try Policy(id: "p", title: "P", scale: scale, method: .mean)
    }
    #expect(throws: Never.self) {
      try Policy(id: "p", title: "P", scale: scale, method: .median(middle: .lower))
    }
  }
}
