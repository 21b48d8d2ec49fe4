internal import Domain

// Identifiers and codes.
extension Linter {
  /// Identifiers that are missing or stand twice.
  mutating func checkIdentifiers() {
    var affected = 0
    for (item, key) in keys.enumerated() where numbers[key] != item {
      affected += 1
      guard let first = numbers[key] else {
        report(
          .error, .duplicateIdentifier, item: item, field: "identifier",
          "\(name(item)) has no identifier; give it one.")
        continue
      }
      report(
        .error, .duplicateIdentifier, item: item, field: "identifier",
        "The identifier \(key) of \(name(item)) is that of \(name(first)) too; give each its own.")
    }
    count(.duplicateIdentifier, subjects: keys.count, affected: affected)
  }

  /// Codes that stand for several items, and codes that are easily taken for another.
  mutating func checkCodes() {
    var owners: [String: [Int]] = [:]
    var order: [String] = []
    for (item, object) in catalog.items.enumerated() {
      guard let code = object.code.map({ CodeName.cleaned($0) }), !code.isEmpty else { continue }
      if owners[code] == nil { order.append(code) }
      owners[code, default: []].append(item)
    }
    let coded = owners.values.reduce(0) { $0 + $1.count }
    var repeated = 0
    for code in order {
      guard let items = owners[code], items.count > 1 else { continue }
      repeated += items.count
      for item in items.dropFirst() {
        report(
          .warning, .duplicateCode, item: item, field: "humanCodingScheme", value: code,
          "The code \(code) names \(items.count) items, the first is "
            + "\(catalog.items[items[0]].identifier); give each a code of its own.")
      }
    }
    count(.duplicateCode, subjects: coded, affected: repeated)
    checkLookAlikes(order, owners)
  }

  private mutating func checkLookAlikes(_ codes: [String], _ owners: [String: [Int]]) {
    var groups: [String: [String]] = [:]
    for code in codes {
      // The two ways of looking alike are told apart by what stands in front.
      groups["s" + LookAlike.shape(code), default: []].append(code)
      groups["p" + LookAlike.parts(code), default: []].append(code)
    }
    var alike: [String: String] = [:]
    for group in groups.values where group.count > 1 {
      for code in group.dropFirst() where alike[code] == nil { alike[code] = group[0] }
    }
    for code in codes {
      guard let other = alike[code], let item = owners[code]?.first else { continue }
      report(
        .warning, .lookAlikeCode, item: item, field: "humanCodingScheme", value: code,
        "The code \(code) is easily taken for \(other); tell them apart by more than signs that "
          + "look alike.")
    }
    count(.lookAlikeCode, subjects: codes.count, affected: alike.count)
  }
}

/// Codes as the eye takes them.
enum LookAlike {
  /// The code with letters and digits that look alike made one, case folded, separators one sign.
  static func shape(_ code: String) -> String {
    var shape = ""
    var isApart = false
    for scalar in code.unicodeScalars {
      guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
        isApart = !shape.isEmpty
        if isMeaningful(scalar) { shape.unicodeScalars.append(scalar) }
        continue
      }
      if isApart { shape += "." }
      isApart = false
      shape += folded(scalar)
    }
    return shape
  }

  /// The runs of letters and of digits in lower case, separators only where they part equals:
  /// `B.3a` and `B.3.a` have the same parts, `1.13` and `11.3` do not.
  static func parts(_ code: String) -> String {
    var parts = ""
    var (last, isApart): (Kind?, Bool) = (nil, false)
    for scalar in code.unicodeScalars {
      guard let kind = Kind(scalar) else {
        isApart = true
        if isMeaningful(scalar) { parts.unicodeScalars.append(scalar) }
        continue
      }
      if isApart, kind == last { parts += "." }
      (last, isApart) = (kind, false)
      parts += scalar.properties.lowercaseMapping
    }
    return parts
  }

  private enum Kind {
    case letter, digit

    init?(_ scalar: Unicode.Scalar) {
      if scalar.properties.generalCategory == .decimalNumber {
        self = .digit
      } else if scalar.properties.isAlphabetic {
        self = .letter
      } else {
        return nil
      }
    }
  }

  /// Signs that say something in codes, so that what has one differs from what has none.
  private static func isMeaningful(_ scalar: Unicode.Scalar) -> Bool {
    "+*★#".unicodeScalars.contains(scalar)
  }

  private static func folded(_ scalar: Unicode.Scalar) -> String {
    if let plain = twins[scalar] { return plain }
    return scalar.properties.lowercaseMapping
  }

  /// Letters of other scripts and digits that look like Latin letters, from the usual fonts.
  private static let twins: [Unicode.Scalar: String] = {
    var twins: [Unicode.Scalar: String] = [
      "0": "o", "O": "o", "1": "|", "I": "|", "l": "|", "L": "L",
    ]
    let pairs: [(String, String)] = [
      ("АВЕКМНОРСТХУІЈЅ", "abekmhopctxy|js"), ("авекмнорстхуіјѕ", "abekmhopctxyijs"),
      ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezh|kmnoptyx"), ("αονρχ", "aovpx"),
    ]
    for (others, latin) in pairs {
      for (other, letter) in zip(others.unicodeScalars, latin) { twins[other] = String(letter) }
    }
    return twins
  }()
}
