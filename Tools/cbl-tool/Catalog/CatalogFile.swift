import CatalogFiles
import Catalogs
import Domain
import Interop

/// Catalogs in files.
enum CatalogFile {
  /// The greatest file that is read, in bytes.
  static let limit = 512 << 20

  /// Reads a catalog.
  ///
  /// - Parameters:
  ///   - path: A catalog in any format that is read, or - for standard input.
  ///   - isChecked: Whether it is compared with the format; only linting asks for that.
  /// - Throws: ``ToolFailure`` with 65 when it is none.
  static func read(_ path: String, isChecked: Bool = false) throws -> CatalogReading {
    let bytes = try DocumentFile.read(path, limit: limit)
    return try Catalog.reading(
      bytes, file: path == "-" ? "standard input" : path, isChecked: isChecked)
  }

  /// Reads catalogs.
  static func read(_ paths: [String]) throws -> [Catalog] {
    try InputCheck.check(paths)
    return try paths.map { try read($0).catalog }
  }

  /// Writes a text to a file that appears only when it is complete, or to standard output.
  static func write(_ text: String, to path: String?, force: Bool) throws {
    guard let path, path != "-" else {
      try Console.print(text)
      return
    }
    var options = OutputOptions()
    options.force = force
    let container = try OutputContainer.create(path, kind: .file, options: options)
    // A plain file has one member, whose name is not written.
    try container.begin(member: "catalog")
    try container.write(Array(text.utf8))
    try container.end()
    try container.commit()
  }
}
