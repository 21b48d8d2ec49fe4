public import Domain

/// A reference from one part of a catalog to another, or to something outside.
public struct CatalogLink: Hashable, Sendable {
  /// The title of what is meant, `nil` where the file gives none.
  public var title: String?
  /// The identifier of what is meant; blank when only an address is known that names nothing.
  public var identifier: Identifier
  /// The address, `nil` where there is none.
  public var uri: String?
  /// What kind of thing is meant: `nil` for parts of catalogs, otherwise an `ext:` type.
  public var targetType: String?

  /// Creates a link.
  public init(
    title: String? = nil, identifier: Identifier, uri: String? = nil, targetType: String? = nil
  ) {
    self.title = title
    self.identifier = identifier
    self.uri = uri
    self.targetType = targetType
  }

  /// Reads a link: an object, or an address or identifier alone.
  ///
  /// An address names what its last path segment names.
  ///
  /// - Returns: `nil` for blank values and those that are no links.
  public init?(_ value: JSONValue) {
    switch value {
    case .string(let text) where !text.isEmpty:
      self.init(
        identifier: CatalogLink.lastSegment(of: text),
        uri: text.contains(":") ? text : nil)
    case .object(let object):
      let part = CatalogDefinition(members: object)
      let uri = part.text("uri")
      guard let text = part.text("identifier", "sourcedId") ?? uri else { return nil }
      let identifier =
        part.text("identifier", "sourcedId") == nil
        ? CatalogLink.lastSegment(of: text) : Identifier(text)
      self.init(
        title: part.text("title"), identifier: identifier, uri: uri,
        targetType: part.text("targetType"))
    default:
      return nil
    }
  }

  /// The link as a member's value.
  public var value: JSONValue {
    var members: [JSONObject.Member] = []
    if let title { members.append(.init("title", .string(title))) }
    members.append(.init("identifier", .string(identifier.text)))
    if let uri { members.append(.init("uri", .string(uri))) }
    if let targetType { members.append(.init("targetType", .string(targetType))) }
    return .object(JSONObject(members))
  }

  /// The code in an address of the form `data:text/x-...,CODE`, which stands for an item whose
  /// identifier was not known.
  public var unresolvedCode: String? {
    guard let uri, uri.hasPrefix("data:text/x-"), let comma = uri.firstIndex(of: ",") else {
      return nil
    }
    let head = uri[..<comma]
    let body = uri[uri.index(after: comma)...]
    let bytes =
      head.hasSuffix(";base64")
      ? CatalogLink.base64(body.utf8) : CatalogLink.percentDecoded(body.utf8)
    return bytes.flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// Whether a text is an absolute address.
  package static func isAddress(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return false }
    let scheme = text[..<colon]
    return scheme.first?.isLetter ?? false
      && scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
      && (text[colon...].hasPrefix("://") || ["urn", "data"].contains(scheme))
  }

  private static func lastSegment(of text: String) -> Identifier {
    guard text.contains("/") else { return Identifier(text) }
    let path = text.split(separator: "#", maxSplits: 1).first?.split(separator: "?").first
    return Identifier(path?.split(separator: "/").last.map(String.init) ?? text)
  }

  /// The bytes that `%` and two digits stand for; `nil` where the digits are wrong.
  static func percentDecoded(_ bytes: Substring.UTF8View) -> [UInt8]? {
    var plain: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index = bytes.index(after: index)
      guard byte == UInt8(ascii: "%") else {
        plain.append(byte)
        continue
      }
      let digits = bytes[index...].prefix(2)
      guard digits.count == 2, let text = String(validating: digits, as: UTF8.self),
        let value = UInt8(text, radix: 16)
      else { return nil }
      plain.append(value)
      index = bytes.index(index, offsetBy: 2)
    }
    return plain
  }

  private static func base64(_ bytes: Substring.UTF8View) -> [UInt8]? {
    var plain: [UInt8] = []
    var (pending, count): (UInt32, Int) = (0, 0)
    for byte in bytes where byte != UInt8(ascii: "=") {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
      default: return nil
      }
      (pending, count) = (pending << 6 | UInt32(value), count + 6)
      if count >= 8 {
        count -= 8
        plain.append(UInt8(truncatingIfNeeded: pending >> UInt32(count)))
      }
    }
    return plain
  }
}
