internal import AdapterHost

/// A folder with inputs that an adapter can read.
///
/// - In a folder that has the name of a format, each file and each folder is one input of it.
/// - A file that has the name of a format, with or without an ending, is one input of it.
/// - Any other file or folder is an input whose format is the surest one.
///
/// An input that is a folder has all files in it as members. A file that begins with U+0001 holds
/// several members: each after a line of U+0001 and its name.
enum SampleFolder {
  private static let greatestDepth = 8
  private static let mostMembers = 1000

  static func check(_ path: String) throws(AdapterConformanceError) {
    guard System.isFolder(path) else {
      throw AdapterConformanceError(.samples, "there is no such folder of samples", place: path)
    }
  }

  static func load(
    _ folder: String, formats: [LoadedFormat]
  ) throws(AdapterConformanceError) -> [Sample] {
    var samples: [Sample] = []
    for name in try names(folder) {
      let path = "\(folder)/\(name)"
      let format = formats.first { format in
        [format.identifier, format.alias].contains { !$0.isEmpty && $0 == name }
      }
      if let format, System.isFolder(path) {
        for input in try names(path) {
          samples.append(
            Sample(
              name: "\(name)/\(input)", format: format,
              members: try members("\(path)/\(input)", input, format)))
        }
        continue
      }
      let owner = format ?? formats.first { name.hasPrefix("\($0.identifier).") }
      samples.append(
        Sample(name: name, format: owner, members: try members(path, name, owner)))
    }
    return samples.filter { !$0.members.isEmpty }
  }

  private static func names(_ folder: String) throws(AdapterConformanceError) -> [String] {
    guard let names = System.names(in: folder) else {
      throw AdapterConformanceError(.samples, "the folder cannot be read", place: folder)
    }
    return names
  }

  private static func members(
    _ path: String, _ name: String, _ format: LoadedFormat?
  ) throws(AdapterConformanceError) -> [SampleMember] {
    if System.isFolder(path) { return try folder(path, prefix: "", depth: 0) }
    let bytes = try bytes(path)
    if bytes.first == 1 { return parts(bytes) }
    // A file that is named like its format gets the usual ending.
    let isBare = name == format?.identifier || name == format?.alias
    let ending = format?.extensions.first ?? "csv"
    return [SampleMember(name: isBare ? "input.\(ending)" : name, bytes: bytes)]
  }

  private static func folder(
    _ path: String, prefix: String, depth: Int
  ) throws(AdapterConformanceError) -> [SampleMember] {
    guard depth < greatestDepth else {
      throw AdapterConformanceError(.samples, "the folder is nested too deeply", place: path)
    }
    var members: [SampleMember] = []
    for name in try names(path) {
      if System.isFolder("\(path)/\(name)") {
        members += try folder("\(path)/\(name)", prefix: "\(prefix)\(name)/", depth: depth + 1)
      } else {
        members.append(SampleMember(name: prefix + name, bytes: try bytes("\(path)/\(name)")))
      }
      guard members.count <= mostMembers else {
        throw AdapterConformanceError(.samples, "the sample has too many members", place: path)
      }
    }
    return members
  }

  private static func bytes(_ path: String) throws(AdapterConformanceError) -> [UInt8] {
    guard let bytes = System.bytes(of: path) else {
      throw AdapterConformanceError(
        .samples, "the sample cannot be read or is longer than 64 MB", place: path)
    }
    return bytes
  }

  private static func parts(_ bytes: [UInt8]) -> [SampleMember] {
    bytes.split(separator: 1, omittingEmptySubsequences: true).map { part in
      let end = part.firstIndex(of: 0x0A) ?? part.endIndex
      return SampleMember(
        name: String(decoding: part[..<end], as: UTF8.self),
        bytes: Array(part[end...].dropFirst()))
    }
  }
}
