/// What an association says about its two ends, by its name in the format.
///
/// The set is open: `ext:` types of CASE 1.1 and names that no version knows stay as they are.
public struct AssociationType: Hashable, Sendable, Comparable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// The name.
  public let name: String

  /// Creates a type from its name, which is kept as it is.
  public init(_ name: String) {
    self.name = name
  }

  /// Creates a type from its name.
  public init(stringLiteral name: String) {
    self.name = name
  }

  /// Reads a type as files write it: `Is Child Of`, `ischildof` and `isChildOf` are one.
  public init(reading text: String) {
    // Most files write it as the format does.
    if AssociationType.names.contains(text) {
      self.init(text)
      return
    }
    let trimmed = text.trimmingBlanks()
    let plain = trimmed.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
    self = AssociationType.standard.first { $0.name.lowercased() == plain } ?? .init(trimmed)
  }

  /// The origin is a structural child of the destination.
  public static let isChildOf: AssociationType = "isChildOf"
  /// The origin is included in the destination.
  public static let isPartOf: AssociationType = "isPartOf"
  /// Both are of one rank.
  public static let isPeerOf: AssociationType = "isPeerOf"
  /// Both say the same.
  public static let exactMatchOf: AssociationType = "exactMatchOf"
  /// The origin comes before the destination.
  public static let precedes: AssociationType = "precedes"
  /// Both have to do with each other.
  public static let isRelatedTo: AssociationType = "isRelatedTo"
  /// The destination has taken the place of the origin.
  public static let replacedBy: AssociationType = "replacedBy"
  /// The destination is an example of good practice for the origin.
  public static let exemplar: AssociationType = "exemplar"
  /// The destination states a level of skill.
  public static let hasSkillLevel: AssociationType = "hasSkillLevel"
  /// Both say the same in two languages (CASE 1.1).
  public static let isTranslationOf: AssociationType = "isTranslationOf"

  /// The types that CASE 1.1 defines; 1.0 lacks the last.
  public static let standard: [AssociationType] = [
    .isChildOf, .isPartOf, .isPeerOf, .exactMatchOf, .precedes, .isRelatedTo, .replacedBy,
    .exemplar, .hasSkillLevel, .isTranslationOf,
  ]

  private static let names = Set(standard.map(\.name))

  /// Whether a version of the format allows the type.
  ///
  /// Own types are `ext:` and then letters, digits, dots, dashes and underscores.
  public func isAllowed(in version: CASEVersion) -> Bool {
    if AssociationType.standard.contains(self) {
      return version >= .v1p1 || self != .isTranslationOf
    }
    guard version >= .v1p1, name.hasPrefix("ext:"), name.utf8.count > 4 else { return false }
    return name.utf8.dropFirst(4).allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  /// Whether both ends may be swapped without changing what is said.
  public var isSymmetric: Bool {
    [.isPeerOf, .exactMatchOf, .isRelatedTo, .isTranslationOf].contains(self)
  }

  /// The name.
  public var description: String { name }

  /// Orders types by the bytes of their names.
  public static func < (left: AssociationType, right: AssociationType) -> Bool {
    left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }
}
