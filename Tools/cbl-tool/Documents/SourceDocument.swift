import Domain
import Grading

/// A JSON or YAML file that was read, and where in it each value stands.
struct SourceDocument {
  /// The path as the user gave it.
  let path: String
  /// The document.
  let value: DocumentValue
  private let bytes: [UInt8]
  /// The places of the values of a YAML file, by pointer.
  private let places: [String: Place]?

  /// Reads a file: YAML when it is named `.yaml` or `.yml` or does not begin as JSON does.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - limit: How many bytes there may be.
  ///   - takesFigures: Whether numbers may have all binary digits, as statistics programs write
  ///     them; those with too many for other readers become texts.
  /// - Throws: ``ToolFailure`` with file, line and column.
  init(path: String, limit: Int = DocumentFile.limit, takesFigures: Bool = false) throws {
    let bytes = try DocumentFile.read(path, limit: max(limit, DocumentFile.limit))
    guard bytes.count <= limit else {
      throw ToolFailure(
        65,
        "\(path): such a document may have \(limit >> 20) MB; this one has \(bytes.count) bytes; "
          + "split it or take out what is not needed")
    }
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == nil
    let isYAML = [".yaml", ".yml"].contains { path.lowercased().hasSuffix($0) }
    if isJSON, !isYAML {
      try self.init(json: bytes, path: path, limit: limit, takesFigures: takesFigures)
    } else {
      try self.init(yaml: bytes, path: path)
    }
  }

  /// Reads JSON.
  init(
    json bytes: [UInt8], path: String, limit: Int = DocumentFile.limit, takesFigures: Bool = false
  ) throws {
    self.path = path
    self.bytes = bytes
    places = nil
    do throws(DomainError) {
      var limits = DocumentReader.Limits(bytes: max(limit, DocumentFile.limit), depth: 64)
      limits.keepsLongNumbersAsText = takesFigures
      value = try DocumentReader.read(bytes, limits: limits)
    } catch {
      var place = error.place ?? Place()
      place.file = path
      throw ToolFailure(65, GradingError(.malformed, error.message, at: place).description)
    }
  }

  private init(yaml bytes: [UInt8], path: String) throws {
    #if CommandLine
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw ToolFailure(65, "\(path): the document is not UTF-8; save it as UTF-8")
      }
      let (value, places) = try YAMLNode.reading(text, path: path).document()
      self.path = path
      self.bytes = bytes
      self.value = value
      self.places = places
    #else
      throw ToolFailure(69, "\(path): this build reads no YAML; write the document as JSON")
    #endif
  }

  /// Reads values out of the document.
  ///
  /// - Throws: ``ToolFailure`` with the line and column of the field that is wrong.
  func reading<Value>(
    _ body: (DocumentValue) throws(GradingError) -> Value
  ) throws -> Value {
    do throws(GradingError) { return try body(value) } catch {
      let placed = GradingError(
        error.code, error.message, at: place(of: error.place?.pointer ?? ""))
      throw ToolFailure(65, placed.description)
    }
  }

  /// Reads the document as something of Domain's; errors get the file, line and column.
  func reading<Value>(
    asDomain body: (DocumentValue) throws(DomainError) -> Value
  ) throws -> Value {
    do throws(DomainError) { return try body(value) } catch {
      let placed = DomainError(
        error.code, error.message, at: place(of: error.place?.pointer ?? ""))
      throw ToolFailure(65, placed.description)
    }
  }

  /// The place of the value that a pointer names, or of the nearest value around it.
  func place(of pointer: String) -> Place {
    var place = Place(pointer: pointer)
    var rest = pointer[...]
    while true {
      let found =
        places.map { $0[String(rest)] } ?? DocumentReader.place(of: String(rest), in: bytes)
      if let found, found.line != nil {
        (place.line, place.column) = (found.line, found.column)
        break
      }
      guard let slash = rest.lastIndex(of: "/") else { break }
      rest = rest[..<slash]
    }
    place.file = path
    return place
  }
}
