/// An index of the whole elements in one chunk of a JSON array.
///
/// The array may be far larger than memory: only one element has to fit into a chunk. The elements
/// are found by their brackets and quotes and are to be checked by ``JSONReader``. The index points
/// into the chunk, whose bytes must stay alive and unmoved while elements are read.
@safe
public struct JSONArraySplitter: ~Copyable {
  private enum Phase {
    case start
    case firstElement
    case element
    case done
  }

  private struct Element {
    var start: Int
    var end: Int
    var line: UInt64
  }

  private let elementBytes: Int
  private var phase = Phase.start
  private var marks = JSONMarks()
  private var base: UnsafePointer<UInt8>?
  private var elements: [Element] = []
  private var line: UInt64 = 1
  private var column: UInt64 = 1

  /// A splitter at the start of a text.
  ///
  /// - Parameter elementBytes: The largest element that is read.
  public init(elementBytes: Int = 32 << 20) {
    self.elementBytes = elementBytes
  }

  /// Whether the end of the array was read.
  public var isClosed: Bool { phase == .done }

  /// The number of whole elements in the chunk.
  public var elementCount: Int { elements.count }

  /// An element as written; valid until the next scan.
  public func element(_ index: Int) -> UnsafeRawBufferPointer {
    let element = elements[index]
    return unsafe UnsafeRawBufferPointer(
      start: base.map { unsafe $0 + element.start }, count: element.end - element.start)
  }

  /// The line on which an element starts, from 1.
  public func line(of index: Int) -> UInt64 { elements[index].line }

  /// Cuts bytes into elements.
  ///
  /// - Parameter bytes: The chunk, less than 4 GiB; it begins with the bytes that the last call did
  ///   not use.
  /// - Returns: How many bytes were used; the rest begins the next chunk.
  /// - Throws: ``ScanningError`` when the text is no array, when there is text after it, or when an
  ///   element passes the limit.
  /// - Complexity: O(*n*).
  public mutating func scan(_ bytes: UnsafeRawBufferPointer) throws(ScanningError) -> Int {
    precondition(bytes.count < Int(UInt32.max), "a chunk has less than 4 GiB")
    elements.removeAll(keepingCapacity: true)
    unsafe base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    guard let base = unsafe base else { return 0 }
    unsafe marks.scan(base, count: bytes.count)
    var walk = Walk()
    for index in 0..<marks.count {
      let place = unsafe Int(marks.places[index])
      unsafe try step(unsafe base[place], place, base, &walk)
    }
    // Blanks between elements are used up, so that they cannot fill the memory.
    let used = walk.first ?? bytes.count
    guard bytes.count - used <= elementBytes else {
      unsafe count(base, from: walk.counted, to: used)
      throw limitFault()
    }
    unsafe count(base, from: walk.counted, to: used)
    return used
  }

  /// Checks that the array was whole.
  ///
  /// - Throws: ``ScanningError`` with code `truncated` when it was not.
  public func finish() throws(ScanningError) {
    guard phase == .done else {
      throw ScanningError(
        .truncated, phase == .start ? "there is no array" : "the text ends inside the array",
        line: line, column: column)
    }
  }

  /// What is known of the element that is being walked over.
  private struct Walk {
    /// Where it starts.
    var first: Int?
    var depth = 0
    var isInString = false
    /// Up to where lines were counted.
    var counted = 0
  }

  private mutating func step(
    _ byte: UInt8, _ place: Int, _ base: UnsafePointer<UInt8>, _ walk: inout Walk
  ) throws(ScanningError) {
    switch phase {
    case .start:
      guard byte == 0x5B else { throw unsafe fault("expected an array", base, place, &walk) }
      phase = .firstElement
      return
    case .done:
      throw unsafe fault("text follows the array", base, place, &walk)
    case .firstElement, .element:
      break
    }
    if walk.depth == 0, byte == 0x2C || byte == 0x5D {
      if let first = walk.first {
        unsafe try append(from: first, to: place, base, &walk)
      } else if byte == 0x2C || phase == .element {
        throw unsafe fault("expected an element", base, place, &walk)
      }
      walk.first = nil
      phase = byte == 0x2C ? .element : .done
      return
    }
    if walk.first == nil { walk.first = place }
    if byte == 0x7B || byte == 0x5B { walk.depth += 1 }
    if byte == 0x7D || byte == 0x5D { walk.depth = max(0, walk.depth - 1) }
  }

  private mutating func append(
    from first: Int, to place: Int, _ base: UnsafePointer<UInt8>, _ walk: inout Walk
  ) throws(ScanningError) {
    var end = place
    while unsafe end > first && base[end - 1] <= 0x20 { end -= 1 }
    unsafe count(base, from: walk.counted, to: first)
    walk.counted = first
    guard end - first <= elementBytes else { throw limitFault() }
    elements.append(Element(start: first, end: end, line: line))
  }

  private mutating func count(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) {
    for place in start..<max(start, end) {
      if unsafe base[place] == 0x0A {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
  }

  private mutating func fault(
    _ message: String, _ base: UnsafePointer<UInt8>, _ place: Int, _ walk: inout Walk
  ) -> ScanningError {
    unsafe count(base, from: walk.counted, to: place)
    return ScanningError(.malformed, message, line: line, column: column)
  }

  private func limitFault() -> ScanningError {
    ScanningError(
      .limit, "this element is larger than \(elementBytes) bytes", line: line, column: column)
  }
}
