#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The regular files of a folder, listed once; each is opened only while it is read.
final class ContainerFolder: Sendable {
  struct Member: Sendable {
    var name: String
    var identity: FileIdentity
  }

  let root: OpenFile
  let members: [Member]
  let ignored: [String]

  init(_ path: String, limits: ContainerLimits) throws(InteropError) {
    let descriptor = System.open(path, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { throw .opening(path, System.lastError) }
    guard let status = System.status(of: descriptor) else {
      let number = System.lastError
      System.close(descriptor)
      throw .opening(path, number)
    }
    root = OpenFile(
      descriptor: descriptor, place: path, path: path, identity: FileIdentity(status))
    var listing = Listing(place: path, limits: limits)
    try listing.list(folder: descriptor, name: ".", prefix: "", depth: 0)
    members = listing.members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    ignored = listing.ignored.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Opens a member and checks that it is still the file that was listed.
  func open(_ index: Int) throws(InteropError) -> OpenFile {
    let member = members[index]
    let path = "\(root.place)/\(member.name)"
    let descriptor = System.open(
      member.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, in: root.descriptor)
    guard descriptor >= 0 else {
      let number = System.lastError
      if number == ENOENT || number == ELOOP { throw .changed(path) }
      throw .opening(path, number)
    }
    guard let status = System.status(of: descriptor), FileIdentity(status) == member.identity
    else {
      System.close(descriptor)
      throw .changed(path)
    }
    return OpenFile(descriptor: descriptor, place: path, path: path, identity: member.identity)
  }
}

/// A walk through a folder.
private struct Listing {
  let place: String
  let limits: ContainerLimits
  var members: [ContainerFolder.Member] = []
  var ignored: [String] = []

  mutating func list(
    folder: Int32, name: String, prefix: String, depth: Int
  ) throws(InteropError) {
    guard depth <= limits.folderDepth else {
      throw InteropError(
        .limit, "folders lie more than \(limits.folderDepth) deep; name the inner folder",
        place: "\(place)/\(prefix)")
    }
    // A link that takes a folder's place since it was listed is not followed.
    let descriptor = System.open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: folder)
    guard descriptor >= 0 else { throw .opening("\(place)/\(prefix)", System.lastError) }
    defer { System.close(descriptor) }
    for name in try System.names(in: descriptor, place: "\(place)/\(prefix)") {
      try visit(name, in: descriptor, prefix: prefix, depth: depth)
    }
  }

  private mutating func visit(
    _ bytes: [UInt8], in folder: Int32, prefix: String, depth: Int
  ) throws(InteropError) {
    guard let name = String(validating: bytes, as: UTF8.self), !bytes.contains(where: { $0 < 0x20 })
    else {
      throw InteropError(
        .badInput, "a file name in this folder is not plain text; rename it",
        place: "\(place)/\(prefix)\(String(decoding: bytes, as: UTF8.self))")
    }
    let whole = prefix + name
    if MemberName.isHidden(name.utf8) {
      ignored.append(whole)
      return
    }
    guard whole.utf8.count <= limits.nameBytes else {
      throw InteropError(
        .limit, "the name has more than \(limits.nameBytes) bytes", place: "\(place)/\(whole)")
    }
    var status = stat()
    guard unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw .opening("\(place)/\(whole)", System.lastError)
    }
    switch FileType(status) {
    case .regular:
      members.append(.init(name: whole, identity: FileIdentity(status)))
    case .folder:
      try list(folder: folder, name: name, prefix: whole + "/", depth: depth + 1)
    case .link, .pipe, .characterDevice, .other:
      ignored.append(whole)
    }
    guard members.count <= limits.memberCount else {
      throw InteropError(
        .limit, "the folder holds more than \(limits.memberCount) files; name a smaller one",
        place: place)
    }
  }
}

extension System {
  /// The names in a folder except `.` and `..`, in no order.
  static func names(in folder: Int32, place: String) throws(InteropError) -> [[UInt8]] {
    let copy = open(".", O_RDONLY | O_DIRECTORY, in: folder)
    guard copy >= 0 else { throw .opening(place, errno) }
    guard let stream = unsafe fdopendir(copy) else {
      let number = errno
      close(copy)
      throw .opening(place, number)
    }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      if name != [0x2e], name != [0x2e, 0x2e] { names.append(name) }
    }
    if errno != 0 { throw .reading(place, errno) }
    return names
  }
}
