public import Catalogs
internal import Domain

extension Catalog {
  /// Reads a catalog in any format that is known.
  ///
  /// Reading is lenient: what is wrong with a part is a finding, and the rest is read. What the
  /// model has no field for is kept in `extensions`.
  ///
  /// - Parameters:
  ///   - files: The files: one, or for ESCO all tables that belong together.
  ///   - format: The format; recognised from the content when it is not given.
  /// - Throws: `CatalogsError` when a file is no sound JSON or table, or holds no catalog.
  /// - Complexity: O(*n* log *n*).
  public static func reading(
    _ files: [CatalogInput], as format: CatalogFormat? = nil
  ) throws(CatalogsError) -> CatalogReading {
    guard let first = files.first else {
      throw CatalogsError(.notACatalog, "There is no file; name one.")
    }
    if files.count == 1 { return try reading(first.bytes, as: format, file: first.name) }
    guard format == nil || format == .esco else {
      throw CatalogsError(
        .option, "There are \(files.count) files; only ESCO is read from several. Name one.",
        at: Place(file: first.name))
    }
    var tables: [CatalogTable] = []
    for file in files { tables.append(try CatalogTable(parsing: file.bytes, file: file.name)) }
    return try reading(tables: tables, as: format)
  }

  /// Reads a catalog from one file in any format that is known.
  ///
  /// - Parameters:
  ///   - bytes: The file, in UTF-8 or UTF-16.
  ///   - format: The format; recognised from the content when it is not given.
  ///   - file: The name of the file, for findings.
  ///   - isChecked: Whether each object of a CASE package is compared with the format, field by
  ///     field, which costs time and memory.
  /// - Throws: `CatalogsError` when the file is no sound JSON or table, or holds no catalog.
  /// - Complexity: O(*n* log *n*).
  public static func reading(
    _ bytes: [UInt8], as format: CatalogFormat? = nil, file: String? = nil, isChecked: Bool = true
  ) throws(CatalogsError) -> CatalogReading {
    let content = try CatalogContent(parsing: bytes, as: format, file: file)
    return try reading(content, as: format, file: file, isChecked: isChecked)
  }

  /// Reads a CASE 1.0 or 1.1 package, as strictly or loosely as it is written.
  ///
  /// Everything the file says is kept: the catalog is written back as it was by `Catalog.source`.
  ///
  /// - Parameters:
  ///   - bytes: The file: JSON in UTF-8 or UTF-16.
  ///   - file: Its name, for findings.
  ///   - isChecked: Whether each object is compared with the format, field by field. Without it
  ///     there are findings only about what is read in another way than it stands there, which
  ///     spares time and memory.
  /// - Throws: `CatalogsError` when the file is no JSON or has neither document nor items.
  /// - Complexity: O(*n*).
  public static func reading(
    case bytes: [UInt8], file: String? = nil, isChecked: Bool = true
  ) throws(CatalogsError) -> CatalogReading {
    try reading(case: JSONValue(parsing: bytes, file: file), file: file, isChecked: isChecked)
  }
}

extension CatalogFormat {
  /// The format that a file is in, from its content alone.
  ///
  /// - Returns: `nil` when it is none that is known, or no sound file.
  /// - Complexity: O(*n*).
  public static func recognizing(_ bytes: [UInt8]) -> CatalogFormat? {
    (try? CatalogContent(parsing: bytes))?.format
  }
}
