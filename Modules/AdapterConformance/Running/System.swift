#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What the checks ask of the system.
enum System {
  /// The running program.
  static var executable: String? {
    guard let path = unsafe realpath("/proc/self/exe", nil) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  static func isFile(_ path: String) -> Bool { mode(of: path) == S_IFREG }

  static func isFolder(_ path: String) -> Bool { mode(of: path) == S_IFDIR }

  private static func mode(of path: String) -> mode_t? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }

  /// The names in a folder, sorted by their bytes, without hidden ones; `nil` when it cannot be
  /// read.
  static func names(in folder: String) -> [String]? {
    guard let stream = unsafe opendir(folder) else { return nil }
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.utf8.first != UInt8(ascii: ".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The bytes of a file, or `nil` when it cannot be read or is longer than the limit.
  static func bytes(of path: String, limit: Int = 64 << 20) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0, bytes.count + count <= limit else { return nil }
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }

  /// Milliseconds that passed since some moment.
  static var milliseconds: Double { time(CLOCK_MONOTONIC) }

  /// Milliseconds for which this thread was at work.
  static var workMilliseconds: Double { time(CLOCK_THREAD_CPUTIME_ID) }

  private static func time(_ clock: clockid_t) -> Double {
    var now = timespec()
    unsafe clock_gettime(clock, &now)
    return Double(now.tv_sec) * 1000 + Double(now.tv_nsec) / 1_000_000
  }

  /// Bytes of memory that the process has for itself, or `nil` when the system does not tell.
  static var residentBytes: Int? {
    guard let text = bytes(of: "/proc/self/statm") else { return nil }
    let pages = String(decoding: text, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    guard pages.count > 2 else { return nil }
    return (pages[1] - pages[2]) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// A limit of the process.
  enum Limit {
    case core, memory, fileSize, openFiles
  }

  /// Sets a limit of this process, at most to what it may have.
  static func setLimit(_ kind: Limit, _ value: UInt64) {
    #if canImport(Glibc)
      let number =
        switch kind {
        case .core: RLIMIT_CORE.rawValue
        case .memory: RLIMIT_AS.rawValue
        case .fileSize: RLIMIT_FSIZE.rawValue
        case .openFiles: RLIMIT_NOFILE.rawValue
        }
      let resource = __rlimit_resource_t(number)
    #else
      let resource =
        switch kind {
        case .core: RLIMIT_CORE
        case .memory: RLIMIT_AS
        case .fileSize: RLIMIT_FSIZE
        case .openFiles: RLIMIT_NOFILE
        }
    #endif
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = min(rlim_t(value), limit.rlim_max)
    unsafe _ = setrlimit(resource, &limit)
  }
}
