internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// A results file in memory, as UTF-8 without a byte order mark.
struct ResultDocument {
  /// The most bytes that are read; a course has far less.
  static let limit = 64 << 20

  let name: String
  private(set) var layout = CSVLayout()
  private(set) var bytes: [UInt8] = []

  init(_ input: AdapterInput, member: Int) throws(AdapterError) {
    name = try input.name(of: member)
    let head = try input.head(of: member, count: 4_096)
    let found = unsafe head.withUnsafeBytes { unsafe TextEncoding.detect($0) }
    layout.encoding = found.encoding
    layout.hasByteOrderMark = found.markLength > 0
    layout.lineEnd = .none
    layout.hasFinalLineEnd = false
    try read(input, member)
    bytes.removeFirst(min(found.markLength, bytes.count))
    guard found.encoding != .utf8 else { return }
    var text = ByteBuffer(capacity: bytes.count)
    var transcoder = Transcoder(from: found.encoding)
    var failure: ScanningError?
    unsafe bytes.withUnsafeBytes { source in
      do throws(ScanningError) {
        _ = try unsafe transcoder.decode(source, isFinal: true, into: &text)
      } catch { failure = error }
    }
    if let failure {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "text.invalid_encoding",
          "the file is not valid \(found.encoding.rawValue): \(failure.message)", member: name,
          line: failure.line))
    }
    bytes = unsafe Array(text.bytes)
  }

  private mutating func read(_ input: AdapterInput, _ member: Int) throws(AdapterError) {
    try input.open(member)
    var isDone = false
    while !isDone {
      let start = bytes.count
      let room = 1 << 18
      bytes += [UInt8](repeating: 0, count: room)
      var failure: AdapterError?
      var got = 0
      unsafe bytes.withUnsafeMutableBytes { all in
        do throws(AdapterError) {
          got = try unsafe input.read(
            into: UnsafeMutableRawBufferPointer(rebasing: all[start..<(start + room)]))
        } catch { failure = error }
      }
      if let failure { throw failure }
      bytes.removeLast(room - got)
      isDone = got < room
      guard bytes.count <= Self.limit else {
        throw AdapterError(
          limit: RecordProblem(
            .fatal, "moodle.xml_too_long",
            "the file has more than 64 MiB; export the course in parts", member: name))
      }
    }
  }
}
