internal import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The place of an output that appears only when it is complete.
///
/// Beside the target `NAME` lie, while the work goes on, `.NAME.cbl-PID-RANDOM.part` with the new
/// contents and `.NAME.cbl-lock`, locked with `flock`. Whoever holds the lock owns everything that
/// has such a name: what an earlier, killed run left there is removed by the next one.
final class OutputTarget {
  let path: String
  let temporary: String
  private let folder: String
  private let name: String
  private let options: OutputOptions
  private let isFolder: Bool
  private let lock: OutputLock
  private let slot: OutputSignals.Slot?
  private var isDone = false

  /// Checks the target, locks it and removes what dead runs left beside it.
  ///
  /// Nothing is created yet but the lock.
  init(_ path: String, isFolder: Bool, options: OutputOptions) throws(InteropError) {
    (folder, name) = System.split(path)
    guard !name.isEmpty, name != ".", name != "..", name != "/", !path.utf8.contains(0) else {
      throw InteropError(.cannotCreate, "this is no name for an output; add one", place: path)
    }
    self.path = folder == "." ? name : folder == "/" ? "/\(name)" : "\(folder)/\(name)"
    self.isFolder = isFolder
    self.options = options
    try Self.check(self.path, isFolder: isFolder, options: options)
    lock = try OutputLock(folder: folder, name: name, path: self.path)
    try lock.removeLeftovers()
    temporary = "\(folder)/\(lock.prefix)\(getpid())-\(TemporaryName.random()).part"
    slot = OutputSignals.register(temporary)
  }

  deinit {
    abandon()
  }

  /// Removes the temporary and gives the lock back; does nothing after publishing.
  func abandon() {
    guard !isDone else { return }
    isDone = true
    System.removeTree(temporary)
    OutputSignals.unregister(slot)
    lock.release()
  }

  /// Puts the complete temporary, closed and synchronized, in the place of the target.
  ///
  /// - Parameter endings: The endings of the names that a folder has, to recognise its like.
  func publish(endings: Set<String> = []) throws(InteropError) {
    try Self.check(path, isFolder: isFolder, options: options)
    if isFolder {
      try publishFolder(endings)
    } else if options.force {
      guard unsafe rename(temporary, path) == 0 else { throw .creating(path, errno) }
    } else {
      try publishNew()
    }
    OutputSignals.unregister(slot)
    isDone = true
    defer { lock.release() }
    if options.synchronizes { try System.synchronizeFolder(folder) }
  }

  private func publishNew() throws(InteropError) {
    var number = System.rename(temporary, path, .keepExisting)
    if number == EINVAL || number == ENOSYS {
      number = unsafe link(temporary, path) == 0 ? 0 : errno
      if number == 0 { unsafe unlink(temporary) }
      if number == EPERM || number == ENOTSUP || number == EMLINK {
        // Neither call exists here; what is left is the check of a moment ago.
        number = Self.plainRename(temporary, path)
      }
    }
    if number == EEXIST { throw Self.exists(path) }
    if number != 0 { throw .creating(path, number) }
  }

  /// An old folder is exchanged with the new one in one step where the system can do that.
  /// Elsewhere it is first renamed to `.old`, from where the next run brings it back if the
  /// second step never came.
  private func publishFolder(_ endings: Set<String>) throws(InteropError) {
    guard System.isFolder(path) else {
      let number = Self.plainRename(temporary, path)
      guard number == 0 else { throw .creating(path, number) }
      return
    }
    if try !Self.isEmpty(path) { try Self.checkReplaceable(path, endings, depth: 0) }
    var number = System.rename(temporary, path, .exchange)
    if number == EINVAL || number == ENOSYS {
      let old = String(temporary.dropLast(4)) + "old"
      number = Self.plainRename(path, old)
      if number == 0 {
        number = Self.plainRename(temporary, path)
        if number == 0 {
          System.removeTree(old)
        } else {
          _ = Self.plainRename(old, path)
        }
      }
    }
    guard number == 0 else { throw .creating(path, number) }
    System.removeTree(temporary)
  }

  private static func plainRename(_ old: String, _ new: String) -> Int32 {
    unsafe rename(old, new) == 0 ? 0 : errno
  }

  // MARK: What may be replaced

  private static func exists(_ path: String) -> InteropError {
    InteropError(
      .exists, "the output exists already; add --force to replace it, or name another",
      place: path)
  }

