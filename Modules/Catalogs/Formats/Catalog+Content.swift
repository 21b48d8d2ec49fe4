internal import Domain

extension Catalog {
  /// Reads a catalog from what a file holds, in any format that is known.
  ///
  /// Reading is lenient: what is wrong with a part is a finding, and the rest is read. What the
  /// model has no field for is kept in `extensions`.
  ///
  /// - Parameters:
  ///   - content: The content of the file.
  ///   - format: The format; recognised from the content when it is not given.
  ///   - file: The name of the file, for findings and for a title where the format has none.
  ///   - isChecked: Whether each object of a CASE package is compared with the format, field by
  ///     field, which costs time and memory.
  /// - Throws: ``CatalogsError`` when the content is no catalog.
  /// - Complexity: O(*n* log *n*).
  public static func reading(
    _ content: CatalogContent, as format: CatalogFormat? = nil, file: String? = nil,
    isChecked: Bool = true
  ) throws(CatalogsError) -> CatalogReading {
    guard let format = format ?? content.format else {
      throw CatalogsError(
        .notACatalog,
        "The file is in no format of catalogs that is known (\(content.words)); name the format if "
          + "it is one of \(CatalogFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
        at: Place(file: file, line: 1))
    }
    return try content.read(as: format, file: file, isChecked: isChecked)
  }

  /// Reads a catalog from several tables that belong together, as those of ESCO do.
  ///
  /// - Parameters:
  ///   - tables: The tables, in any order.
  ///   - format: The format, where it is known; only ESCO is read from several tables.
  /// - Throws: ``CatalogsError`` when a table is none of ESCO and the format was not given.
  /// - Complexity: O(*n* log *n*).
  public static func reading(
    tables: [CatalogTable], as format: CatalogFormat? = nil
  ) throws(CatalogsError) -> CatalogReading {
    for table in tables where !ESCOReader.isRecognized(table) && format != .esco {
      throw CatalogsError(
        .notACatalog,
        "There are \(tables.count) files, and this one is no table of ESCO; only ESCO is read from "
          + "several. Name one.", at: Place(file: table.file, line: 1))
    }
    return try ESCOReader.read(tables)
  }
}
