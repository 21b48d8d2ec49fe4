internal import Scanning

/// The text of a member, chunk by chunk, as UTF-8 without a byte order mark.
///
/// The bytes that a consumer did not use are kept and begin the next chunk.
@safe
struct MemberText: ~Copyable {
  static let chunkSize = 1 << 18

  private let input: AdapterInput
  private let name: String
  private var memory: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var raw: UnsafeMutableRawBufferPointer?
  private var rawKept = 0
  private var transcoder: Transcoder
  private var converted = ByteBuffer(capacity: 16)

  let encoding: TextEncoding
  let hasByteOrderMark: Bool
  /// Whether the last chunk ends the member.
  private(set) var isFinal = false
  private(set) var bytesRead: UInt64 = 0

  /// Opens a member and reads its byte order mark.
  static func open(
    _ input: AdapterInput, member: Int, encoding named: TextEncoding?
  ) throws(AdapterError) -> MemberText {
    let name = try input.name(of: member)
    let head = try input.head(of: member, count: 4_096)
    let found = unsafe head.withUnsafeBytes { unsafe TextEncoding.detect($0) }
    try input.open(member)
    var mark: (UInt8, UInt8, UInt8) = (0, 0, 0)
    if found.markLength > 0 {
      var failure: AdapterError?
      unsafe withUnsafeMutableBytes(of: &mark) { room in
        do throws(AdapterError) {
          _ = try unsafe input.read(
            into: UnsafeMutableRawBufferPointer(rebasing: room[..<found.markLength]))
        } catch { failure = error }
      }
      if let failure { throw failure }
    }
    let encoding = found.markLength > 0 ? found.encoding : named ?? found.encoding
    return MemberText(
      input, name: name, encoding: encoding, hasByteOrderMark: found.markLength > 0)
  }

  private init(
    _ input: AdapterInput, name: String, encoding: TextEncoding, hasByteOrderMark: Bool
  ) {
    self.input = input
    self.name = name
    self.encoding = encoding
    self.hasByteOrderMark = hasByteOrderMark
    transcoder = Transcoder(from: encoding)
    unsafe memory = .allocate(byteCount: Self.chunkSize, alignment: 16)
    unsafe raw =
      encoding == .utf8 ? nil : .allocate(byteCount: Self.chunkSize, alignment: 16)
  }

  deinit {
    unsafe memory.deallocate()
    unsafe raw?.deallocate()
  }

  /// The bytes of the chunk.
  var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: memory[..<filled])
  }

  /// Forgets the bytes that were used, and reads on.
  ///
  /// When nothing was used, the chunk grows.
  mutating func advance(by used: Int) throws(AdapterError) {
    if used > 0, let base = unsafe memory.baseAddress {
      unsafe base.copyMemory(from: base + used, byteCount: filled - used)
      filled -= used
    } else if unsafe filled == memory.count {
      unsafe grow(to: memory.count * 2)
    }
    if encoding == .utf8 { try readPlain() } else { try readEncoded() }
  }

  private mutating func grow(to size: Int) {
    let bigger = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    unsafe bigger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<filled]))
    unsafe memory.deallocate()
    unsafe memory = bigger
  }

  private mutating func readPlain() throws(AdapterError) {
    let room = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
    let got = try unsafe input.read(into: room)
    filled += got
    bytesRead += UInt64(got)
    isFinal = got < room.count
  }

  private mutating func readEncoded() throws(AdapterError) {
    guard let raw = unsafe raw else { return }
    while !isFinal, unsafe filled * 4 < memory.count * 3 {
      let room = unsafe UnsafeMutableRawBufferPointer(rebasing: raw[rawKept...])
      let got = try unsafe input.read(into: room)
      bytesRead += UInt64(got)
      isFinal = got < room.count
      let chunk = unsafe UnsafeRawBufferPointer(rebasing: raw[..<(rawKept + got)])
      converted.removeAll()
      let used: Int
      do throws(ScanningError) {
        used = try unsafe transcoder.decode(chunk, isFinal: isFinal, into: &converted)
      } catch {
        throw AdapterError(
          badData: RecordProblem(
            .fatal, "text.invalid_encoding",
            "byte \(error.column) of this file is not valid \(encoding.rawValue): "
              + "\(error.message); name its encoding with --encoding", member: name))
      }
      rawKept = chunk.count - used
      for index in 0..<rawKept { unsafe raw[index] = chunk[used + index] }
      if unsafe filled + converted.count > memory.count {
        unsafe grow(to: max(memory.count * 2, filled + converted.count))
      }
      unsafe UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
        .copyMemory(from: converted.bytes)
      filled += converted.count
    }
  }
}
