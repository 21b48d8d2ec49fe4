package import Domain

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Files of the host, read whole and replaced whole.
package enum HostFile {
  /// What tells one state of a file from another without reading it.
  struct Stamp: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
    var size: Int64
    var modified: Int64
    var changed: Int64

    init(_ status: stat) {
      device = UInt64(status.st_dev)
      inode = UInt64(status.st_ino)
      size = Int64(status.st_size)
      #if canImport(Darwin)
        modified = Self.nanoseconds(status.st_mtimespec)
        changed = Self.nanoseconds(status.st_ctimespec)
      #else
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
      #endif
    }

    init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
      self.device = device
      self.inode = inode
      self.size = size
      self.modified = modified
      self.changed = changed
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
      Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
  }

  /// The status of what a path leads to, or of a link itself.
  static func status(_ path: String, followLinks: Bool = true) -> stat? {
    var status = stat()
    let result = unsafe followLinks ? stat(path, &status) : lstat(path, &status)
    return result == 0 ? status : nil
  }

  /// The stamp of a file, or `nil` when there is none.
  static func stamp(_ path: String) -> Stamp? { status(path).map { Stamp($0) } }

  /// The whole bytes of a regular file, or `nil` when there is nothing at the path.
  ///
  /// - Parameters:
  ///   - limit: How many bytes are read at most; a longer file is refused.
  ///   - followLinks: Whether the last part of the path may be a link.
  package static func bytes(
    _ path: String, limit: Int, followLinks: Bool = true
  ) throws(AdapterHostError) -> [UInt8]? {
    var bytes: [UInt8] = []
    let isThere = try unsafe pieces(path, followLinks: followLinks) { piece in
      guard bytes.count + piece.count <= limit else { return false }
      unsafe bytes.append(contentsOf: piece)
      return true
    }
    guard let isThere else { return nil }
    guard isThere else {
      throw AdapterHostError(
        .malformed, "the file is longer than \(limit) bytes; is it the right one?", adapter: path)
    }
    return bytes
  }

  /// The digest of a file and its stamp before and after; `nil` when there is nothing at the path.
  package static func digest(
    _ path: String, followLinks: Bool = true
  ) throws(AdapterHostError) -> SHA256.Digest? {
    var hash = SHA256()
    let isThere = try unsafe pieces(path, followLinks: followLinks) { piece in
      unsafe hash.update(piece)
      return true
    }
    return isThere == nil ? nil : hash.finalize()
  }

  /// Gives the bytes of a regular file in pieces until there are no more or `body` gives false.
  ///
  /// - Returns: Whether all were taken, or `nil` when there is nothing at the path.
  private static func pieces(
    _ path: String, followLinks: Bool, _ body: (UnsafeRawBufferPointer) -> Bool
  ) throws(AdapterHostError) -> Bool? {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followLinks ? 0 : O_NOFOLLOW)
    let descriptor = unsafe open(path, flags)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure("cannot be opened", path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw AdapterHostError(.malformed, "this is not a regular file", adapter: path)
    }
    var block = [UInt8](repeating: 0, count: 1 << 17)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("cannot be read", path) }
      if count == 0 { return true }
      let goesOn = unsafe block.withUnsafeBytes { buffer in
        unsafe body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
      guard goesOn else { return false }
    }
  }

  /// A failure of the last call to the system.
  static func failure(_ what: String, _ path: String) -> AdapterHostError {
    let reason = unsafe String(cString: strerror(errno))
    return AdapterHostError(.inputOutput, "the file \(what): \(reason)", adapter: path)
  }

  /// The path without links and dots, or `nil` when there is nothing.
  static func resolved(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  /// The folder that a path lies in; `.` when the path has none.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) }
      ?? path
  }

  /// The value of a variable, or `nil` when it is not set or blank.
  static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
