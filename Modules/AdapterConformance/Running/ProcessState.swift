internal import AdapterHost

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What a process has that code inside of it can change.
enum ProcessState {
  typealias Part = (name: String, value: String)

  /// What no adapter may change, not even once.
  static var settings: [Part] {
    [
      ("the locale", unsafe setlocale(LC_ALL, nil).map { unsafe String(cString: $0) } ?? ""),
      ("the working folder", folder), ("the file mode mask", mask),
      ("the environment", environment), ("the set of signal handlers", handlers),
    ]
  }

  /// What may not grow from call to call.
  static var held: [Part] {
    [
      ("the number of open files", count(in: "/proc/self/fd")),
      ("the number of threads", count(in: "/proc/self/task")),
    ]
  }

  private static var folder: String {
    guard let path = unsafe getcwd(nil, 0) else { return "" }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  private static var mask: String {
    let mask = umask(0)
    _ = umask(mask)
    return String(mask, radix: 8)
  }

  private static var environment: String {
    var count = 0
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var next = unsafe environ
    while let text = unsafe next.pointee {
      for byte in unsafe String(cString: text).utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      }
      count += 1
      unsafe next += 1
    }
    return "\(count) variables, \(String(hash, radix: 16))"
  }

  private static var handlers: String {
    var set: [String] = []
    for signal in 1..<Int32(32) {
      var action = sigaction()
      guard unsafe sigaction(signal, nil, &action) == 0 else { continue }
      let isDefault = unsafe withUnsafeBytes(of: &action) { unsafe $0.allSatisfy { $0 == 0 } }
      if !isDefault { set.append(ChildEnding.name(of: signal)) }
    }
    return set.joined(separator: " ")
  }

  private static func count(in folder: String) -> String {
    System.names(in: folder).map { String($0.count) } ?? ""
  }
}
