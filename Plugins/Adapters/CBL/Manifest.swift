internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// What a package says of its members.
struct Manifest {
  /// A table.
  struct File {
    var name = ""
    var kind = ""
    var rows: Int?
  }

  static let name = "manifest.json"
  private static let limit = 16 << 20

  var version = 0
  var files: [File] = []

  /// Reads the manifest of a package, or gives `nil` when there is none.
  static func read(_ input: AdapterInput) throws(AdapterError) -> Manifest? {
    for member in 0..<input.memberCount {
      guard try input.lastName(of: member) == name else { continue }
      let bytes = try whole(input, member)
      do throws(ScanningError) {
        return try parse(bytes)
      } catch {
        throw AdapterError(
          badData: RecordProblem(
            .fatal, "cbl.manifest_malformed", "the manifest cannot be read: \(error.message)",
            member: name, column: error.column))
      }
    }
    return nil
  }

  private static func whole(
    _ input: AdapterInput, _ member: Int
  ) throws(AdapterError) -> [UInt8] {
    try input.open(member)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { unsafe buffer.deallocate() }
    var bytes: [UInt8] = []
    while true {
      let got = try unsafe input.read(into: buffer)
      unsafe bytes.append(contentsOf: buffer[..<got])
      if got < 65_536 { return bytes }
      guard bytes.count <= limit else {
        throw AdapterError(
          limit: RecordProblem(
            .fatal, "cbl.limit", "the manifest is larger than \(limit) bytes", member: name))
      }
    }
  }

  static func parse(_ bytes: [UInt8]) throws(ScanningError) -> Manifest {
    var json = JSONReader()
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(bytes.count, 1), alignment: 16)
    defer { unsafe copy.deallocate() }
    unsafe copy.copyBytes(from: bytes)
    try unsafe json.open(UnsafeRawBufferPointer(rebasing: copy[..<bytes.count]))
    var manifest = Manifest()
    var isOurs = false
    try json.beginObject()
    while let key = try json.nextKey() {
      if key.equals("format") {
        isOurs = try json.string().equals("cbl")
      } else if key.equals("version") {
        manifest.version = try unsafe integer(json.number())
      } else if key.equals("files") {
        try json.beginArray()
        while try json.nextElement() { manifest.files.append(try file(&json)) }
      } else {
        try json.skipValue()
      }
    }
    try json.finish()
    guard isOurs else {
      throw ScanningError(.malformed, "its format is not cbl", line: 1, column: 1)
    }
    return manifest
  }

  private static func file(_ json: inout JSONReader) throws(ScanningError) -> File {
    var file = File()
    try json.beginObject()
    while let key = try json.nextKey() {
      if key.equals("name") {
        file.name = String(decoding: try json.string().decoded, as: UTF8.self)
      } else if key.equals("kind") {
        file.kind = String(decoding: try json.string().decoded, as: UTF8.self)
      } else if key.equals("rows") {
        file.rows = try unsafe integer(json.number())
      } else {
        try json.skipValue()
      }
    }
    return file
  }

  static func integer(_ text: UnsafeRawBufferPointer) -> Int {
    unsafe Int(String(decoding: text, as: UTF8.self)) ?? -1
  }
}
