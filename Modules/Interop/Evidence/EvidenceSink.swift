public import Domain

/// Takes evidence as it is read.
public protocol EvidenceSink: AnyObject {
  /// Forgets everything: a reading begins, perhaps again.
  func begin()

  /// Takes the next event; what takes evidence back comes after all evidence.
  ///
  /// - Parameter event: The event, with the line that it comes from in its provenance.
  /// - Returns: What is wrong with it, for the report and the file of rejected rows; `nil` when
  ///   nothing is. One that is rejected or skipped is so in the accounts of rows too.
  func take(_ event: EvidenceEvent) throws -> Problem?
}
