internal import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One shape of output: members in, bytes out.
protocol OutputWriter: AnyObject {
  /// Begins a member; the last one has ended.
  func begin(_ name: String) throws(InteropError)
  func write(_ bytes: UnsafeRawBufferPointer) throws(InteropError)
  func end() throws(InteropError)
  /// Writes what comes after all members.
  func finish() throws(InteropError)
}

/// The bytes as they come.
final class PlainWriter: OutputWriter {
  private let file: OutputFile

  init(_ file: OutputFile) {
    self.file = file
  }

  func begin(_ name: String) {}

  func write(_ bytes: UnsafeRawBufferPointer) throws(InteropError) {
    try unsafe file.write(bytes)
  }

  func end() {}

  func finish() {}
}

/// The bytes in one gzip member without a name and a time.
final class GzipWriter: OutputWriter {
  private let deflater: Deflater

  init(_ file: OutputFile, options: OutputOptions) throws(InteropError) {
    deflater = try Deflater(file, level: options.compressionLevel, windowBits: 31)
  }

  func begin(_ name: String) {}

  func write(_ bytes: UnsafeRawBufferPointer) throws(InteropError) {
    try unsafe deflater.write(bytes)
  }

  func end() {}

  func finish() throws(InteropError) {
    _ = try deflater.finish()
  }
}

/// A file for each member in a folder that has no visible name yet.
final class FolderWriter: OutputWriter {
  /// With more files than this, the file system is synchronized once instead of each file.
  private static let singleSynchronizations = 16

  private let root: String
  private let place: String
  private let options: OutputOptions
  private var folders: Set<String> = []
  private var file: OutputFile?
  private var count = 0
  // One buffer for all files, one after the other.
  private let buffer = WriteBuffer(capacity: OutputFile.bufferBytes)

  /// - Parameters:
  ///   - root: The path of the temporary folder.
  ///   - place: The path of the output, for messages.
  init(_ root: String, place: String, options: OutputOptions) throws(InteropError) {
    self.root = root
    self.place = place
    self.options = options
    try makeFolder(root)
  }

  private func makeFolder(_ path: String) throws(InteropError) {
    let mode = options.mode | (options.mode & 0o444) >> 2
    guard unsafe mkdir(path, mode_t(mode)) == 0 else { throw .creating(place, errno) }
    folders.insert(path)
  }

  func begin(_ name: String) throws(InteropError) {
    var path = root
    let parts = name.utf8.split(separator: UInt8(ascii: "/"))
    for part in parts.dropLast() {
      path += "/" + String(decoding: part, as: UTF8.self)
      if !folders.contains(path) { try makeFolder(path) }
    }
    let descriptor = System.open(
      "\(root)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode_t(options.mode))
    guard descriptor >= 0 else { throw .creating("\(place)/\(name)", errno) }
    count += 1
    file = OutputFile(
      descriptor: descriptor, place: "\(place)/\(name)", isOwner: true, canReplace: true,
      buffer: buffer)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(InteropError) {
    try unsafe file?.write(bytes)
  }

  func end() throws(InteropError) {
    try file?.finish(synchronizes: options.synchronizes && count <= Self.singleSynchronizations)
    file = nil
  }

  func finish() throws(InteropError) {
    guard options.synchronizes else { return }
    #if os(Linux)
      if count > Self.singleSynchronizations {
        let descriptor = System.open(root, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { throw .writing(place, errno) }
        defer { System.close(descriptor) }
        guard cbl_sync_file_system(descriptor) == 0 else { throw .writing(place, errno) }
        return
      }
    #else
      sync()
    #endif
    for folder in folders { try System.synchronizeFolder(folder) }
  }
}
