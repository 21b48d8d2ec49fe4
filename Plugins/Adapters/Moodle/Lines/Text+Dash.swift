internal import AdapterKit
internal import CAdapterABI

extension Text {
  /// Whether the text is a dash, which says that there is no grade.
  var isDash: Bool { count == 1 && byte(0) == UInt8(ascii: "-") }
}
