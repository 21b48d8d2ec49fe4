internal import CatalogFiles
internal import Catalogs
internal import Domain
internal import Foundation

/// Generates code from a catalog, or brings its lock file to the catalog.
struct CatalogCompiler {
  static let usage = """
    usage: catalog-compiler generate --catalog FILE --name NAME --output FOLDER
               [--options FILE] [--lock FILE]
           catalog-compiler update-lock --catalog FILE --name NAME --lock FILE [--options FILE]

    generate writes NAME.swift, NAME+Names1.swift to NAME+Names4.swift and NAME+Data.swift.
    update-lock writes the lock file: the names and numbers of all items that ever were.
    Exit codes: 0 done, 64 usage, 65 bad data, 74 a file could not be read or written.

    """

  private let command: String
  private var values: [String: String] = [:]

  init(arguments: [String]) {
    command = arguments.first ?? "help"
    let known: Set<String> = ["--catalog", "--name", "--output", "--options", "--lock"]
    var rest = arguments.dropFirst()
    while let name = rest.popFirst() {
      guard known.contains(name), let value = rest.popFirst() else {
        CatalogCompiler.write(
          "error: \(name) is no option or has no value\n\(CatalogCompiler.usage)")
        exit(64)
      }
      values[name] = value
    }
  }

  func run() throws {
    switch command {
    case "generate": try generate()
    case "update-lock": try updateLock()
    case "help", "--help", "-h": Swift.print(CatalogCompiler.usage, terminator: "")
    default:
      CatalogCompiler.write("error: there is no command \(command)\n\(CatalogCompiler.usage)")
      exit(64)
    }
  }

  private func generate() throws {
    let folder = value("--output")
    let generator = try generator()
    for finding in generator.findings { report(finding) }
    for file in generator.files {
      try write(file.text, to: "\(folder)/\(value("--name"))\(file.suffix).swift")
    }
  }

  private func updateLock() throws {
    try write(generator().lock.text, to: value("--lock"))
  }

  private func generator() throws -> CodeGenerator {
    let path = value("--catalog")
    let reading = try Catalog.reading(case: read(path), file: path)
    for finding in reading.findings where finding.severity >= .error {
      CatalogCompiler.print(finding, as: "warning")
    }
    var options = CodeOptions()
    if let file = values["--options"] {
      options = try CodeOptions(parsing: String(decoding: read(file), as: UTF8.self), file: file)
    }
    var lock = LockFile()
    if let file = values["--lock"], FileManager.default.fileExists(atPath: file) {
      lock = try LockFile(parsing: String(decoding: read(file), as: UTF8.self), file: file)
    }
    do {
      return try CodeGenerator(
        catalog: reading.catalog, typeName: value("--name"), options: options, lock: lock)
    } catch {
      let place = error.place.isEmpty ? Place(file: path, line: 1) : error.place
      throw CatalogsError(error.code, error.message, at: place)
    }
  }

  private func value(_ name: String) -> String {
    guard let value = values[name] else {
      CatalogCompiler.write("error: \(command) needs \(name)\n\(CatalogCompiler.usage)")
      exit(64)
    }
    return value
  }

  private func read(_ path: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: path)))
  }

  /// Leaves a file that says the same already as it is, so that nothing is compiled again for it.
  private func write(_ text: String, to path: String) throws {
    if FileManager.default.contents(atPath: path) == Data(text.utf8) { return }
    try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
  }

  private func report(_ finding: Problem) {
    var finding = finding
    finding.place.file = value("--catalog")
    CatalogCompiler.print(finding, as: "warning")
  }

  /// Prints a problem as compilers do, so that build systems show it at its place.
  static func print(_ problem: Problem, as word: String = "error") {
    let place = problem.place
    var text = place.file ?? "catalog"
    text += ":\(place.line ?? 1):\(place.column ?? 1): \(word): "
    let message = problem.message.split(whereSeparator: \.isNewline).joined(separator: " ")
    write("\(text)\(message) [\(problem.code)]\n")
  }

  static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
