internal import CScanning

/// The layout of JSON texts that differ only in some of their values.
///
/// A producer writes its texts with the same names in the same order, so most of the bytes of the
/// next text are those of the one before. They are compared, and only values that were seen to
/// change are looked at: strings for quotes, escapes, control characters and UTF-8, numbers for
/// their grammar. What matches is therefore as sound as if it had been read by ``JSONReader``, with
/// the same members, and any other text has to be read by it.
@safe
public struct JSONLayout: ~Copyable {
  /// Where a scalar stands: a number of bytes after the end of the value before it that changes.
  private struct Locator {
    /// The number of that value, or -1 for the start of the text.
    var base: Int
    var offset: Int
    /// The number of bytes, or -1 when the scalar itself changes.
    var count: Int
    var hasEscapes: Bool
  }

  private var sample: [UInt8]
  private var scalars: [JSONScalar]
  private var changes: [Bool]
  private var pieces: [cbl_json_piece] = []
  private var locators: [Locator] = []
  private var values: UnsafeMutablePointer<cbl_json_value>
  private var base: UnsafeRawPointer?

  /// The layout of a text.
  ///
  /// - Parameters:
  ///   - text: A sound text, less than 4 GiB.
  ///   - scalars: All its scalars in their order, as ``JSONReader/scalars`` gives them.
  public init(_ text: UnsafeRawBufferPointer, scalars: [JSONScalar]) {
    sample = unsafe Array(text)
    self.scalars = scalars
    changes = scalars.map { _ in false }
    unsafe values = .allocate(capacity: scalars.count + 1)
    unsafe values.initialize(
      repeating: cbl_json_value(start: 0, end: 0, flags: 0), count: scalars.count + 1)
    unsafe base = nil
    compile()
  }

  deinit { unsafe values.deallocate() }

  /// Takes a text as one more example.
  ///
  /// - Parameters:
  ///   - text: A sound text.
  ///   - other: All its scalars.
  /// - Returns: Whether the text has this layout: it differs in values only, each of the same kind,
  ///   and in none that is fixed. Then the layout is that of both.
  public mutating func takes(_ text: UnsafeRawBufferPointer, scalars other: [JSONScalar]) -> Bool {
    guard other.count == scalars.count else { return false }
    var (left, right) = (0, 0)
    var changes = self.changes
    for index in scalars.indices {
      let (mine, its) = (scalars[index], other[index])
      guard mine.kind == its.kind, mine.isFixed == its.isFixed,
        unsafe isSame(left..<mine.start, text, right..<its.start)
      else { return false }
      let isSame = unsafe isSame(mine.start..<mine.end, text, its.start..<its.end)
      if !isSame, mine.isFixed || mine.kind == .null { return false }
      if !isSame { changes[index] = true }
      (left, right) = (mine.end, its.end)
    }
    guard unsafe isSame(left..<sample.count, text, right..<text.count) else { return false }
    sample = unsafe Array(text)
    scalars = other
    self.changes = changes
    compile()
    return true
  }

  private func isSame(
    _ range: Range<Int>, _ text: UnsafeRawBufferPointer, _ other: Range<Int>
  ) -> Bool {
    guard range.count == other.count else { return false }
    return unsafe sample[range].elementsEqual(UnsafeRawBufferPointer(rebasing: text[other]))
  }

  /// Makes the pieces between the values that change.
  private mutating func compile() {
    pieces.removeAll(keepingCapacity: true)
    locators.removeAll(keepingCapacity: true)
    var start = 0
    for (index, scalar) in scalars.enumerated() {
      guard changes[index] else {
        let hasEscapes = scalar.kind == .string && sample[scalar.start..<scalar.end].contains(0x5C)
        locators.append(
          Locator(
            base: pieces.count - 1, offset: scalar.start - start,
            count: scalar.end - scalar.start, hasEscapes: hasEscapes))
        continue
      }
      locators.append(Locator(base: pieces.count, offset: 0, count: -1, hasEscapes: false))
      pieces.append(
        cbl_json_piece(
          start: UInt32(start), count: UInt32(scalar.start - start), kind: Self.code(scalar.kind)))
      start = scalar.end
    }
    pieces.append(
      cbl_json_piece(
        start: UInt32(start), count: UInt32(sample.count - start), kind: UInt32(CBL_JSON_END)))
  }

