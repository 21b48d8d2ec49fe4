/// A source of frameworks, competencies and scales.
///
/// Answers do not change during the life of a catalog, so callers may keep them. Methods may be
/// called from several threads at the same time; each answers a whole batch in the order asked.
public protocol TargetCatalog: Sendable {
  /// The frameworks, in an order that does not change.
  var frameworks: [Framework] { get }

  /// Finds competencies.
  ///
  /// - Parameter ids: The identifiers; they may repeat.
  /// - Returns: One answer for each identifier, `nil` where the catalog has no such competency.
  /// - Complexity: O(*n*) in the number of identifiers.
  func competencies(_ ids: [CompetencyID]) -> [Competency?]

  /// Lists the competencies of a framework in the order of the publisher.
  ///
  /// - Parameter framework: The framework; one that is not in the catalog has no competencies.
  func competencies(of framework: FrameworkID) -> [CompetencyID]

  /// Finds what competencies are part of.
  ///
  /// - Parameter ids: The identifiers; they may repeat.
  /// - Returns: One list for each identifier, in the order of the publisher; empty at the top.
  func parents(of ids: [CompetencyID]) -> [[CompetencyID]]

  /// Finds scales.
  ///
  /// - Parameter ids: The identifiers; they may repeat.
  /// - Returns: One answer for each identifier, `nil` where the catalog has no such scale.
  func scales(_ ids: [ScaleID]) -> [ProficiencyScale?]
}
