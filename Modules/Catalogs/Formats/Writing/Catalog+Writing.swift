internal import Domain

/// A catalog as a file, with what that cost.
public struct CatalogWriting: Sendable {
  /// The file, as UTF-8.
  public var bytes: [UInt8]
  /// What is not in the file as it was in the catalog; what is not named here is.
  public var losses: LossReport
}

extension Catalog {
  /// Writes the catalog in a format.
  ///
  /// What was written is read again and compared with the catalog, so that the report names
  /// whatever differs, also what nobody thought of.
  ///
  /// - Parameter format: One of ``CatalogFormat/writable``; CASE is written as 1.1.
  /// - Throws: ``CatalogsError`` for a format that is only read.
  /// - Complexity: O(*n* log *n*).
  public func writing(_ format: CatalogFormat) throws(CatalogsError) -> CatalogWriting {
    switch format {
    case .casePackage:
      let writing = writing(case: .v1p1)
      return CatalogWriting(bytes: writing.package.text(.indented), losses: writing.losses)
    case .jsonLines: return try checked(JSONLinesWriter.bytes(of: self), format)
    case .moodle:
      var writer = MoodleWriter(self)
      return try checked(writer.write(), format, names: writer.names)
    case .canvas:
      var writer = CanvasWriter(self)
      return try checked(writer.write(), format, names: writer.names)
    case .skos: return try checked(SKOSWriter(self).write(), format)
    default:
      let names = CatalogFormat.writable.map(\.rawValue).joined(separator: ", ")
      throw CatalogsError(.option, "\(format) is only read; \(names) are written.")
    }
  }

  private func checked(
    _ bytes: [UInt8], _ format: CatalogFormat, names: [CatalogKey: CatalogKey] = [:]
  ) throws(CatalogsError) -> CatalogWriting {
    let again = try Catalog.reading(bytes, as: format, isChecked: false).catalog
    return CatalogWriting(
      bytes: bytes,
      losses: LossReport(of: self, against: again, format: format, names: names))
  }
}
