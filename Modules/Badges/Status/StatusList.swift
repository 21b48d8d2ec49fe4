internal import LinkedData

/// The states of credentials, one number for each, as Bitstring Status List 1.0 packs them.
public struct StatusList: Hashable, Sendable {
  /// The least number of credentials, so that a list tells nothing about one of them.
  public static let leastCount = 131_072
  /// How many bytes a list may have when it is read: four million would be 33 million credentials.
  static let byteLimit = 4 << 20

  /// How many bits the state of a credential has: 1, 2, 4 or 8.
  public let size: Int
  private var bytes: [UInt8]

  /// Creates a list in which every state is 0.
  ///
  /// - Parameters:
  ///   - count: How many credentials it is for; fewer than the least number are taken as that.
  ///   - size: How many bits each state has: 1, 2, 4 or 8.
  public init(count: Int = StatusList.leastCount, size: Int = 1) {
    precondition([1, 2, 4, 8].contains(size), "a state has 1, 2, 4 or 8 bits")
    self.size = size
    bytes = [UInt8](repeating: 0, count: (max(count, Self.leastCount) * size + 7) / 8)
  }

  /// Reads an encoded list.
  ///
  /// - Parameters:
  ///   - text: The text, with or, in older lists, without the letter `u` before it.
  ///   - size: How many bits each state has.
  /// - Throws: ``BadgesError`` with the code `status`.
  public init(encoded text: String, size: Int = 1) throws(BadgesError) {
    guard [1, 2, 4, 8].contains(size) else {
      throw BadgesError(.status, "A state has 1, 2, 4 or 8 bits, found \(size).")
    }
    let isMultibase = text.utf8.first == UInt8(ascii: "u")
    guard text.utf8.count <= Self.byteLimit,
      let packed = Base64URL.bytes(isMultibase ? text.utf8.dropFirst() : text.utf8[...])
    else { throw BadgesError(.status, "The list is not base64url.") }
    guard let bytes = Gzip.expand(packed, limit: Self.byteLimit) else {
      throw BadgesError(
        .status, "The list is no gzip, or expands to more than \(Self.byteLimit) bytes.")
    }
    self.size = size
    self.bytes = bytes
  }

  /// How many credentials the list is for.
  public var count: Int { bytes.count * 8 / size }

  /// The list as text: `u`, then base64url of gzip.
  public var encoded: String { Multibase.base64(Gzip.compress(bytes)) }

  /// The state of a credential; index 0 is in the highest bits of the first byte.
  ///
  /// - Returns: `nil` outside of the list.
  public func state(at index: Int) -> UInt8? {
    guard index >= 0, index < count else { return nil }
    let (byte, shift) = place(of: index)
    return bytes[byte] >> shift & mask
  }

  /// Changes the state of a credential.
  ///
  /// - Throws: ``BadgesError`` with the code `status` outside of the list, or for a state that has
  ///   more bits.
  public mutating func setState(_ state: UInt8, at index: Int) throws(BadgesError) {
    guard index >= 0, index < count else {
      throw BadgesError(.status, "The index \(index) lies outside of the list of \(count).")
    }
    guard state <= mask else {
      throw BadgesError(.status, "The state \(state) has more than \(size) bits.")
    }
    let (byte, shift) = place(of: index)
    bytes[byte] = bytes[byte] & ~(mask << shift) | state << shift
  }

  private var mask: UInt8 { UInt8(truncatingIfNeeded: 1 << size - 1) }

  private func place(of index: Int) -> (byte: Int, shift: Int) {
    let bit = index * size
    return (bit / 8, 8 - size - bit % 8)
  }
}
