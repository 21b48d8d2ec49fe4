#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What tells one state of a file from another: where it lies, its size and its time of change.
public struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64
  let size: Int64
  let seconds: Int64
  let nanoseconds: Int64

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    size = Int64(status.st_size)
    #if canImport(Darwin)
      seconds = Int64(status.st_mtimespec.tv_sec)
      nanoseconds = Int64(status.st_mtimespec.tv_nsec)
    #else
      seconds = Int64(status.st_mtim.tv_sec)
      nanoseconds = Int64(status.st_mtim.tv_nsec)
    #endif
  }

  /// Whether both are the same file, in whatever state.
  public func isSameFile(as other: FileIdentity) -> Bool {
    device == other.device && inode == other.inode
  }
}

/// The type of a file.
enum FileType {
  case regular, folder, link, pipe, characterDevice, other

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .regular
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    case S_IFIFO: self = .pipe
    case S_IFCHR: self = .characterDevice
    default: self = .other
    }
  }
}

/// A descriptor that is closed with its last owner, and the state of the file when it was opened.
final class OpenFile: Sendable {
  let descriptor: Int32
  /// The path for messages.
  let place: String
  /// The path under which the file must still be found at the end, if it has one.
  let path: String?
  let identity: FileIdentity

  init(descriptor: Int32, place: String, path: String?, identity: FileIdentity) {
    self.descriptor = descriptor
    self.place = place
    self.path = path
    self.identity = identity
  }

  deinit {
    _ = close(descriptor)
  }

  /// Checks that the file is still in the state in which it was opened.
  func checkUnchanged() throws(InteropError) {
    var isSame = false
    if let status = System.status(of: descriptor) { isSame = FileIdentity(status) == identity }
    if isSame, let path, let status = System.status(at: path, followLinks: true) {
      isSame = FileIdentity(status).isSameFile(as: identity)
    }
    guard isSame else { throw .changed(place) }
  }
}

extension InteropError {
  static func changed(_ place: String) -> InteropError {
    InteropError(
      .changedWhileRead,
      "the file changed while it was read; wait until it is written completely and try again",
      place: place)
  }
}
