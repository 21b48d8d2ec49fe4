#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The descriptors between the host and a worker, and the calls on them.
enum WorkerChannel {
  /// The two ends of a way.
  struct Ends {
    /// The end that the host keeps; it never blocks.
    var host: Int32
    /// The end that the worker gets.
    var worker: Int32
  }

  /// What the worker gets as descriptors 3 and 4.
  static let requests: Int32 = 3
  static let replies: Int32 = 4

  /// A socket on which the host speaks.
  static func makeRequests() -> Ends? {
    var pair: [Int32] = [-1, -1]
    #if canImport(Glibc)
      let type = Int32(SOCK_STREAM.rawValue)
    #else
      let type = SOCK_STREAM
    #endif
    guard unsafe socketpair(AF_UNIX, type, 0, &pair) == 0 else { return nil }
    var size: Int32 = 1 << 20
    unsafe setsockopt(
      pair[0], SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    return keep(pair[0], worker: pair[1])
  }

  /// A pipe on which the worker speaks.
  static func makeReplies() -> Ends? {
    var pair: [Int32] = [-1, -1]
    guard unsafe pipe(&pair) == 0 else { return nil }
    #if os(Linux)
      // Room for some batches, so that both sides are at work; less where the system allows less.
      let setsSize: Int32 = 1_031
      _ = fcntl(pair[1], setsSize, 1 << 20)
    #endif
    return keep(pair[0], worker: pair[1])
  }

  private static func keep(_ host: Int32, worker: Int32) -> Ends {
    for end in [host, worker] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(host, F_SETFL, fcntl(host, F_GETFL) | O_NONBLOCK)
    #if canImport(Darwin)
      var yes: Int32 = 1
      unsafe setsockopt(
        host, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
    return Ends(host: host, worker: worker)
  }

  /// Sends bytes without a signal when nobody is there.
  ///
  /// - Returns: How many were sent; less than 0 with `errno` when none could be.
  static func sendBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      let flags = Int32(MSG_NOSIGNAL)
    #elseif canImport(Musl)
      let flags = MSG_NOSIGNAL
    #else
      let flags: Int32 = 0
    #endif
    return unsafe send(descriptor, bytes.baseAddress, bytes.count, flags)
  }

  /// Reads what is there.
  static func readBytes(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer) -> Int {
    unsafe read(descriptor, room.baseAddress, room.count)
  }
}

/// The program that adapters are isolated in.
enum WorkerProgram {
  /// Its absolute path.
  ///
  /// - Throws: ``AdapterHostError`` when there is none, or everybody may write to it.
  static func path(_ options: IsolationOptions) throws(AdapterHostError) -> String {
    let places: [String]
    if let worker = options.worker {
      places = [worker]
    } else {
      let folder = AdapterSearch().executableFolder ?? ""
      places = ["\(folder)/adapter-worker", "\(folder)/../libexec/cbl-tool/adapter-worker"]
    }
    guard let path = places.first(where: { unsafe access($0, X_OK) == 0 }) else {
      throw AdapterHostError(
        .unavailable,
        "the program for isolated adapters is not there; install adapter-worker beside the tool",
        adapter: places.first ?? "")
    }
    try AdapterLibrary.checkPermissions(path)
    return path
  }

  /// What a worker gets of the environment: where libraries are, and nothing else.
  static var environment: [String] {
    var variables = ["SWIFT_BACKTRACE=enable=no", "LC_ALL=C", "TZ=UTC"]
    for name in ["LD_LIBRARY_PATH", "ASAN_OPTIONS"] {
      guard let value = unsafe getenv(name) else { continue }
      variables.append(unsafe "\(name)=\(String(cString: value))")
    }
    return variables
  }
}