  private static func code(_ kind: JSONScalar.Kind) -> UInt32 {
    switch kind {
    case .string: UInt32(CBL_JSON_STRING)
    case .number: UInt32(CBL_JSON_NUMBER)
    case .boolean: UInt32(CBL_JSON_BOOLEAN)
    case .null: UInt32(CBL_JSON_END)
    }
  }

  /// Looks whether bytes begin with a text of this layout.
  ///
  /// - Parameter bytes: The bytes, which must stay alive and unmoved while scalars are asked for;
  ///   less than 4 GiB.
  /// - Returns: The number of bytes of the text, or `nil` when it has to be read by ``JSONReader``.
  /// - Complexity: O(*n*), mostly 16 bytes at a time.
  public mutating func match(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      return nil
    }
    unsafe base = bytes.baseAddress
    var flags: UInt32 = 0
    let length = unsafe sample.withUnsafeBufferPointer { sample in
      unsafe pieces.withUnsafeBufferPointer { pieces -> Int in
        guard let first = pieces.baseAddress, let text = sample.baseAddress else { return -1 }
        return unsafe Int(
          cbl_json_match(text, first, start, Int64(bytes.count), values, &flags))
      }
    }
    guard length >= 0, flags == 0 || isSound() else { return nil }
    return length
  }

  /// Whether strings with escapes or other letters than ASCII are right.
  private func isSound() -> Bool {
    for index in 0..<pieces.count - 1 where unsafe values[index].flags != 0 {
      let flags = unsafe values[index].flags
      let bytes = unsafe self.bytes(of: index)
      if flags & UInt32(CBL_JSON_HIGH) != 0, unsafe !isValidUTF8(bytes) { return false }
      if flags & UInt32(CBL_JSON_ESCAPES) != 0, unsafe faultyEscape(in: bytes) != nil {
        return false
      }
    }
    return true
  }

  @inline(__always)
  private func bytes(of value: Int) -> UnsafeRawBufferPointer {
    let place = unsafe values[value]
    return unsafe UnsafeRawBufferPointer(
      start: base.map { unsafe $0 + Int(place.start) }, count: Int(place.end &- place.start))
  }

  /// Copies scalars of the text that matched last.
  ///
  /// - Parameters:
  ///   - wanted: Numbers of scalars; a number below 0 stands for none.
  ///   - target: Gets one scalar for each number.
  /// - Complexity: O(*n*) in the count of numbers.
  public func copyScalars(_ wanted: [Int], to target: UnsafeMutablePointer<JSONString?>) {
    unsafe wanted.withUnsafeBufferPointer { wanted in
      unsafe locators.withUnsafeBufferPointer { locators in
        for place in wanted.indices {
          let index = unsafe wanted[place]
          unsafe target[place] = unsafe index < 0 ? nil : scalar(locators[index])
        }
      }
    }
  }

  @inline(__always)
  private func scalar(_ locator: Locator) -> JSONString {
    guard locator.count >= 0 else {
      let flags = unsafe values[locator.base].flags
      return unsafe JSONString(
        raw: bytes(of: locator.base), hasEscapes: flags & UInt32(CBL_JSON_ESCAPES) != 0)
    }
    let start = unsafe locator.base < 0 ? 0 : Int(values[locator.base].end)
    return unsafe JSONString(
      raw: UnsafeRawBufferPointer(
        start: base.map { unsafe $0 + start + locator.offset }, count: locator.count),
      hasEscapes: locator.hasEscapes)
  }
}
