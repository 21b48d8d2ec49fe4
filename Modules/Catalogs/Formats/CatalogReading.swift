public import Domain

/// A catalog that was read, with everything remarkable about the file.
public struct CatalogReading: Sendable {
  /// The catalog.
  public var catalog: Catalog
  /// What is wrong or has another form than the format asks for, in the order in which it was met.
  ///
  /// Each finding has the line, for JSON also the byte in the line and often a pointer, and names
  /// the identifier where there is one.
  public var findings: [Problem]
  /// The format that the file was read as.
  public var format: CatalogFormat
}
