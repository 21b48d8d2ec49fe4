import Domain
import Interop

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard output and standard error, written without buffers of the C library.
enum Console {
  /// Writes a message of the tool to standard error; a closed one is no fault.
  static func error(_ message: String) {
    try? write(STDERR_FILENO, "cbl-tool: \(message)\n")
  }

  /// Writes lines to standard error as they are.
  static func note(_ text: String) {
    try? write(STDERR_FILENO, text)
  }

  /// Writes to standard output.
  ///
  /// - Throws: ``InteropError`` with `closedPipe` when nobody reads any more.
  static func print(_ text: String) throws(InteropError) {
    try write(STDOUT_FILENO, text)
  }

  /// Whether a person looks at standard error.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  private static func write(_ descriptor: Int32, _ text: String) throws(InteropError) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemWrite(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count > 0 {
        done += count
        continue
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EPIPE { throw InteropError(.closedPipe, "nobody reads the output") }
      let reason = unsafe String(cString: strerror(errno))
      throw InteropError(.inputOutput, "cannot write: \(reason)", place: "standard output")
    }
  }
}

/// The system's `write`, which a method of that name would hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}

/// Text for standard output that goes out in large pieces.
struct OutputText {
  private var text = ""

  /// Appends a line.
  mutating func line(_ line: String = "") throws(InteropError) {
    text += line
    text += "\n"
    if text.utf8.count >= 1 << 16 { try flush() }
  }

  /// Appends text without a line end.
  mutating func write(_ part: String) throws(InteropError) {
    text += part
    if text.utf8.count >= 1 << 16 { try flush() }
  }

  /// Writes out what is left.
  mutating func flush() throws(InteropError) {
    guard !text.isEmpty else { return }
    try Console.print(text)
    text = ""
  }
}
