/// A source of keys.
///
/// Implementers never print a secret and never put one into an error. Callers keep it no longer
/// than they need it. May be called from several threads at the same time.
public protocol SecretSource: Sendable {
  /// Finds a secret.
  ///
  /// Called once per run, not per record.
  ///
  /// - Parameter name: The name of the secret.
  /// - Returns: Its bytes, or `nil` when there is no such secret.
  /// - Throws: ``DomainError`` with the code `unavailable` when the source cannot be reached.
  func secret(_ name: Identifier) throws(DomainError) -> [UInt8]?
}