  private static func check(
    _ path: String, isFolder: Bool, options: OutputOptions
  ) throws(InteropError) {
    guard let status = System.status(at: path, followLinks: false) else {
      if errno == ENOENT { return }
      throw .creating(path, errno)
    }
    let type = FileType(status)
    if type == .link {
      throw InteropError(
        .cannotCreate,
        "the output is a symbolic link, which is not followed; name the file it points to",
        place: path)
    }
    let identity = FileIdentity(status)
    if options.inputs.contains(where: { $0.isSameFile(as: identity) }) {
      throw InteropError(
        .sameFile, "the output is one of the inputs; name another output", place: path)
    }
    switch (type, isFolder) {
    case (.folder, false):
      throw InteropError(
        .cannotCreate, "a folder has this name; name a file in it or choose another name",
        place: path)
    case (.folder, true):
      if options.force { return }
      if try !isEmpty(path) { throw exists(path) }
    case (.regular, false):
      guard options.force else { throw exists(path) }
    default:
      throw InteropError(
        .cannotCreate, "a file or device has this name; choose another", place: path)
    }
  }

  private static func isEmpty(_ path: String) throws(InteropError) -> Bool {
    try names(path).isEmpty
  }

  private static func names(_ path: String) throws(InteropError) -> [[UInt8]] {
    let descriptor = System.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .creating(path, errno) }
    defer { System.close(descriptor) }
    return try System.names(in: descriptor, place: path)
  }

  /// Refuses to replace a folder that holds more than outputs of this kind.
  ///
  /// A slip of the hand must not cost a home folder: links, hidden files and files with an ending
  /// that the new output does not have are somebody else's.
  private static func checkReplaceable(
    _ path: String, _ endings: Set<String>, depth: Int
  ) throws(InteropError) {
    for bytes in try names(path) {
      let name = String(decoding: bytes, as: UTF8.self)
      let inner = "\(path)/\(name)"
      guard let status = System.status(at: inner, followLinks: false) else {
        throw .creating(inner, errno)
      }
      let isHidden = bytes.first == UInt8(ascii: ".") && name != ".DS_Store"
      switch FileType(status) {
      case .folder where !isHidden && depth < 16:
        try checkReplaceable(inner, endings, depth: depth + 1)
      case .regular where name == ".DS_Store": break
      case .regular where !isHidden && endings.contains(System.ending(of: name)): break
      default:
        throw InteropError(
          .exists,
          "the folder to replace holds something that is no output of this kind; "
            + "move it away or name another folder",
          place: inner)
      }
    }
  }
}

extension System {
  /// How an existing file at the new name is treated.
  enum Renaming {
    case keepExisting, exchange
  }

  /// Renames in one step, or gives the error number; `ENOSYS` where there is no such call.
  static func rename(_ old: String, _ new: String, _ renaming: Renaming) -> Int32 {
    #if os(Linux)
      return unsafe cbl_rename(old, new, renaming == .keepExisting ? 1 : 2) == 0 ? 0 : errno
    #elseif canImport(Darwin)
      let flags = UInt32(renaming == .keepExisting ? RENAME_EXCL : RENAME_SWAP)
      return unsafe renamex_np(old, new, flags) == 0 ? 0 : (errno == ENOTSUP ? ENOSYS : errno)
    #else
      return ENOSYS
    #endif
  }

  /// The part of a name from its last dot on; empty without a dot.
  static func ending(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return String(name[dot...])
  }

  /// Removes a file or a folder with all that is in it, as far as possible, following no link.
  static func removeTree(_ path: String) {
    if unsafe unlink(path) == 0 || errno == ENOENT { return }
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    guard descriptor >= 0 else { return }
    removeContents(of: descriptor, depth: 0)
    close(descriptor)
    unsafe rmdir(path)
  }

  private static func removeContents(of folder: Int32, depth: Int) {
    guard depth < 64, let names = try? names(in: folder, place: "") else { return }
    for bytes in names {
      let name = bytes.map { CChar(bitPattern: $0) } + [0]
      if unsafe unlinkat(folder, name, 0) == 0 { continue }
      let inner = unsafe openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard inner >= 0 else { continue }
      removeContents(of: inner, depth: depth + 1)
      close(inner)
      unsafe unlinkat(folder, name, AT_REMOVEDIR)
    }
  }
}
