internal import Domain

/// IRI references (RFC 3986 and 3987), by their bytes.
enum IRI {
  /// The parts before and after the first colon that does not come first.
  static func splitAtColon(_ value: Identifier) -> (prefix: Identifier, suffix: Identifier)? {
    let bytes = value.utf8
    guard let colon = bytes.dropFirst().firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return (
      Identifier(String(value.text[..<colon])),
      Identifier(String(value.text[bytes.index(after: colon)...]))
    )
  }

  /// Whether a text begins with a scheme and a colon.
  static func hasScheme(_ value: Identifier) -> Bool {
    var isFirst = true
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        if isFirst { return false }
      case UInt8(ascii: ":"): return !isFirst
      default: return false
      }
      isFirst = false
    }
    return false
  }

  /// Whether a text is a blank node identifier.
  static func isBlank(_ value: Identifier) -> Bool { value.utf8.starts(with: "_:".utf8) }

  /// Whether a text is an absolute IRI, as far as its characters show.
  static func isWellFormed(_ value: Identifier) -> Bool {
    // A second number sign cannot stand in a fragment (RFC 3987, section 2.2).
    isWritable(value) && value.utf8.count { $0 == UInt8(ascii: "#") } <= 1
  }

  /// Whether a text has a scheme and only characters that may stand in N-Quads.
  static func isWritable(_ value: Identifier) -> Bool {
    guard hasScheme(value) else { return false }
    for byte in value.utf8 {
      switch byte {
      case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
        UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "\\"),
        UInt8(ascii: "^"), UInt8(ascii: "`"):
        return false
      default: break
      }
    }
    return true
  }

  /// The parts of a reference (RFC 3986, section 5.2.2 names them).
  private struct Parts {
    var scheme: Substring.UTF8View?
    var authority: Substring.UTF8View?
    var path: Substring.UTF8View
    var query: Substring.UTF8View?
    var fragment: Substring.UTF8View?

    init(_ text: Identifier) {
      var rest = Substring(text.text).utf8
      if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
        fragment = rest[rest.index(after: hash)...]
        rest = rest[..<hash]
      }
      if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
        query = rest[rest.index(after: mark)...]
        rest = rest[..<mark]
      }
      if hasScheme(Identifier(String(Substring(rest)))),
        let colon = rest.firstIndex(of: UInt8(ascii: ":"))
      {
        scheme = rest[..<colon]
        rest = rest[rest.index(after: colon)...]
      }
      if rest.starts(with: "//".utf8) {
        rest = rest.dropFirst(2)
        let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        authority = rest[..<end]
        rest = rest[end...]
      }
      path = rest
    }
  }

  /// Resolves a reference against a base (RFC 3986, section 5.2).
  static func resolve(_ reference: Identifier, against base: Identifier) -> Identifier {
    let (part, root) = (Parts(reference), Parts(base))
    if let scheme = part.scheme {
      return join(
        scheme, part.authority, withoutDots(Array(part.path)), part.query, part.fragment)
    }
    if part.authority != nil {
      return join(
        root.scheme, part.authority, withoutDots(Array(part.path)), part.query, part.fragment)
    }
    var path: [UInt8]
    var query = part.query
    if part.path.isEmpty {
      path = Array(root.path)
      query = query ?? root.query
    } else if part.path.first == UInt8(ascii: "/") {
      path = withoutDots(Array(part.path))
    } else {
      if root.authority != nil, root.path.isEmpty {
        path = [UInt8(ascii: "/")]
      } else {
        let end = root.path.lastIndex(of: UInt8(ascii: "/")).map { root.path.index(after: $0) }
        path = Array(root.path[..<(end ?? root.path.startIndex)])
      }
      path = withoutDots(path + Array(part.path))
    }
    return join(root.scheme, root.authority, path, query, part.fragment)
  }

  private static func join(
    _ scheme: Substring.UTF8View?, _ authority: Substring.UTF8View?, _ path: [UInt8],
    _ query: Substring.UTF8View?, _ fragment: Substring.UTF8View?
  ) -> Identifier {
    var text: [UInt8] = []
    if let scheme { text += Array(scheme) + [UInt8(ascii: ":")] }
    if let authority { text += Array("//".utf8) + Array(authority) }
    text += path
    if let query { text += [UInt8(ascii: "?")] + Array(query) }
    if let fragment { text += [UInt8(ascii: "#")] + Array(fragment) }
    return Identifier(String(decoding: text, as: UTF8.self))
  }

  /// A path without its `.` and `..` steps (RFC 3986, section 5.2.4).
  private static func withoutDots(_ path: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let isRooted = path.first == slash
    var steps: [ArraySlice<UInt8>] = []
    let parts = path.split(separator: slash, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if isRooted, index == 0 { continue }
      let isLast = index == parts.count - 1
      if part.elementsEqual(".".utf8) {
        if isLast { steps.append([]) }
      } else if part.elementsEqual("..".utf8) {
        if !steps.isEmpty { steps.removeLast() }
        if isLast { steps.append([]) }
      } else {
        steps.append(part)
      }
    }
    return (isRooted ? [slash] : []) + steps.joined(separator: [slash])
  }
}
