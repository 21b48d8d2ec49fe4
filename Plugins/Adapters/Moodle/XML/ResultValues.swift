internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// How a results file is laid out.
struct ResultStyle: Hashable {
  var classID = ""
  /// What stands before each element: a line end, or nothing.
  var lineEnd = "\n"
  /// What an element is indented by.
  var indent = "\t"

  init() {}

  /// The style as text, for an attribute of the source member.
  var text: String { FieldText.join([classID, lineEnd, indent]) }

  /// The style of a text, or `nil`.
  init?(text: String) {
    let fields = FieldText.split(text)
    guard fields.count == 3 else { return nil }
    classID = fields[0]
    lineEnd = fields[1]
    indent = fields[2]
  }
}

/// What the score of an element is.
enum ResultScore {
  case none, noGrade, number, words, malformed

  init(_ score: Text) {
    if score.isEmpty {
      self = .none
    } else if score.isDash {
      self = .noGrade
    } else if score.isDecimal {
      self = .number
    } else {
      self = GradeCell.isWords(score) ? .words : .malformed
    }
  }

  /// What the score says of the state; blank when there is none.
  var state: StaticString {
    switch self {
    case .none, .malformed: ""
    case .noGrade: "noGrade"
    case .number, .words: "graded"
    }
  }
}

/// One `result` element.
struct ResultValues {
  var state = Text.absent
  var assignment = Text.absent
  var student = Text.absent
  var score = Text.absent
  var feedback = Text.absent

  /// Appends the element, with the line end before it.
  func append(_ style: ResultStyle, to buffer: inout ByteBuffer) {
    Self.start(1, style, &buffer)
    buffer.append("<result>")
    append("state", state, style, &buffer)
    append("assignment", assignment, style, &buffer)
    append("student", student, style, &buffer)
    append("score", score, style, &buffer)
    append("feedback", feedback, style, &buffer)
    Self.start(1, style, &buffer)
    buffer.append("</result>")
  }

  private static func start(_ depth: Int, _ style: ResultStyle, _ buffer: inout ByteBuffer) {
    buffer.append(style.lineEnd)
    for _ in 0..<depth { buffer.append(style.indent) }
  }

  private func append(
    _ name: StaticString, _ text: Text, _ style: ResultStyle, _ buffer: inout ByteBuffer
  ) {
    guard !text.isAbsent else { return }
    Self.start(2, style, &buffer)
    buffer.append("<")
    buffer.append(name)
    buffer.append(">")
    Self.escape(text, &buffer)
    buffer.append("</")
    buffer.append(name)
    buffer.append(">")
  }

  /// Appends text with the characters that XML keeps for itself written as references.
  static func escape(_ text: Text, _ buffer: inout ByteBuffer) {
    for place in 0..<text.count {
      switch text.byte(place) {
      case UInt8(ascii: "&"): buffer.append("&amp;")
      case UInt8(ascii: "<"): buffer.append("&lt;")
      case UInt8(ascii: ">"): buffer.append("&gt;")
      case UInt8(ascii: "\""): buffer.append("&quot;")
      case 0x0D: buffer.append("&#13;")
      case let byte: buffer.append(byte)
      }
    }
  }

  /// Appends the start of the document.
  static func appendHeader(batch: Text, to buffer: inout ByteBuffer) {
    buffer.append("<results batch=\"")
    escape(batch, &buffer)
    buffer.append("\">")
  }

  /// Appends the end of the document.
  static func appendTrailer(_ style: ResultStyle, to buffer: inout ByteBuffer) {
    buffer.append(style.lineEnd)
    buffer.append("</results>")
  }

  /// Whether XML can hold a text: it has no place for most control characters.
  static func isAllowed(_ text: Text) -> Bool {
    for place in 0..<text.count {
      let byte = text.byte(place)
      if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return false }
    }
    return true
  }
}
