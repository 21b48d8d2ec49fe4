/// Badges in elements of SVG images.
enum SVGBaking {
  /// What is found in an image.
  private struct Finding {
    /// The badges with their kinds.
    var payloads: [[UInt8]] = []
    /// Where the start tag of the root ends, and where its attributes do.
    var rootEnd = 0
    var rootAttributesEnd = 0
  }

  static func payload(of image: [UInt8]) throws(BadgesError) -> [UInt8] {
    let found = try scan(image)
    guard let payload = found.payloads.first else {
      throw BadgesError(.image, "The SVG carries no badge.")
    }
    guard found.payloads.count == 1 else {
      throw BadgesError(.image, "The SVG carries two badges.")
    }
    return payload
  }

  static func bake(
    _ payload: [UInt8], into image: [UInt8], as kind: BadgeImage.Kind
  ) throws(BadgesError) -> [UInt8] {
    let found = try scan(image)
    guard found.payloads.isEmpty else {
      throw BadgesError(.image, "The SVG carries a badge already; take another image.")
    }
    let isToken = CompactJWS.isLikely(payload)
    let prefix = "openbadges"
    var element = Array("<\(prefix):\(kind.element)".utf8)
    if isToken {
      element += Array(" verify=\"".utf8) + payload + Array("\"/>".utf8)
    } else {
      element += Array("><![CDATA[".utf8) + withoutSectionEnd(payload)
      element += Array("]]></\(prefix):\(kind.element)>".utf8)
    }
    let declaration = Array(" xmlns:\(prefix)=\"\(kind.namespace)\"".utf8)
    return Array(image[..<found.rootAttributesEnd]) + declaration
      + Array(image[found.rootAttributesEnd..<found.rootEnd]) + element
      + Array(image[found.rootEnd...])
  }

  /// JSON in which no `]]>` stands: its last character is escaped, which says the same.
  private static func withoutSectionEnd(_ payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in payload {
      if byte == UInt8(ascii: ">"), bytes.suffix(2).elementsEqual("]]".utf8) {
        bytes += Array("\\u003e".utf8)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  private static func scan(_ image: [UInt8]) throws(BadgesError) -> Finding {
    var scanner = SVGScanner(image)
    var found = Finding()
    var namespaces: [String: String] = [:]
    while let tag = try scanner.nextStartTag() {
      for (name, value) in tag.attributes where name.hasPrefix("xmlns:") {
        namespaces[String(name.dropFirst("xmlns:".count))] = value
      }
      let parts = tag.name.split(separator: ":", maxSplits: 1).map(String.init)
      if found.rootEnd == 0 {
        guard parts.last == "svg", !tag.isEmpty else {
          throw BadgesError(.image, "The image is no SVG.")
        }
        found.rootEnd = tag.end
        found.rootAttributesEnd = tag.end - 1
        continue
      }
      let uri = parts.count == 2 ? namespaces[parts[0]] : tag.attributes["xmlns"]
      let isBadge = BadgeImage.Kind.allCases.contains {
        $0.namespace == uri && $0.element == parts.last
      }
      guard isBadge else { continue }
      if let token = tag.attributes["verify"], !token.isEmpty {
        found.payloads.append(Array(token.utf8))
      } else if !tag.isEmpty {
        found.payloads.append(try scanner.content())
      } else {
        throw BadgesError(.image, "The element of the badge is empty.")
      }
    }
    guard found.rootEnd > 0 else { throw BadgesError(.image, "The image is no SVG.") }
    return found
  }
}
