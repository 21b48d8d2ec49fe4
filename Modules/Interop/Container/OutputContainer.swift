#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A package of members that is written and appears only when it is complete.
///
/// The contents grow beside the target under a hidden name. ``commit()`` puts them on the disk and
/// renames them in one step; whatever happens before, the old output stays as it was. Standard
/// output, pipes and devices cannot be taken back: their bytes flow as they are written, unless
/// ``OutputOptions/holdsBack`` keeps them until ``commit()``.
///
/// An output has one owner and is not `Sendable`; it may be used from one thread after the other.
public final class OutputContainer {
  /// The shape of the output.
  public let kind: OutputKind
  /// The path as it was given, for messages.
  public let path: String
  /// The names of the members begun so far, in their order.
  public private(set) var members: [String] = []

  /// Whether nothing of what is written can be seen before ``commit()``.
  var canBeTakenBack: Bool { target != nil || held != nil }

  private let target: OutputTarget?
  private let file: OutputFile?
  /// The stream that gets the bytes of the file at the end.
  private var held: OutputFile?
  private let options: OutputOptions
  private var writer: (any OutputWriter)?
  private var isInMember = false
  private var failure: InteropError?
  private var names: Set<[UInt8]> = []

  private init(
    _ path: String, kind: OutputKind, options: OutputOptions, after earlier: OutputContainer?
  ) throws(InteropError) {
    self.path = path
    self.kind = kind
    self.options = options
    if let stream = earlier?.held {
      earlier?.held = nil
      target = nil
      (file, held) = try Self.holding(stream, options)
    } else if path == "-" || kind == .stdout {
      target = nil
      let stream = OutputFile(
        descriptor: STDOUT_FILENO, place: "standard output", isOwner: false, canReplace: false)
      (file, held) = try Self.holding(stream, options)
    } else if kind != .folder, let descriptor = try Self.openDevice(path) {
      target = nil
      let stream = OutputFile(
        descriptor: descriptor, place: path, isOwner: true, canReplace: false)
      (file, held) = try Self.holding(stream, options)
    } else {
      let target = try OutputTarget(path, isFolder: kind == .folder, options: options)
      self.target = target
      file = kind == .folder ? nil : try Self.createTemporary(target, options)
    }
    writer = try makeWriter()
  }

  deinit {
    abort()
  }

  /// Begins an output.
  ///
  /// - Parameters:
  ///   - path: The path of the output, or `-` for standard output.
  ///   - kind: The shape; `-` with `zip` or `gzip` writes an archive to standard output.
  ///   - options: How to write.
  /// - Returns: An output without members.
  /// - Throws: ``InteropError`` when the output exists, is an input or a link, is being written by
  ///   another run, or cannot be created.
  public static func create(
    _ path: String, kind: OutputKind, options: OutputOptions = OutputOptions()
  ) throws(InteropError) -> OutputContainer {
    try OutputContainer(path, kind: kind, options: options, after: nil)
  }

  /// Begins an output in place of one at the same path that was given up.
  ///
  /// A stream that the earlier one held back from stays open: the reader of a pipe takes a close
  /// for the end, and who opened the pipe again would wait for a second reader.
  static func create(
    _ path: String, kind: OutputKind, options: OutputOptions, after earlier: OutputContainer?
  ) throws(InteropError) -> OutputContainer {
    try OutputContainer(path, kind: kind, options: options, after: earlier)
  }

  /// Begins a member and ends the one before.
  ///
  /// - Parameter name: The name relative to the output, its parts separated by `/`. A plain file,
  ///   a gzip and standard output have one member, whose name is not written.
  /// - Throws: ``InteropError`` when the name is taken or not plain, or writing fails.
  public func begin(member name: String) throws(InteropError) {
    try end()
    try attempt { (writer) throws(InteropError) in
      if let fault = MemberName.fault(name) {
        throw InteropError(.usage, "the name of this member \(fault)", place: "\(path)/\(name)")
      }
      guard name.utf8.count <= 1_024 else {
        throw InteropError(.usage, "the name of this member is too long", place: path)
      }
      guard names.insert(Array(name.utf8)).inserted else {
        throw InteropError(.usage, "two members have this name", place: "\(path)/\(name)")
      }
      guard members.isEmpty || kind == .zip || kind == .folder else {
        throw InteropError(
          .usage, "several files do not fit in one; name a folder or a .zip", place: path)
      }
      try writer.begin(name)
      members.append(name)
      isInMember = true
    }
  }

