/// What a Learning Mastery file looks like.
struct MasteryPlan {
  /// A pair of columns: a learner's score and the points for mastery.
  struct Outcome {
    /// Path of the outcome, as the headings have it.
    var path: String
    /// Identifier of the target.
    var id: String
    var isComma = false
  }

  /// All headings.
  var headers: [String]
  /// Columns before the first pair: name, identifier and perhaps the SIS identifier.
  var identityCount: Int
  var outcomes: [Outcome] = []
  var classID = ""

  /// The headings before the pairs, as they are written.
  static let identity = ["Student name", "Student ID", "Student SIS ID"]
  static let resultWords = " result"
  static let pointsWords = " mastery points"

  /// Reads the headings, or `nil` when they are no pairs.
  init?(headers: [String]) {
    self.headers = headers
    if headers.count <= 3, headers.elementsEqual(Self.identity.prefix(headers.count)) {
      // A file of learners alone.
      guard headers.count > 1 else { return nil }
      identityCount = headers.count
      return
    }
    let firstPair = headers.firstIndex { $0.hasSuffix(Self.resultWords) }
    // Translated headings: pairs that begin with the same path.
    identityCount = firstPair ?? (headers.count.isMultiple(of: 2) ? 2 : 3)
    guard (1...3).contains(identityCount), headers.count > identityCount,
      (headers.count - identityCount).isMultiple(of: 2)
    else { return nil }
    var taken: Set<String> = []
    for column in stride(from: identityCount, to: headers.count, by: 2) {
      guard let path = Self.path(headers[column], headers[column + 1]) else { return nil }
      let id = SharedGradebooks.free("canvas:outcome:\(path)", in: &taken)
      outcomes.append(Outcome(path: path, id: id))
    }
  }

  private static func path(_ result: String, _ points: String) -> String? {
    if result.hasSuffix(resultWords) {
      let path = String(result.dropLast(resultWords.count))
      return points.utf8.elementsEqual((path + pointsWords).utf8) ? path : nil
    }
    var common: [UInt8] = []
    for (left, right) in zip(result.utf8, points.utf8) {
      guard left == right else { break }
      common.append(left)
    }
    // Whole words only: back to the last blank.
    while let last = common.last, last != 0x20 { common.removeLast() }
    while common.last == 0x20 { common.removeLast() }
    return common.isEmpty ? nil : String(decoding: common, as: UTF8.self)
  }

  /// Whether the headings of the pairs are in English.
  var isEnglish: Bool { headers.contains { $0.hasSuffix(Self.resultWords) } }

  /// The plan as one text.
  var text: String {
    let marks = outcomes.map { $0.isComma ? "," : "." }.joined()
    return ([classID, marks] + headers).joined(separator: "\u{1F}")
  }

  /// Reads ``text``.
  init?(text: String) {
    let parts = text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 3 else { return nil }
    self.init(headers: Array(parts[2...]))
    classID = parts[0]
    for (index, mark) in parts[1].utf8.enumerated() where index < outcomes.count {
      outcomes[index].isComma = mark == UInt8(ascii: ",")
    }
  }
}
