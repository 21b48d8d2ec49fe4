#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a container is.
public enum ContainerKind: String, Hashable, Sendable {
  /// One plain file.
  case file
  /// A folder of files.
  case folder
  /// A zip archive.
  case zip
  /// One file compressed with gzip, from a file or a stream.
  case gzip
  /// Standard input or a named pipe.
  case stream
}

/// A file in a container.
public struct ContainerMember: Hashable, Sendable {
  /// The name relative to the container, its parts separated by `/`.
  public let name: String
  /// The number of bytes, when it is known before reading.
  public let byteCount: Int?
}

/// A package of members that can be read: a file, a folder, a zip, a gzip or standard input.
///
/// The bytes decide what a file is, not its name. Opening reads directories and headers only and
/// checks them completely; nothing is ever unpacked to disk. The contents must stay as they are
/// while they are read: a file that changes is an error at its end. A container may be used from
/// several threads.
public final class Container: Sendable {
  private enum Storage {
    case file(OpenFile)
    case folder(ContainerFolder)
    case zip(OpenFile, ZipDirectory)
    case gzip(OpenFile)
    case stream(StreamSource)
    case gzipStream(StreamSource)
  }

  /// What the container is.
  public let kind: ContainerKind
  /// The last part of the path; `-` for standard input.
  public let name: String
  /// The path as it was given, for messages.
  public let path: String
  /// The members, sorted by the bytes of their names.
  public let members: [ContainerMember]
  /// The names of hidden files, links and special files that were left out.
  public let ignored: [String]
  /// Which file or folder this is, so that an output can refuse to replace it.
  public let identity: FileIdentity?

  private let storage: Storage
  private let limits: ContainerLimits

  private init(
    _ path: String, _ storage: Storage, limits: ContainerLimits, identity: FileIdentity?
  ) {
    self.path = path
    self.storage = storage
    self.limits = limits
    self.identity = identity
    name = path == "-" ? "-" : System.split(path).name
    switch storage {
    case .file(let file):
      kind = .file
      members = [ContainerMember(name: name, byteCount: Int(file.identity.size))]
      ignored = []
    case .folder(let folder):
      kind = .folder
      members = folder.members.map {
        ContainerMember(name: $0.name, byteCount: Int($0.identity.size))
      }
      ignored = folder.ignored
    case .zip(_, let directory):
      kind = .zip
      members = directory.entries.map { ContainerMember(name: $0.name, byteCount: $0.size) }
      ignored = directory.ignored
    case .gzip, .gzipStream:
      kind = .gzip
      let isMarked = name.utf8.count > 3 && name.lowercased().hasSuffix(".gz")
      members = [ContainerMember(name: isMarked ? String(name.dropLast(3)) : name, byteCount: nil)]
      ignored = []
    case .stream:
      kind = .stream
      members = [ContainerMember(name: name, byteCount: nil)]
      ignored = []
    }
  }
}

// MARK: Opening

extension Container {
  /// Opens a file, a folder, a zip, a gzip, a named pipe, or standard input for `-`.
  ///
  /// A zip that comes through a stream is first copied to a temporary file without a name.
  ///
  /// - Parameters:
  ///   - path: The path of the input, or `-`.
  ///   - limits: How large the container may be.
  /// - Returns: The container with all its members listed.
  /// - Throws: ``InteropError`` when there is no such input, it is not of these kinds, or its
  ///   archive is damaged or refused.
  public static func open(
    _ path: String, limits: ContainerLimits = .standard
  ) throws(InteropError) -> Container {
    if path == "-" { return try openStandardInput(limits) }
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw InteropError(.noInput, "an empty path names no input", place: path)
    }
    guard let status = System.status(at: path, followLinks: true) else {
      throw .opening(path, System.lastError)
    }
    switch FileType(status) {
    case .regular: return try openFile(path, limits)
    case .folder:
      let folder = try ContainerFolder(path, limits: limits)
      return Container(path, .folder(folder), limits: limits, identity: folder.root.identity)
    case .pipe: return try openPipe(path, limits)
    case .link, .characterDevice, .other:
      throw InteropError(
        .notRegular, "this is a device or socket; name a file, folder or pipe", place: path)
    }
  }

  private static func openFile(
    _ path: String, _ limits: ContainerLimits
  ) throws(InteropError) -> Container {
    // Without O_NONBLOCK a pipe that takes the file's place would hold us up for ever.
    let descriptor = System.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw .opening(path, System.lastError) }
    guard let status = System.status(of: descriptor), FileType(status) == .regular else {
      System.close(descriptor)
      throw .changed(path)
    }
    let file = OpenFile(
      descriptor: descriptor, place: path, path: path, identity: FileIdentity(status))
    return try container(path, file, limits)
  }

  /// A container over a regular file, by its first bytes.
  private static func container(
    _ path: String, _ file: OpenFile, _ limits: ContainerLimits
  ) throws(InteropError) -> Container {
    let magic = try System.bytes(of: file, from: 0, count: 4)
    if isZip(magic) {
      let directory = try ZipDirectory(file, limits: limits)
      return Container(path, .zip(file, directory), limits: limits, identity: file.identity)
    }
    let storage: Storage = isGzip(magic) ? .gzip(file) : .file(file)
    return Container(path, storage, limits: limits, identity: file.identity)
  }

  private static func openPipe(
    _ path: String, _ limits: ContainerLimits
  ) throws(InteropError) -> Container {
    let descriptor = System.open(path, O_RDONLY | O_NOCTTY)
    guard descriptor >= 0 else { throw .opening(path, System.lastError) }
    guard let status = System.status(of: descriptor) else {
      let number = System.lastError
      System.close(descriptor)
      throw .opening(path, number)
    }
    let owner = OpenFile(
      descriptor: descriptor, place: path, path: nil, identity: FileIdentity(status))
    let source = StreamSource(descriptor: descriptor, owner: owner, place: path)
    return try container(path, source, limits)
  }

  private static func openStandardInput(
    _ limits: ContainerLimits
  ) throws(InteropError) -> Container {
    let place = "standard input"
    guard let status = System.status(of: STDIN_FILENO) else {
      throw InteropError(.noInput, "standard input is closed; name a file", place: place)
    }
    switch FileType(status) {
    case .folder:
      throw InteropError(.isDirectory, "this is a folder; name it instead", place: place)
    case .regular where lseek(STDIN_FILENO, 0, SEEK_CUR) == 0:
      let descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
      guard descriptor >= 0 else { throw .reading(place, System.lastError) }
      let file = OpenFile(
        descriptor: descriptor, place: place, path: nil, identity: FileIdentity(status))
      return try container("-", file, limits)
    default:
      let source = StreamSource(descriptor: STDIN_FILENO, owner: nil, place: place)
      return try container("-", source, limits)
    }
  }

  /// A container over a stream, by its first bytes.
  private static func container(
    _ path: String, _ source: StreamSource, _ limits: ContainerLimits
  ) throws(InteropError) -> Container {
    let magic = try source.head(4)
    if isZip(magic) { return try container(path, source.keep(), limits) }
    let storage: Storage = isGzip(magic) ? .gzipStream(source) : .stream(source)
    return Container(path, storage, limits: limits, identity: nil)
  }

  private static func isZip(_ magic: [UInt8]) -> Bool {
    magic == [0x50, 0x4b, 0x03, 0x04] || magic == [0x50, 0x4b, 0x05, 0x06]
  }

  private static func isGzip(_ magic: [UInt8]) -> Bool {
    magic.starts(with: [0x1f, 0x8b])
  }
}

