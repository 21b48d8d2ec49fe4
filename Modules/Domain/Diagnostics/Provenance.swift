/// Where a value comes from.
public struct Provenance: Hashable, Sendable {
  /// The system that gave it, such as `canvas.example.org`.
  public var system: Identifier?
  /// The format in which it came, such as `oneroster-1.2-csv`.
  public var format: Identifier?
  /// The place in the file.
  public var place: Place
  /// The digest of the whole file.
  public var digest: SHA256.Digest?

  /// Creates a provenance from the parts that are known.
  public init(
    system: Identifier? = nil, format: Identifier? = nil, place: Place = Place(),
    digest: SHA256.Digest? = nil
  ) {
    self.system = system
    self.format = format
    self.place = place
    self.digest = digest
  }
}
