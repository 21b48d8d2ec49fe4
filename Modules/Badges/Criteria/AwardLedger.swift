public import Domain
internal import LinkedData

/// The awards that were made, in the order in which they were: one JSON object a line.
///
/// ```json
/// {"rule": "math-5", "learner": "p1", "credential": "urn:uuid:...", "revoked": false}
/// ```
///
/// What was revoked stays, so that the ledger says of every badge whether it holds.
public struct AwardLedger: Hashable, Sendable {
  /// The awards, the oldest first.
  public private(set) var awards: [Award] = []

  /// Creates a ledger without awards.
  public init() {}

  /// Reads a ledger.
  ///
  /// - Throws: ``BadgesError`` with the code `document` and the line that is wrong: a ledger that
  ///   is read in part would issue badges twice.
  public init(_ bytes: [UInt8]) throws(BadgesError) {
    var credentials: Set<Identifier> = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
      let award = try Self.award(Array(line), index + 1)
      guard credentials.insert(award.credential).inserted else {
        throw BadgesError(
          .document, "The credential \(award.credential) stands in the ledger twice.",
          at: Place(line: index + 1))
      }
      awards.append(award)
    }
  }

  private static func award(_ bytes: [UInt8], _ line: Int) throws(BadgesError) -> Award {
    let node: JSONNode
    do throws(LinkedDataError) { node = try JSONNode(reading: bytes) } catch {
      throw BadgesError(.document, error.message, at: Place(line: line))
    }
    let entry = AwardEntry(node, "")
    do throws(BadgesError) {
      try entry.check(["rule", "learner", "credential", "revoked"])
      return Award(
        rule: try entry.text("rule"), learner: LearnerID(try entry.text("learner")),
        credential: try entry.text("credential"), isRevoked: try entry.flag("revoked") ?? false)
    } catch {
      throw BadgesError(
        error.code, error.message, at: Place(line: line, pointer: error.place?.pointer))
    }
  }

  /// The ledger as text, a line for each award.
  public var bytes: [UInt8] {
    awards.flatMap { award in
      let node: JSONNode = [
        "rule": .string(award.rule), "learner": .string(award.learner.identifier),
        "credential": .string(award.credential), "revoked": .boolean(award.isRevoked),
      ]
      return node.compactBytes() + [0x0A]
    }
  }

  /// Notes that a badge was issued.
  public mutating func add(_ award: Award) { awards.append(award) }

  /// Notes that a badge was revoked.
  ///
  /// - Complexity: O(*n*) in the number of awards.
  public mutating func revoke(_ credential: Identifier) {
    guard let index = awards.firstIndex(where: { $0.credential == credential }) else { return }
    awards[index].isRevoked = true
  }
}
