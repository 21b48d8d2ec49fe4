import Domain
import Grading
import Interop

/// Everything that is needed to judge learners.
struct GradingSession {
  /// The policy and the targets.
  var grader: Grader
  /// The evidence.
  var columns: EvidenceColumns
  /// What else is known of learners.
  var entries: [LearnerID: FactsEntry]
  /// The point of view.
  var asOf: AsOf
  /// What was read and what is wrong with it.
  var report: ConversionReport

  /// All learners with evidence or facts, in the order of their identifiers.
  var learners: [LearnerID] { Set(columns.learnersNamed).union(entries.keys).sorted() }

  /// What is known of a learner beside evidence.
  func facts(on learner: LearnerID) -> LearnerFacts {
    entries[learner]?.facts ?? LearnerFacts()
  }

  /// Judges a learner.
  func report(on learner: LearnerID) throws(GradingError) -> LearnerReport {
    try grader.report(
      on: learner, history: columns.history(of: columns.rows(of: learner)),
      facts: facts(on: learner), asOf: asOf)
  }

  /// Judges the learner that the user names.
  ///
  /// - Throws: ``ToolFailure`` when nothing is known of the learner.
  func report(named name: String) throws -> LearnerReport {
    let learner = LearnerID(name)
    guard columns.learnersNamed.contains(learner) || entries[learner] != nil else {
      throw ToolFailure(
        65, "there is no evidence of learner '\(name)'; check the identifier and the inputs")
    }
    do throws(GradingError) { return try report(on: learner) } catch {
      throw ToolFailure(65, "learner '\(name)': \(error)")
    }
  }

  /// Refuses a target that is not graded.
  func check(target name: String) throws {
    guard !grader.targets.contains(where: { $0.id.identifier == Identifier(name) }) else { return }
    let known = grader.targets.prefix(20).map(\.id.description).joined(separator: ", ")
    throw ToolFailure(65, "there is no target '\(name)'; there are: \(known)")
  }

  /// Refuses a gate that the policy does not have.
  func check(gate name: String) throws {
    guard !grader.policy.gates.contains(where: { $0.name == Identifier(name) }) else { return }
    let known = grader.policy.gates.map(\.name.text).joined(separator: ", ")
    throw ToolFailure(
      65,
      "policy '\(grader.policy.id)' has no gate '\(name)'; "
        + (known.isEmpty ? "it has none" : "it has: \(known)"))
  }
}
