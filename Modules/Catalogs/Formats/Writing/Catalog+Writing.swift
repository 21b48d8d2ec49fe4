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
    case .jsonLines: return try checked(.lines(JSONLinesWriter.lines(of: self)), format)
    case .moodle:
      let writer = MoodleWriter(self)
      return try checked(.table(writer.write()), format, names: writer.names)
    case .canvas:
      let writer = CanvasWriter(self)
      return try checked(.table(writer.write()), format, names: writer.names)
    case .skos: return try checked(.tree(SKOSWriter(self).write()), format)
    default:
      let names = CatalogFormat.writable.map(\.rawValue).joined(separator: ", ")
      throw CatalogsError(.option, "\(format) is only read; \(names) are written.")
    }
  }

  /// What is written is read again as it is before it becomes bytes; that bytes say the same is for
  /// tests to show.
  private func checked(
    _ content: CatalogContent, _ format: CatalogFormat, names: [CatalogKey: CatalogKey] = [:]
  ) throws(CatalogsError) -> CatalogWriting {
    let again = try Catalog.reading(content, as: format, isChecked: false).catalog
    return CatalogWriting(
      bytes: content.bytes,
      losses: LossReport(of: self, against: again, format: format, names: names))
  }
}

extension CatalogContent {
  /// The content as a file, UTF-8 without a byte order mark; nodes as one list of JSON-LD.
  ///
  /// - Complexity: O(*n*).
  package var bytes: [UInt8] {
    switch self {
    case .tree(let value): return value.text(.indented)
    case .lines(let lines):
      var bytes: [UInt8] = []
      for line in lines {
        bytes += line.text()
        bytes.append(0x0A)
      }
      return bytes
    case .table(let table): return TableWriter.bytes(of: table)
    case .nodes(let nodes): return JSONValue.array(nodes.map { .object($0) }).text(.indented)
    }
  }
}
