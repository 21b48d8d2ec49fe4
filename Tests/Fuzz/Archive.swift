#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is opened as a zip or gzip holds the same however it is read, within the limits; and what
/// was read comes back when it is packed again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (choice, bytes) = unsafe input(start, count)
  Scratch.put(bytes, at: Scratch.file)
  let found = members(at: Scratch.file, step: step(choice & 15))
  must(members(at: Scratch.file, step: 1 << 16) == found, "the contents depend on the pieces")
  if choice & 16 != 0 { must(membersThroughPipe(bytes) == found, "a pipe gives something else") }
  guard choice & 32 != 0, let found, found.allSatisfy({ !$0.name.isEmpty }) else { return 0 }
  must(packed(found) == found, "packed contents do not come back")
  return 0
}

private struct Content: Equatable {
  var name: String
  var bytes: [UInt8]
}

private let limits: ContainerLimits = {
  var limits = ContainerLimits()
  limits.freeBytes = 1 << 16
  limits.expandedBytes = 1 << 20
  return limits
}()

/// The members of an archive, or `nil` when it is refused; of a plain file there are none.
private func members(at path: String, step: Int) -> [Content]? {
  do throws(InteropError) {
    let container = try Container.open(path, limits: limits)
    guard container.kind == .zip || container.kind == .gzip else { return [] }
    var found: [Content] = []
    for (index, member) in container.members.enumerated() {
      let bytes = try contents(of: index, in: container, step: step)
      must(member.byteCount == nil || member.byteCount == bytes.count, "the size differs")
      must(bytes.count <= limits.expandedBytes, "the limit does not hold")
      must(!member.name.isEmpty && !member.name.hasPrefix("/"), "a name that leads elsewhere")
      must(!member.name.split(separator: "/").contains(".."), "a name that leads out")
      // A gzip is called like its file, which a pipe does not have.
      found.append(Content(name: container.kind == .zip ? member.name : "gzip", bytes: bytes))
    }
    must(Set(found.map(\.name)).count == found.count, "a name twice")
    return found
  } catch {
    must(!error.message.isEmpty, "an error that says nothing")
    must(error.code != .inputOutput && error.code != .noInput, "a fault of the system")
    return nil
  }
}

private func contents(
  of member: Int, in container: Container, step: Int
) throws(InteropError) -> [UInt8] {
  let head = try container.head(of: member, count: 16)
  var reader = try container.reader(of: member)
  var bytes: [UInt8] = []
  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: step, alignment: 1)
  defer { unsafe memory.deallocate() }
  while true {
    let count = try unsafe reader.read(into: memory)
    if count == 0 { break }
    unsafe bytes.append(contentsOf: memory[..<count])
    // Gzip does not say how much will come, so the limit has to end this.
    must(bytes.count <= limits.expandedBytes + step, "the limit does not hold")
  }
  must(head == Array(bytes.prefix(16)), "the head differs")
  return bytes
}

private func membersThroughPipe(_ bytes: [UInt8]) -> [Content]? {
  var ends: [Int32] = [0, 0]
  guard unsafe pipe(&ends) == 0 else { fatalError("no pipe") }
  must(unsafe write(ends[1], bytes, bytes.count) == bytes.count, "the pipe is too small")
  close(ends[1])
  defer { close(ends[0]) }
  return members(at: "/dev/fd/\(ends[0])", step: 1 << 16)
}

/// What comes out of a zip of the members.
private func packed(_ members: [Content]) -> [Content]? {
  do throws(InteropError) {
    var options = OutputOptions()
    options.synchronizes = false
    options.force = true
    let output = try OutputContainer.create(Scratch.packed, kind: .zip, options: options)
    for member in members {
      try output.begin(member: member.name)
      try output.write(member.bytes)
    }
    try output.commit()
  } catch {
    fatalError("\(error.message)")
  }
  // Ratios may be higher than before, since the others were not packed as well.
  return reopened()
}

private func reopened() -> [Content]? {
  guard let container = try? Container.open(Scratch.packed) else { return nil }
  return try? container.members.enumerated().map { index, member in
    Content(name: member.name, bytes: try contents(of: index, in: container, step: 1 << 16))
  }
}

/// Files that are written again and again; in memory where the system has a folder for that.
private enum Scratch {
  static let folder: String = {
    let base = unsafe access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    let folder = "\(base)/cbl-fuzz-\(getpid())"
    must(unsafe mkdir(folder, 0o700) == 0, "no folder for files")
    atexit {
      for name in ["in", "out.zip"] { unsafe unlink("\(Scratch.folder)/\(name)") }
      unsafe rmdir(Scratch.folder)
    }
    return folder
  }()
  static let file = "\(folder)/in"
  static let packed = "\(folder)/out.zip"

  static func put(_ bytes: [UInt8], at path: String) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    must(unsafe write(descriptor, bytes, bytes.count) == bytes.count, "a file cannot be written")
    close(descriptor)
  }
}
