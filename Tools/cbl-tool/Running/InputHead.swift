#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The name and the first bytes of an input, for guessing before any adapter runs.
struct InputHead {
  let name: String
  let bytes: [UInt8]

  /// The heads of plain files; `nil` when one of the inputs is something else, such as an archive,
  /// whose members are not known yet.
  static func heads(of inputs: [String]) -> [InputHead]? {
    guard !inputs.isEmpty else { return nil }
    var heads: [InputHead] = []
    for input in inputs {
      guard let head = head(of: input) else { return nil }
      heads.append(head)
    }
    return heads
  }

  private static func head(of path: String) -> InputHead? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4_160)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(descriptor, buffer.baseAddress, buffer.count, 0)
    }
    guard count >= 0 else { return nil }
    bytes.removeLast(bytes.count - count)
    let isPacked = bytes.starts(with: [0x50, 0x4B]) || bytes.starts(with: [0x1F, 0x8B])
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return isPacked ? nil : InputHead(name: name, bytes: bytes)
  }
}
