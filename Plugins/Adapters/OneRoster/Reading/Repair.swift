internal import AdapterKit
internal import CAdapterABI

/// What became of a cell whose text is not the field's value as it stands.
enum Repair {
  /// The value in its canonical form; the cell was as the format has it.
  case value(Text)
  /// The value that the cell means, though it is not written as the format has it.
  case read(Text, Finding)
  /// The cell cannot be understood; its text goes into an attribute.
  case kept(Finding)
  /// The row cannot be used.
  case refused(Finding)
}

/// Something that is wrong with a cell or row.
struct Finding {
  var code: String
  var message: String

  init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension Repair {
  /// Finds out what a cell means.
  static func of(
    _ text: Text, _ column: Column, dates: DateOrder, isScore: Bool, sink: inout RecordSink
  ) -> Repair {
    switch column.type {
    case .boolean: boolean(text)
    case .date, .time: date(text, column.type, dates, &sink)
    case .year: .read(text, Finding("oneroster.year_form", "a year has four digits"))
    case .number: number(text, isScore: isScore)
    case .status: word(text, Vocabulary.status)
    case .token: word(text, column.vocabulary)
    case .state: state(text)
    case .list, .refs: list(text, &sink)
    case .identifiers: identifiers(text, &sink)
    case .identifier: identifier(text, &sink)
    default: .value(text)
    }
  }

  /// A further identifier of 1.0, which has no type.
  private static func identifier(_ text: Text, _ sink: inout RecordSink) -> Repair {
    .value(sink.copy("userId:" + text.string))
  }

  private static func boolean(_ text: Text) -> Repair {
    let code = "oneroster.boolean_form"
    let message = "write true or false, in lower case"
    for known in ["true", "yes", "y", "1"] as [StaticString]
    where text.equalsIgnoringCase(Text(known)) {
      return .read(Text("true"), Finding(code, message))
    }
    for known in ["false", "no", "n", "0"] as [StaticString]
    where text.equalsIgnoringCase(Text(known)) {
      return .read(Text("false"), Finding(code, message))
    }
    return .kept(Finding("oneroster.boolean_unknown", message))
  }

  private static func number(_ text: Text, isScore: Bool) -> Repair {
    let message = "a number has digits and at most one decimal point, such as 92.5"
    if isScore { return .refused(Finding("oneroster.score_invalid", message)) }
    return .kept(Finding("oneroster.number_form", message))
  }

  /// A number with a decimal comma as one with a point.
  static func withPoint(_ text: Text, _ sink: inout RecordSink) -> Text? {
    var bytes = text.array
    guard let comma = bytes.firstIndex(of: UInt8(ascii: ",")) else { return nil }
    bytes[comma] = UInt8(ascii: ".")
    guard Text.lend(bytes, { Shape.isNumber($0) }) else { return nil }
    return sink.copy(bytes)
  }

  private static func word(_ text: Text, _ vocabulary: Vocabulary) -> Repair {
    if let word = vocabulary.ignoringCase(text) {
      return .read(
        word, Finding("oneroster.token_case", "words keep their case: write \(word.string)"))
    }
    let words = vocabulary.words.map { "\($0)" }.joined(separator: ", ")
    let others = vocabulary.isExtensible ? ", or a word after ext:" : ""
    return .read(text, Finding("oneroster.token_unknown", "expected one of \(words)\(others)"))
  }

  private static func state(_ text: Text) -> Repair {
    for (word, state) in ResultState.words {
      if text.equals(word) { return .value(Text(state)) }
      if text.equalsIgnoringCase(Text(word)) {
        return .read(
          Text(state), Finding("oneroster.token_case", "words keep their case: write \(word)"))
      }
    }
    let words = ResultState.words.map { "\($0.word)" }.joined(separator: ", ")
    return .read(text, Finding("oneroster.token_unknown", "expected one of \(words)"))
  }

  /// Elements with U+001F between them, without the blanks around commas.
  private static func list(_ text: Text, _ sink: inout RecordSink) -> Repair {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var hasBlank = false
    for byte in text.array {
      if byte == UInt8(ascii: ",") {
        hasBlank = trimEnd(&bytes) || hasBlank
        bytes.append(0x1F)
      } else if byte == UInt8(ascii: " "), bytes.isEmpty || bytes.last == 0x1F {
        hasBlank = true
      } else {
        bytes.append(byte)
      }
    }
    hasBlank = trimEnd(&bytes) || hasBlank
    let value = sink.copy(bytes)
    guard hasBlank else { return .value(value) }
    return .read(
      value, Finding("oneroster.list_blank", "write lists without blanks around the commas"))
  }

  private static func trimEnd(_ bytes: inout [UInt8]) -> Bool {
    var found = false
    while bytes.last == UInt8(ascii: " ") {
      bytes.removeLast()
      found = true
    }
    return found
  }

  /// `{type:value},{type:value}` as a list of `type:value`.
  private static func identifiers(_ text: Text, _ sink: inout RecordSink) -> Repair {
    var elements: [[UInt8]] = []
    guard Braces.parse(text, into: &elements), elements.allSatisfy({ $0.contains(0x3A) }) else {
      return .kept(
        Finding("oneroster.user_ids", "write user identifiers as {type:id},{type:id}"))
    }
    let bytes = Array(elements.joined(separator: [0x1F]))
    return .value(sink.copy(bytes))
  }
}

/// Lists of the form `{a},{b}`.
enum Braces {
  /// Takes the elements out of their braces.
  ///
  /// - Returns: Whether the text is such a list; blanks between the elements are fine.
  static func parse(_ text: Text, into elements: inout [[UInt8]]) -> Bool {
    let bytes = text.array
    var index = 0
    func skipBlanks() { while index < bytes.count, bytes[index] == 0x20 { index += 1 } }
    while true {
      skipBlanks()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "{"),
        let end = bytes[index...].firstIndex(of: UInt8(ascii: "}"))
      else { return false }
      elements.append(Array(bytes[(index + 1)..<end]))
      index = end + 1
      skipBlanks()
      if index == bytes.count { return true }
      guard bytes[index] == UInt8(ascii: ",") else { return false }
      index += 1
    }
  }
}

extension Finding {
  /// A number as countries write it that separate cells with semicolons.
  static let decimalComma = Finding(
    "oneroster.number_form", "write numbers with a decimal point, such as 92.5")
}

extension Vocabulary {
  /// The words of the lifecycle column.
  static let status = Vocabulary.named("status")
}

/// The words for the state of a result, here and in the records.
enum ResultState {
  static let words: [(word: StaticString, state: StaticString)] = [
    ("fully graded", "graded"), ("partially graded", "partiallyGraded"),
    ("not submitted", "notSubmitted"), ("submitted", "submitted"), ("exempt", "exempt"),
  ]
}
