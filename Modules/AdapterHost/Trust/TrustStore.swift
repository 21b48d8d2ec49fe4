public import Domain

/// What was decided about adapters, as one file keeps it.
///
/// A store is a value: reading and changing it touches no file. ``TrustFile`` reads and replaces
/// the file.
public struct TrustStore: Hashable, Sendable {
  /// How many decisions a store holds at most.
  public static let limit = 10_000
  /// How many adapters are kept that were blocked because they crashed; the oldest go first.
  public static let crashLimit = 500

  /// Whether nothing may be loosened: no adapter allowed, trusted or installed, and nothing run
  /// that is unknown.
  public var isLocked: Bool
  /// The decisions, the oldest first.
  public var pins: [TrustPin]
  /// The keys of vendors.
  public var keys: [PinnedKey]

  /// A store.
  public init(isLocked: Bool = false, pins: [TrustPin] = [], keys: [PinnedKey] = []) {
    self.isLocked = isLocked
    self.pins = pins
    self.keys = keys
  }

  /// The decision about some bytes.
  ///
  /// A library that is blocked is blocked in every bundle. Apart from that, a library in a bundle
  /// has the decision about just this manifest and library; a library alone has the decision about
  /// its bytes, wherever they came from.
  ///
  /// - Parameters:
  ///   - library: The digest of the library.
  ///   - manifest: The digest of the manifest, for a library in a bundle.
  /// - Complexity: O(*n*) in the number of decisions.
  public func pin(library: SHA256.Digest, manifest: SHA256.Digest? = nil) -> TrustPin? {
    let same = pins.filter { $0.library == library }
    if let blocked = same.last(where: { $0.state == .blocked }) { return blocked }
    guard let manifest else { return same.last }
    return same.last { $0.manifest == manifest }
  }

  /// Whether an adapter of this identifier was decided about with other bytes.
  public func knows(_ identifier: String) -> Bool {
    pins.contains { $0.identifier == identifier }
  }

  /// Keeps a decision, in the place of earlier ones about the same bytes.
  ///
  /// What was said of other bytes stays. A block holds for the library in every bundle; what is not
  /// a block lifts every block of the library.
  public mutating func put(_ pin: TrustPin) {
    pins.removeAll { old in
      old.library == pin.library
        && (old.manifest == pin.manifest || old.state == .blocked || pin.state == .blocked)
    }
    pins.append(pin)
  }

  /// The key that is pinned for a vendor, or for an adapter that another vendor offered first.
  public func key(vendor: String, identifier: String) -> PinnedKey? {
    keys.first { $0.identifiers.contains(identifier) } ?? keys.first { $0.vendor == vendor }
  }

  /// Pins a key for a vendor and an adapter of it, in the place of the one that was pinned before.
  public mutating func pinKey(
    _ key: String, vendor: String, identifier: String, note: TrustNote
  ) {
    if let index = keys.firstIndex(where: { $0.vendor == vendor && $0.key == key }) {
      if !keys[index].identifiers.contains(identifier) {
        keys[index].identifiers.append(identifier)
      }
      removeKeys(besides: index, vendor: vendor, identifier: identifier)
      return
    }
    keys.append(
      PinnedKey(vendor: vendor, identifiers: [identifier], key: key, note: note))
    removeKeys(besides: keys.count - 1, vendor: vendor, identifier: identifier)
  }

  private mutating func removeKeys(besides kept: Int, vendor: String, identifier: String) {
    let own = keys[kept]
    keys.removeAll { $0 != own && $0.vendor == vendor }
    for index in keys.indices where keys[index] != own {
      keys[index].identifiers.removeAll { $0 == identifier }
    }
  }
}
