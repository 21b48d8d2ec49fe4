internal import AdapterKit
internal import CAdapterABI

/// What the marks between the digits of a column's numbers are seen to mean.
struct MarkEvidence: OptionSet, Hashable {
  let rawValue: UInt8

  /// A point that can only be a decimal mark.
  static let decimalPoint = MarkEvidence(rawValue: 1 << 0)
  /// A comma that can only be a decimal mark.
  static let decimalComma = MarkEvidence(rawValue: 1 << 1)
  /// A point that can only part thousands.
  static let groupPoint = MarkEvidence(rawValue: 1 << 2)
  /// A comma that can only part thousands.
  static let groupComma = MarkEvidence(rawValue: 1 << 3)
}

/// The shape of a number as a gradebook writes it: an optional minus, digits with points and
/// commas between them, and an optional percent sign.
struct NumberShape {
  var points = 0
  var commas = 0
  /// Offset of the last mark, when there is one.
  var lastMark = -1
  /// Offset after the last digit.
  var end = 0
  var isPercent = false
  /// Whether all marks but the last, and the last too, part groups of three digits.
  var groupsBefore = true
  /// Digits before the first mark.
  var leadingDigits = 0
  /// Digits after the last mark.
  var trailingDigits = 0
  /// Whether the first group begins with a zero that a further digit or mark follows.
  var leadingZero = false

  /// The shape of a text, or `nil` when it is no number.
  init?(_ text: Text) {
    let bytes = unsafe text.rawBytes
    var index = 0
    let count = bytes.count
    if count > 0, unsafe bytes[0] == UInt8(ascii: "-") { index = 1 }
    var run = 0
    let first = index
    scan: while index < count {
      let byte = unsafe bytes[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        run += 1
      case UInt8(ascii: "."), UInt8(ascii: ","):
        guard run > 0 else { return nil }
        if lastMark < 0 {
          leadingDigits = run
          groupsBefore = run <= 3
        } else if run != 3 {
          groupsBefore = false
        }
        if byte == UInt8(ascii: ".") { points += 1 } else { commas += 1 }
        lastMark = index
        run = 0
      default:
        break scan
      }
      index += 1
    }
    guard run > 0 else { return nil }
    end = index
    if lastMark < 0 { leadingDigits = run }
    trailingDigits = run
    leadingZero = unsafe bytes[first] == UInt8(ascii: "0")
    if index < count {
      if unsafe bytes[index] == UInt8(ascii: " ") { index += 1 }
      guard index + 1 == count, unsafe bytes[index] == UInt8(ascii: "%") else { return nil }
      isPercent = true
    }
  }

  /// Whether the last mark could part thousands: up to three digits before, three after.
  var couldGroup: Bool {
    lastMark >= 0 && groupsBefore && trailingDigits == 3 && !(leadingZero && points + commas == 1)
  }

  /// What this number alone proves.
  func evidence(lastMarkIsPoint: Bool) -> MarkEvidence {
    guard lastMark >= 0 else { return [] }
    let last = lastMarkIsPoint ? points : commas
    let other = lastMarkIsPoint ? commas : points
    if other > 0 {
      guard last == 1, groupsBefore else { return [] }
      return lastMarkIsPoint ? [.decimalPoint, .groupComma] : [.decimalComma, .groupPoint]
    }
    guard last == 1, !couldGroup else { return [] }
    return lastMarkIsPoint ? .decimalPoint : .decimalComma
  }
}

/// How the numbers of one column are read and written.
struct ColumnMarks {
  var evidence: MarkEvidence = []
  /// Whether commas are decimal marks elsewhere in the file.
  var commasElsewhere = false
  var delimiterIsSemicolon = false

  /// Takes note of a cell.
  mutating func see(_ text: Text) {
    guard let shape = NumberShape(text), shape.lastMark >= 0 else { return }
    evidence.formUnion(shape.evidence(lastMarkIsPoint: shape.isPoint(in: text)))
  }

  /// Whether the decimal mark of the column is a comma.
  var isComma: Bool {
    switch (evidence.contains(.decimalPoint), evidence.contains(.decimalComma)) {
    case (true, false): false
    case (false, true): true
    case (true, true): delimiterIsSemicolon
    case (false, false): delimiterIsSemicolon || commasElsewhere
    }
  }

  /// What a number means in this column.
  enum Reading {
    /// A plain decimal already.
    case plain
    /// A decimal after its marks are changed.
    case marked
    /// More than one meaning, or none.
    case unclear
  }

  /// Decides on one number by what the whole column shows; never guesses.
  func reading(of shape: NumberShape, in text: Text) -> Reading {
    guard shape.lastMark >= 0 else { return .plain }
    let lastIsPoint = shape.isPoint(in: text)
    if shape.points > 0, shape.commas > 0 {
      let single = lastIsPoint ? shape.points == 1 : shape.commas == 1
      return single && shape.groupsBefore && lastIsPoint != isComma ? .marked : .unclear
    }
    guard shape.points + shape.commas == 1 else { return .unclear }
    guard shape.couldGroup else {
      guard lastIsPoint != isComma else { return .unclear }
      return lastIsPoint ? .plain : .marked
    }
    let group: MarkEvidence = lastIsPoint ? .groupPoint : .groupComma
    let decimal: MarkEvidence = lastIsPoint ? .decimalPoint : .decimalComma
    if evidence.contains(decimal), !evidence.contains(group), lastIsPoint != isComma {
      return lastIsPoint ? .plain : .marked
    }
    if evidence.contains(group), !evidence.contains(decimal), lastIsPoint == isComma {
      return .marked
    }
    guard evidence.isDisjoint(with: [.decimalPoint, .decimalComma, .groupPoint, .groupComma])
    else { return .unclear }
    if lastIsPoint { return isComma ? .unclear : .plain }
    return delimiterIsSemicolon ? .marked : .unclear
  }

  /// Appends the number as a plain decimal with a point.
  ///
  /// - Precondition: `reading(of:in:)` did not answer `.unclear`.
  func appendPlain(_ shape: NumberShape, of text: Text, to bytes: inout [UInt8]) {
    let mark = isComma ? UInt8(ascii: ",") : UInt8(ascii: ".")
    for index in 0..<shape.end {
      let byte = unsafe text.rawBytes[index]
      if byte == mark {
        bytes.append(UInt8(ascii: "."))
      } else if byte != UInt8(ascii: "."), byte != UInt8(ascii: ",") {
        bytes.append(byte)
      }
    }
  }
}

extension NumberShape {
  /// Whether the last mark is a point.
  func isPoint(in text: Text) -> Bool {
    unsafe lastMark >= 0 && text.rawBytes[lastMark] == UInt8(ascii: ".")
  }
}
