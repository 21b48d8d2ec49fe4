/// A file that holds a catalog or a part of one.
public struct CatalogInput: Sendable {
  /// The name, for findings and for a title where the format has none; `nil` when it has none.
  public var name: String?
  /// The contents.
  public var bytes: [UInt8]

  /// Creates a file.
  public init(name: String? = nil, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
