/// Names of temporary files.
enum TemporaryName {
  /// Sixteen random hexadecimal digits.
  static func random() -> String {
    let digits = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
