import AdapterHost
import Foundation
import Interop
import Records

/// Conversions with the adapters beside the test bundle.
enum Pairs {
  /// All adapters, loaded once.
  static let catalog: AdapterCatalog = {
    #if canImport(Darwin)
      let ending = "dylib"
    #else
      let ending = "so"
    #endif
    let families = ["OneRoster", "Canvas", "Moodle", "XAPI", "CBL", "Evidence"]
    return AdapterCatalog(
      loading: families.map { "\(MemoryHost.buildFolder)/lib\($0)Adapter.\(ending)" })
  }()

  /// Converts files.
  @discardableResult
  static func convert(
    _ inputs: [String], from: String? = nil, to format: String, at output: String,
    _ configure: (inout ConversionOptions) -> Void = { _ in }
  ) throws -> ConversionReport {
    var options = ConversionOptions(to: format)
    options.from = from
    options.output.synchronizes = false
    configure(&options)
    return try Conversion(catalog: catalog, options: options).run(inputs, to: output)
  }

  /// The members of a file, folder or archive, by name.
  static func members(of path: String) throws -> [String: [UInt8]] {
    let container = try Container.open(path)
    var members: [String: [UInt8]] = [:]
    for index in container.members.indices {
      members[container.members[index].name] = try bytes(index, of: container)
    }
    return members
  }

  private static func bytes(_ index: Int, of container: Container) throws -> [UInt8] {
    var reader = try container.reader(of: index)
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe reader.read(into: $0) }
      if count == 0 { return result }
      result += buffer[..<count]
    }
  }

  /// The first place where two sets of members differ, in words, or `nil`.
  static func difference(_ expected: [String: [UInt8]], _ actual: [String: [UInt8]]) -> String? {
    for name in expected.keys.sorted() {
      guard let found = actual[name] else { return "\(name) is missing" }
      guard let wanted = expected[name], wanted != found else { continue }
      let place = zip(wanted, found).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      let offset = place ?? min(wanted.count, found.count)
      return "\(name) differs at byte \(offset) of \(wanted.count): wanted "
        + excerpt(wanted, offset) + ", found " + excerpt(found, offset)
    }
    let further = actual.keys.filter { expected[$0] == nil }.sorted()
    return further.isEmpty ? nil : "further members: \(further.joined(separator: ", "))"
  }

  private static func excerpt(_ bytes: [UInt8], _ offset: Int) -> String {
    let part = bytes[max(0, offset - 20)..<min(bytes.count, offset + 30)]
    return String(decoding: part, as: UTF8.self).debugDescription
  }
}

/// A folder that exists for one test.
final class PairFolder {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "cbl-pairs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path(percentEncoded: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in the folder.
  subscript(name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, with the folders above it.
  func put(_ bytes: [UInt8], _ name: String) throws {
    let url = URL(filePath: self[name])
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// Writes a text file.
  func put(_ text: String, _ name: String) throws { try put(Array(text.utf8), name) }
}

/// A generator with a fixed seed.
struct PairRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  /// A number below a limit.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// Whether something of one in so many happens.
  mutating func one(in count: Int) -> Bool { below(count) == 0 }

  /// One of several.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
