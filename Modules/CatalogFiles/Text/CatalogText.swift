internal import Catalogs
internal import Domain
internal import Scanning

/// The text of files, whatever encoding they have.
enum CatalogText {
  /// How large a JSON text may be in its parts.
  static let limits = JSONLimits(
    depth: 512, stringBytes: 16 << 20, numberBytes: 64, members: 100_000)

  /// The text as UTF-8 without a byte order mark; UTF-16 is turned into UTF-8.
  ///
  /// UTF-8 is not checked: whoever cuts it does that and knows the line.
  static func utf8(_ bytes: [UInt8], file: String?) throws(CatalogsError) -> ArraySlice<UInt8> {
    let detected = unsafe bytes.withUnsafeBytes { unsafe TextEncoding.detect($0) }
    guard detected.encoding != .utf8 else { return bytes.dropFirst(detected.markLength) }
    let result: Result<[UInt8], ScanningError> = unsafe bytes.withUnsafeBytes { buffer in
      var output = ByteBuffer(capacity: buffer.count)
      var transcoder = Transcoder(from: detected.encoding)
      let body = unsafe UnsafeRawBufferPointer(rebasing: buffer[detected.markLength...])
      do throws(ScanningError) {
        _ = try unsafe transcoder.decode(body, isFinal: true, into: &output)
        return unsafe .success(Array(output.bytes))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let text): return text[...]
    case .failure(let error):
      throw CatalogsError(
        .encoding,
        "The file looks like UTF-16 but is not valid: \(error.message); save it as UTF-8.",
        at: Place(file: file, column: Int(error.column)))
    }
  }

  /// The string or number that a reader stands at.
  static func string(_ reader: borrowing JSONReader) -> String {
    guard reader.hasEscapes else { return unsafe String(decoding: reader.text, as: UTF8.self) }
    var plain = ByteBuffer()
    reader.unescapedString(into: &plain)
    return unsafe String(decoding: plain.bytes, as: UTF8.self)
  }

  /// The error that a fault of the scanner is.
  static func error(_ error: ScanningError, _ what: String, file: String?) -> CatalogsError {
    let code: CatalogsError.Code =
      switch error.code {
      case .limit: .limit
      case .encoding: .encoding
      default: .malformed
      }
    return CatalogsError(
      code, "The file is no sound \(what): \(error.message).",
      at: Place(
        file: file, line: Int(error.line), column: Int(error.column),
        pointer: error.pointer.isEmpty ? nil : error.pointer))
  }
}
