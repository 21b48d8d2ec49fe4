/// A version of the 1EdTech exchange of competencies and academic standards.
public enum CASEVersion: String, Hashable, Sendable, Comparable, CaseIterable {
  /// 1.0 of 2017, which has no point of extension.
  case v1p0 = "1.0"
  /// 1.1 of 2025, with `extensions` and own types of association.
  case v1p1 = "1.1"

  /// Orders versions from old to new.
  public static func < (left: CASEVersion, right: CASEVersion) -> Bool {
    left.rawValue < right.rawValue
  }
}
