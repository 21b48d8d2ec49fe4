/// Badges inside of images (PNG and SVG).
public enum BadgeImage {
  /// What an image carries.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// An Open Badges 3.0 credential.
    case badge3 = "OpenBadges 3.0"
    /// A CLR 2.0 record.
    case record2 = "CLR 2.0"
    /// An Open Badges 2.0 assertion.
    case badge2 = "OpenBadges 2.0"

    /// The keyword of the iTXt chunk of a PNG.
    var keyword: String {
      switch self {
      case .badge3: "openbadgecredential"
      case .record2: "clrcredential"
      case .badge2: "openbadges"
      }
    }

    /// The name of the element of an SVG.
    var element: String { self == .badge2 ? "assertion" : "credential" }

    /// The namespace of the element.
    var namespace: String {
      switch self {
      case .badge3: "https://purl.imsglobal.org/ob/v3p0"
      case .record2: "https://purl.imsglobal.org/clr/v2p0"
      case .badge2: "http://openbadges.org"
      }
    }
  }

  /// Whether a file is an image of a kind that carries badges.
  public static func isImage(_ bytes: [UInt8]) -> Bool { PNGBaking.isPNG(bytes) || isSVG(bytes) }

  private static func isSVG(_ bytes: [UInt8]) -> Bool {
    var start = bytes[...]
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
    return start.first { $0 != 0x20 && !(0x09...0x0D).contains($0) } == UInt8(ascii: "<")
  }

  /// Takes the badge out of an image.
  ///
  /// - Returns: The JSON or the compact JSON Web Signature.
  /// - Throws: ``BadgesError`` with the code `image` for a damaged image, one without a badge, with
  ///   two, or with one in a form that is refused.
  public static func payload(of image: [UInt8]) throws(BadgesError) -> [UInt8] {
    PNGBaking.isPNG(image) ? try PNGBaking.payload(of: image) : try SVGBaking.payload(of: image)
  }

  /// Puts a badge into an image that has none.
  ///
  /// - Parameters:
  ///   - payload: The JSON or the compact JSON Web Signature.
  ///   - image: A PNG or SVG.
  ///   - kind: What the badge is.
  /// - Returns: The image with the badge; everything else in it stays byte for byte.
  /// - Throws: ``BadgesError`` with the code `image`.
  public static func bake(
    _ payload: [UInt8], into image: [UInt8], as kind: Kind
  ) throws(BadgesError) -> [UInt8] {
    guard String(validating: payload, as: UTF8.self) != nil else {
      throw BadgesError(.image, "The badge is not UTF-8.")
    }
    return PNGBaking.isPNG(image)
      ? try PNGBaking.bake(payload, into: image, as: kind)
      : try SVGBaking.bake(payload, into: image, as: kind)
  }
}
