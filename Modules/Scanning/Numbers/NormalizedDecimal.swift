/// What was taken away when a number was brought into plain form.
public struct DecimalFindings: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt8

  /// Findings from bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A percent sign followed the number.
  public static let percent = DecimalFindings(rawValue: 1)
  /// Digits were grouped.
  public static let grouped = DecimalFindings(rawValue: 2)
  /// The decimal mark was a comma.
  public static let comma = DecimalFindings(rawValue: 4)
}

/// Appends a number in plain form: digits, a point, and a minus sign where there is one.
///
/// `85,50` becomes `85.50`, `1.234,5` becomes `1234.5`, `80.00 %` becomes `80.00` with the finding
/// `percent`. Digits are kept as they are written. Groups of digits must have three digits; points,
/// commas, apostrophes and blanks may stand between them. A plus sign, blanks around the number and
/// everything that ``parseDecimal(_:)`` refuses are refused here too.
///
/// - Parameters:
///   - bytes: The cell.
///   - mark: The decimal mark of the column, from ``DecimalMarkFinder``. With `ambiguous` only
///     numbers without any point or comma pass.
///   - output: Gets the number; it is unchanged when the result is `nil`.
/// - Returns: What was changed, or `nil` when the cell is not such a number.
public func normalizedDecimal(
  _ bytes: UnsafeRawBufferPointer, mark: DecimalMark, into output: inout ByteBuffer
) -> DecimalFindings? {
  let before = output.count
  let end = unsafe lengthWithoutPercent(bytes)
  var findings: DecimalFindings = end < bytes.count ? .percent : []
  let number = unsafe UnsafeRawBufferPointer(rebasing: bytes[0..<end])
  guard unsafe appendPlain(number, mark, &output, &findings) else {
    output.truncate(to: before)
    return nil
  }
  let isSound =
    unsafe parseDecimal(
      UnsafeRawBufferPointer(rebasing: output.bytes[before..<output.count])) != nil
  guard isSound else {
    output.truncate(to: before)
    return nil
  }
  return findings
}

/// Copies a number without its grouping; `false` when its groups are wrong.
private func appendPlain(
  _ bytes: UnsafeRawBufferPointer, _ mark: DecimalMark, _ output: inout ByteBuffer,
  _ findings: inout DecimalFindings
) -> Bool {
  let decimal: UInt8 = mark == .comma ? 0x2C : 0x2E
  let grouping: UInt8 = mark == .comma ? 0x2E : 0x2C
  var place = 0
  // The digits since the last group; the first group may be shorter.
  var digits = 0
  var isGrouped = false
  var isFraction = false
  while place < bytes.count {
    let byte = unsafe bytes[place]
    if byte == 0x2E || byte == 0x2C {
      guard mark != .ambiguous else { return false }
    }
    if byte &- 0x30 < 10 {
      digits += 1
      output.append(byte)
    } else if byte == decimal {
      guard !isFraction, digits > 0, !isGrouped || digits == 3 else { return false }
      if byte == 0x2C { findings.insert(.comma) }
      isFraction = true
      output.append(0x2E)
    } else if byte == 0x2D, place == 0 {
      output.append(byte)
    } else if byte | 0x20 == 0x65, digits > 0 {
      // The exponent has no groups.
      if isGrouped, !isFraction, digits != 3 { return false }
      unsafe output.append(UnsafeRawBufferPointer(rebasing: bytes[place...]))
      return true
    } else {
      let length = unsafe byte == grouping ? 1 : groupingBlankLength(bytes, at: place)
      guard length > 0, !isFraction, isGrouped ? digits == 3 : (1...3).contains(digits)
      else { return false }
      findings.insert(.grouped)
      isGrouped = true
      digits = 0
      place += length
      continue
    }
    place += 1
  }
  return isFraction || !isGrouped || digits == 3
}

/// The number before a percent sign.
///
/// - Parameter bytes: A cell such as `75%` or `80.00 %`.
/// - Returns: The bytes before the sign without the blank between, or `nil` when there is no sign
///   or nothing stands before it. Whether they are a number is for ``parseDecimal(_:)`` to say.
public func percentage(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
  let end = unsafe lengthWithoutPercent(bytes)
  guard end > 0, end < bytes.count else { return nil }
  return unsafe UnsafeRawBufferPointer(rebasing: bytes[0..<end])
}

/// The two numbers of a fraction such as `10/20`.
///
/// One blank may stand on either side of the slash. Both parts are plain decimal numbers, so a date
/// such as `9/6/2023` is no fraction.
///
/// - Parameter bytes: The cell.
/// - Returns: The bytes of both numbers, or `nil` when the cell is no fraction.
public func fraction(
  _ bytes: UnsafeRawBufferPointer
) -> (numerator: UnsafeRawBufferPointer, denominator: UnsafeRawBufferPointer)? {
  guard let slash = unsafe bytes.firstIndex(of: 0x2F) else { return nil }
  var end = slash
  var start = slash + 1
  if unsafe end > 0 && bytes[end - 1] == 0x20 { end -= 1 }
  if unsafe start < bytes.count && bytes[start] == 0x20 { start += 1 }
  let numerator = unsafe UnsafeRawBufferPointer(rebasing: bytes[0..<end])
  let denominator = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
  guard unsafe parseDecimal(numerator) != nil, unsafe parseDecimal(denominator) != nil
  else { return nil }
  return unsafe (numerator, denominator)
}
