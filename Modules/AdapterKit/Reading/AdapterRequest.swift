public import CAdapterABI

/// What the host wants from one read or one write.
public struct AdapterRequest: Sendable {
  /// Index into the adapter's formats.
  public let format: Int
  /// Refuse what the format's rules forbid.
  public let isStrict: Bool
  /// Reading: also give source records, so that the same bytes can be written again.
  public let wantsSourceLayer: Bool
  /// Writing: guard cells that a spreadsheet would take as formulas.
  public let guardsFormulas: Bool
  /// Reading: the host can forget what was given and read once more, when the adapter ends the call
  /// with the code ``AdapterError/Code/again``; then this is `false`.
  public let mayRestart: Bool
  /// Kinds that somebody will use, one bit each.
  public let kinds: UInt64
  private let options: [String: String]

  /// A request, from the host's table.
  public init(_ table: UnsafePointer<cbl_request>) {
    let table = unsafe table.pointee
    format = Int(table.format)
    isStrict = table.flags & (1 << 0) != 0
    wantsSourceLayer = table.flags & (1 << 1) != 0
    guardsFormulas = table.flags & (1 << 2) != 0
    mayRestart = table.flags & (1 << 3) != 0
    kinds = table.kinds
    var options: [String: String] = [:]
    for index in 0..<Int(table.option_count) {
      guard let option = unsafe table.options?[index] else { break }
      options[option.name.string] = option.value.string
    }
    self.options = options
  }

  /// The value of an option, or `nil` when the user did not set it.
  public func option(_ name: String) -> String? { options[name] }
}
