public import Catalogs

extension CatalogContent {
  /// Takes a file apart: JSON, lines of JSON, Turtle or a table, in UTF-8 or UTF-16.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - format: The format, where it is known; otherwise the first characters decide.
  ///   - file: The name of the file, for errors and findings.
  /// - Throws: `CatalogsError` when it is no sound text of its kind.
  /// - Complexity: O(*n*).
  public init(
    parsing bytes: [UInt8], as format: CatalogFormat? = nil, file: String? = nil
  ) throws(CatalogsError) {
    let text = try CatalogText.utf8(bytes, file: file)
    let first = text.first { $0 > 0x20 }
    let looksLikeJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    if format == nil || format == .skos, TurtleReader.isRecognized(text) {
      self = .nodes(try TurtleReader.nodes(of: text, file: file))
    } else if format?.isTable ?? false
      || (!looksLikeJSON && (format == nil || format?.mayBeTable ?? false))
    {
      self = .table(try CatalogTable(parsing: text, file: file))
    } else if format == nil || format == .jsonLines,
      let lines = try JSONLines.values(of: text, file: file, isForced: format == .jsonLines)
    {
      self = .lines(lines)
    } else {
      self = .tree(try JSONValue(parsing: text, line: 1, file: file))
    }
  }
}