// MARK: Reading

extension Container {
  /// The first bytes of a member, for probing.
  ///
  /// Costs what it reads; the member can be read from its start afterwards, streams too.
  ///
  /// - Parameters:
  ///   - member: The index in ``members``.
  ///   - count: The most bytes to give.
  /// - Returns: The bytes, fewer only when the member is shorter.
  /// - Throws: ``InteropError`` when reading fails or the archive is damaged.
  public func head(of member: Int, count: Int) throws(InteropError) -> [UInt8] {
    switch storage {
    case .file(let file):
      return try System.bytes(of: file, from: 0, count: count)
    case .stream(let source):
      return try source.head(count)
    case .gzipStream(let source):
      // Compressed bytes need not be fewer when there are few of them.
      let input = MemoryInput(try source.head(max(count, 65_536)))
      return try head(
        GzipInput(input, limits: limits, place: path, isPrefix: true), count)
    case .folder, .zip, .gzip:
      return try head(input(of: member), count)
    }
  }

  private func head(_ input: any MemberInput, _ count: Int) throws(InteropError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = try unsafe bytes.withUnsafeMutableBufferPointer {
      (buffer) throws(InteropError) in
      try unsafe input.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    bytes.removeLast(count - got)
    return bytes
  }

  /// Begins to read a member.
  ///
  /// A member can be read as often as wanted, by several readers at the same time. Only a stream
  /// is read once, unless ``makeRereadable()`` was called before.
  ///
  /// - Parameter member: The index in ``members``.
  /// - Returns: A reader at the first byte.
  /// - Throws: ``InteropError`` when the member cannot be opened or changed since it was listed.
  public func reader(of member: Int) throws(InteropError) -> MemberReader {
    MemberReader(try input(of: member))
  }

  /// Keeps a stream in a temporary file without a name, so that it can be read more than once.
  ///
  /// Does nothing for other kinds. Call it before the first reader.
  ///
  /// - Throws: ``InteropError`` when the stream was read already or there is no room to keep it.
  public func makeRereadable() throws(InteropError) {
    switch storage {
    case .stream(let source), .gzipStream(let source): try source.keep()
    case .file, .folder, .zip, .gzip: break
    }
  }

  /// The file of a member that is one, in whole and as it is; `nil` for members of archives and for
  /// streams.
  func plainFile(of member: Int) throws(InteropError) -> OpenFile? {
    switch storage {
    case .file(let file): file
    case .folder(let folder): try folder.open(member)
    case .stream(let source): source.kept
    case .zip, .gzip, .gzipStream: nil
    }
  }

  private func input(of member: Int) throws(InteropError) -> any MemberInput {
    precondition(members.indices.contains(member), "there is no member \(member)")
    switch storage {
    case .file(let file): return FileInput(file)
    case .folder(let folder): return FileInput(try folder.open(member))
    case .zip(let file, let directory): return try ZipInput(file, directory.entries[member])
    case .gzip(let file): return try GzipInput(FileInput(file), limits: limits, place: path)
    case .stream(let source): return try source.input()
    case .gzipStream(let source):
      return try GzipInput(source.input(), limits: limits, place: path)
    }
  }
}
