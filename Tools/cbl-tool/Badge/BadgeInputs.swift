import Interop

/// The badges of files, folders, archives and streams, one after the other.
struct BadgeInputs {
  /// A badge with the name of its place.
  struct Item {
    /// The file, and the line where it is one of many.
    var name: String
    var bytes: [UInt8]
  }

  /// The most bytes of one badge that are read: what is longer is refused by its length.
  static let limit = 16 << 20
  private let bar: ProgressBar?

  init(isQuiet: Bool) {
    bar = ProgressBar(isQuiet: isQuiet)
  }

  /// Takes every badge in turn; of many lines only one is in memory at a time.
  func forEach(_ paths: [String], _ body: (Item) throws -> Void) throws {
    var done = 0
    defer { bar?.finish() }
    for path in paths {
      let container = try Container.open(path)
      for (index, member) in container.members.enumerated() {
        let isOne = container.kind == .file || container.kind == .stream
        let name = isOne ? path : "\(path)/\(member.name)"
        var stream = BadgeStream(try container.reader(of: index))
        while let badge = try stream.next() {
          done += 1
          bar?.show(done, "badges")
          try body(Item(name: badge.line.map { "\(name):\($0)" } ?? name, bytes: badge.bytes))
        }
      }
    }
  }
}

/// A file that is one badge, or has one on each line.
private struct BadgeStream: ~Copyable {
  private var reader: MemberReader
  private var buffer: [UInt8] = []
  private var start = 0
  private var line = 0
  private var isAtEnd = false
  private var isBegun = false
  private var hasLines = false

  init(_ reader: consuming MemberReader) {
    self.reader = reader
  }

  /// The next badge, with its line where it is one of many; `nil` at the end.
  mutating func next() throws -> (bytes: [UInt8], line: Int?)? {
    if !isBegun {
      isBegun = true
      let first = try nextLine()
      hasLines = first.map(Self.isObject) ?? false
      guard hasLines else { return try whole() }
      let isOnly = try !hasMore()
      return first.map { ($0, isOnly ? nil : 1) }
    }
    while hasLines, let next = try nextLine() {
      if !next.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { return (next, line) }
    }
    return nil
  }

  /// Whether a line is an object of its own.
  private static func isObject(_ line: [UInt8]) -> Bool {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    return line.first { !isBlank($0) } == UInt8(ascii: "{")
      && line.last { !isBlank($0) } == UInt8(ascii: "}")
  }

  /// All bytes from the beginning, or those up to the limit and some more.
  private mutating func whole() throws -> (bytes: [UInt8], line: Int?)? {
    while !isAtEnd, buffer.count <= BadgeInputs.limit { try fill() }
    return buffer.isEmpty ? nil : (buffer, nil)
  }

  private mutating func hasMore() throws -> Bool {
    while true {
      if buffer[start...].contains(where: { $0 > 0x20 }) { return true }
      if isAtEnd { return false }
      try fill()
    }
  }

  /// The next line without its end; a line that is longer than a badge is given as it is so far.
  private mutating func nextLine() throws -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        line += 1
        return Array(buffer[start..<end])
      }
      searched = buffer.count
      if isAtEnd || buffer.count - start > BadgeInputs.limit {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        line += 1
        return Array(buffer[start...])
      }
      if hasLines, start > buffer.count / 2 {
        buffer.removeFirst(start)
        (searched, start) = (searched - start, 0)
      }
      try fill()
    }
  }

  private mutating func fill() throws {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = try unsafe block.withUnsafeMutableBytes { try unsafe reader.read(into: $0) }
    if count == 0 { isAtEnd = true }
    buffer += block[..<count]
  }
}
