import Scanning

/// All tokens of a text as a reader gives them.
func readTokens(
  _ bytes: [UInt8], limits: JSONLimits = .standard
) -> Result<[JSONScalarOracle.Token], ScanningError> {
  unsafe withBytes(bytes) { buffer in
    Result { () throws(ScanningError) in
      var tokens: [JSONScalarOracle.Token] = []
      var reader = try unsafe JSONReader(buffer, limits: limits)
      while true {
        let kind = try reader.next()
        var value = ByteBuffer()
        switch kind {
        case .end: return tokens
        case .key, .string, .number, .true, .false, .null: reader.unescapedString(into: &value)
        default: break
        }
        unsafe tokens.append(JSONScalarOracle.Token(kind, Array(value.bytes)))
      }
    }
  }
}

/// The error of a text, when it has one.
func jsonError(_ text: String, limits: JSONLimits = .standard) -> ScanningError? {
  guard case .failure(let error) = readTokens(Array(text.utf8), limits: limits) else { return nil }
  return error
}
