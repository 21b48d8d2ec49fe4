public import Catalogs
internal import Domain
internal import Scanning

extension PrerequisiteGraph {
  /// Reads the prerequisites of a CASE package, and nothing else of it.
  ///
  /// Nothing is built of statements and unknown members: a graph of 250,000 items and 456,000
  /// prerequisites takes some 210 MB beside its file. All shapes that the reader of catalogs takes
  /// are accepted too. Ties in `path(to:known:)` are broken by sequence number, school level and
  /// code.
  ///
  /// - Parameters:
  ///   - bytes: The file: JSON in UTF-8 or UTF-16.
  ///   - file: Its name, for errors.
  /// - Throws: `CatalogsError` when the file is no JSON or has neither document nor items.
  /// - Complexity: O(*n*) in bytes, O(*n* log *n*) in items.
  public static func reading(
    case bytes: [UInt8], file: String? = nil
  ) throws(CatalogsError) -> PrerequisiteGraph {
    let text = try CatalogText.utf8(bytes, file: file)
    let result: Result<PrerequisiteGraph, CatalogsError> = unsafe text.withUnsafeBytes { buffer in
      var stream = GraphStream()
      do throws(ScanningError) {
        try unsafe stream.read(buffer)
      } catch {
        return .failure(CatalogText.error(error, "JSON", file: file))
      }
      guard stream.isPackage else {
        return .failure(
          CatalogsError(
            .notACatalog,
            "The file has neither CFDocument nor CFItems; a CASE package is one object with both.",
            at: Place(file: file, line: 1)))
      }
      return .success(stream.gathering.graph())
    }
    return try result.get()
  }

  /// Reads the prerequisites of a catalog in any format that is known.
  ///
  /// Of a CASE package nothing else is read; other formats are read whole.
  ///
  /// - Parameters:
  ///   - bytes: The file, in UTF-8 or UTF-16.
  ///   - file: Its name, for errors.
  /// - Throws: `CatalogsError` when the file is no catalog.
  /// - Complexity: O(*n*) in bytes, O(*n* log *n*) in items.
  public static func reading(
    _ bytes: [UInt8], file: String? = nil
  ) throws(CatalogsError) -> PrerequisiteGraph {
    do throws(CatalogsError) {
      return try reading(case: bytes, file: file)
    } catch {
      // What is wrong with a package is said by the error of the package.
      guard let format = CatalogFormat.recognizing(bytes), format != .casePackage else {
        throw error
      }
      return PrerequisiteGraph([try Catalog.reading(bytes, as: format, file: file).catalog])
    }
  }
}
