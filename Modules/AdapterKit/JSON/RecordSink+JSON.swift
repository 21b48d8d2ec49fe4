public import CAdapterABI
public import Scanning

extension RecordSink {
  /// The text of a JSON string: a slice of the document, or a copy when there are escapes.
  ///
  /// - Parameters:
  ///   - string: The string.
  ///   - scratch: A buffer whose contents may be overwritten.
  @inline(__always)
  public mutating func text(_ string: JSONString, scratch: inout ByteBuffer) -> Text {
    guard string.hasEscapes else { return unsafe Text(string.raw) }
    return copy(string, scratch: &scratch)
  }

  @inline(never)
  private mutating func copy(_ string: JSONString, scratch: inout ByteBuffer) -> Text {
    scratch.removeAll()
    string.append(to: &scratch)
    return unsafe copy(scratch.bytes)
  }
}