  /// Adds bytes to the member.
  ///
  /// Small pieces are gathered; pieces of 128 KiB and more are written without a copy.
  ///
  /// - Parameter bytes: The bytes, used only during the call.
  /// - Throws: ``InteropError`` when writing fails.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(InteropError) {
    try attempt { (writer) throws(InteropError) in
      guard isInMember else {
        throw InteropError(.usage, "bytes came before a member began", place: path)
      }
      try unsafe writer.write(bytes)
    }
  }

  /// Adds bytes to the member.
  ///
  /// - Parameter bytes: The bytes.
  /// - Throws: ``InteropError`` when writing fails.
  public func write(_ bytes: [UInt8]) throws(InteropError) {
    try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(InteropError) in
      try unsafe write(UnsafeRawBufferPointer(buffer))
    }
  }

  /// Ends the member; does nothing outside of one.
  ///
  /// - Throws: ``InteropError`` when writing fails.
  public func end() throws(InteropError) {
    guard isInMember else { return }
    try attempt { (writer) throws(InteropError) in
      try writer.end()
      isInMember = false
    }
  }

  /// Completes the output and lets it appear.
  ///
  /// The bytes are on the disk before the name changes, and the name before this returns. When it
  /// fails, the old output is there as before, or the whole new one is.
  ///
  /// - Throws: ``InteropError`` when anything failed now or before.
  public func commit() throws(InteropError) {
    try end()
    try attempt { (writer) throws(InteropError) in
      try writer.finish()
      if let held {
        try file?.copy(to: held)
        try held.finish(synchronizes: false)
      }
      try file?.finish(synchronizes: options.synchronizes && target != nil)
      try target?.publish(endings: Set(members.map { System.ending(of: $0) }))
    }
    writer = nil
  }

  /// Gives up and removes the temporary; does nothing after ``commit()``.
  public func abort() {
    writer = nil
    target?.abandon()
  }

  /// Does a step; after a failure every other step fails the same way and nothing is left.
  private func attempt(
    _ step: (any OutputWriter) throws(InteropError) -> Void
  ) throws(InteropError) {
    if let failure { throw failure }
    guard let writer else {
      throw InteropError(.usage, "this output is complete or was given up", place: path)
    }
    do throws(InteropError) {
      try step(writer)
    } catch {
      failure = error
      abort()
      throw error
    }
  }

  private func makeWriter() throws(InteropError) -> any OutputWriter {
    guard let file else {
      return try FolderWriter(target?.temporary ?? path, place: path, options: options)
    }
    return switch kind {
    case .zip: try ZipWriter(file, options: options)
    case .gzip: try GzipWriter(file, options: options)
    case .file, .stdout, .folder: PlainWriter(file)
    }
  }

  /// A stream as it is, or a file without a name in front of it.
  private static func holding(
    _ stream: OutputFile, _ options: OutputOptions
  ) throws(InteropError) -> (file: OutputFile, held: OutputFile?) {
    guard options.holdsBack else { return (stream, nil) }
    let file = OutputFile(
      descriptor: try SpoolFile.anonymous(in: nil), place: "temporary file", isOwner: true,
      canReplace: false)
    return (file, stream)
  }

  private static func createTemporary(
    _ target: OutputTarget, _ options: OutputOptions
  ) throws(InteropError) -> OutputFile {
    let descriptor = System.open(
      target.temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode_t(options.mode))
    guard descriptor >= 0 else { throw .creating(target.path, errno) }
    return OutputFile(
      descriptor: descriptor, place: target.path, isOwner: true, canReplace: true)
  }

  /// Opens a character device or a named pipe, which has nothing to protect; `nil` for the rest.
  private static func openDevice(_ path: String) throws(InteropError) -> Int32? {
    guard let status = System.status(at: path, followLinks: false) else { return nil }
    let type = FileType(status)
    guard type == .characterDevice || type == .pipe else { return nil }
    let descriptor = System.open(path, O_WRONLY | O_NOFOLLOW | O_NOCTTY)
    guard descriptor >= 0 else { throw .creating(path, errno) }
    return descriptor
  }
}
