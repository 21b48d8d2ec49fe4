import Foundation

/// A folder that is gone after the test.
final class Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "cbl-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file and gives its name.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Data(text.utf8))
  }

  /// Writes a file and gives its name.
  @discardableResult
  func write(_ name: String, _ bytes: Data) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
    return name
  }

  /// The text of a file, or `nil` when it is not there.
  func text(_ name: String) -> String? {
    (try? Data(contentsOf: url.appending(path: name))).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a file, or `nil` when it is not there.
  func bytes(_ name: String) -> Data? { try? Data(contentsOf: url.appending(path: name)) }

  /// The names in the folder, hidden ones too.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }

  /// Sets the permissions of a file.
  func permit(_ name: String, _ mode: Int) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: url.appending(path: name).path)
  }

  /// Runs the tool in the folder.
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> ToolRun {
    try ToolRun(arguments, in: url, environment: environment)
  }

  /// Runs the tool in the folder with bytes on standard input.
  func run(_ arguments: [String], input: String) throws -> ToolRun {
    try ToolRun(arguments, in: url, input: Data(input.utf8))
  }

  /// Runs a line of the shell in the folder.
  func shell(_ line: String) throws -> ToolRun { try ToolRun(shell: line, in: url) }
}

/// Small gradebooks of our own.
enum Gradebook {
  /// A Canvas gradebook of three learners and two assignments.
  static let canvas = """
    Student,ID,SIS Login ID,Section,Essay (101),Quiz 1 (102)
        Points Possible,,,,10.0,5.0
    "Lovelace, Ada",1,ada,Maths 7a,9.5,4
    "Noether, Emmy",2,emmy,Maths 7a,10,5
    "Germain, Sophie",3,sophie,Maths 7a,,3.5

    """

  /// The same gradebook with one score that is no number and one row cut short.
  static let canvasWithFaults = """
    Student,ID,SIS Login ID,Section,Essay (101),Quiz 1 (102)
        Points Possible,,,,10.0,5.0
    "Lovelace, Ada",1,ada,Maths 7a,0x10,4
    "Noether, Emmy",2,emmy
    "Germain, Sophie",3,sophie,Maths 7a,,3.5

    """

  /// The same gradebook with one other score and one learner less.
  static let canvasLater = """
    Student,ID,SIS Login ID,Section,Essay (101),Quiz 1 (102)
        Points Possible,,,,10.0,5.0
    "Lovelace, Ada",1,ada,Maths 7a,8,4.0
    "Noether, Emmy",2,emmy,Maths 7a,10,5

    """
}
