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
  /// - Throws: ``CatalogsError`` when a file is no sound JSON or table, or holds no catalog.
  /// - Complexity: O(*n* log *n*).
  public static func reading(
    _ files: [CatalogInput], as format: CatalogFormat? = nil
  ) throws(CatalogsError) -> CatalogReading {
    guard let first = files.first else {
      throw CatalogsError(.notACatalog, "There is no file; name one.")
    }
    if files.count == 1 { return try read(first, as: format, isChecked: true) }
    guard format == nil || format == .esco else {
      throw CatalogsError(
        .option, "There are \(files.count) files; only ESCO is read from several. Name one.",
        at: Place(file: first.name))
    }
    var tables: [CatalogTable] = []
    for file in files {
      let text = try CatalogText.utf8(file.bytes, file: file.name)
      let content = try CatalogContent(text, as: .esco, file: file.name)
      guard case .table(let table) = content else { continue }
      guard ESCOReader.isRecognized(table) || format == .esco else {
        throw CatalogsError(
          .notACatalog,
          "There are \(files.count) files, and this one is no table of ESCO; only ESCO is read from "
            + "several. Name one.", at: Place(file: file.name, line: 1))
      }
      tables.append(table)
    }
    return try ESCOReader.read(tables)
  }

  /// Reads a catalog from one file in any format that is known.
  ///
  /// - Parameters:
  ///   - bytes: The file, in UTF-8 or UTF-16.
  ///   - format: The format; recognised from the content when it is not given.
  ///   - file: The name of the file, for findings.
  ///   - isChecked: Whether each object of a CASE package is compared with the format, field by
  ///     field, which costs time and memory.
  /// - Throws: ``CatalogsError`` when the file is no sound JSON or table, or holds no catalog.
  public static func reading(
    _ bytes: [UInt8], as format: CatalogFormat? = nil, file: String? = nil, isChecked: Bool = true
  ) throws(CatalogsError) -> CatalogReading {
    try read(CatalogInput(name: file, bytes: bytes), as: format, isChecked: isChecked)
  }

  private static func read(
    _ file: CatalogInput, as format: CatalogFormat?, isChecked: Bool
  ) throws(CatalogsError) -> CatalogReading {
    let text = try CatalogText.utf8(file.bytes, file: file.name)
    let content = try CatalogContent(text, as: format, file: file.name)
    guard let format = format ?? content.format else {
      throw CatalogsError(
        .notACatalog,
        "The file is in no format of catalogs that is known (\(content.words)); name the format if "
          + "it is one of \(CatalogFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
        at: Place(file: file.name, line: 1))
    }
    return try content.read(as: format, file: file.name, isChecked: isChecked)
  }
}

extension CatalogFormat {
  /// The format that a file is in, from its content alone.
  ///
  /// - Returns: `nil` when it is none that is known, or no sound file.
  /// - Complexity: O(*n*).
  public static func recognizing(_ bytes: [UInt8]) -> CatalogFormat? {
    guard let text = try? CatalogText.utf8(bytes, file: nil) else { return nil }
    return (try? CatalogContent(text, as: nil, file: nil))?.format
  }
}
