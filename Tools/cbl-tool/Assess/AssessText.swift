import Assessment
import Domain

/// What several commands of `assess` write.
enum AssessText {
  /// A number in a table.
  static func number(_ number: Double?, places: Int = 3) -> String {
    number.map { Figures.text($0, places: places) } ?? "-"
  }

  /// A number for machines; null where it is none.
  static func json(_ number: Double?) -> JSONValue { number.map { .decimal($0) } ?? .null }

  /// Numbers for machines.
  static func json(_ numbers: [Double]) -> JSONValue { .array(numbers.map { .decimal($0) }) }

  /// Findings for machines.
  static func json(_ findings: [Finding]) -> JSONValue {
    .array(
      findings.map { finding in
        .object([
          ("code", .text(finding.code.description)), ("subject", .optional(finding.subject)),
          ("message", .text(finding.message)),
        ])
      })
  }

  /// Findings for people, one a line.
  static func lines(_ findings: [Finding]) -> [String] {
    findings.map { finding in
      let subject = finding.subject.map { "\($0.escapingControls()): " } ?? ""
      return "Note: \(subject)\(finding.message.escapingControls())"
    }
  }

  /// Decisions for machines.
  static func json(_ decisions: DecisionAccuracy) -> JSONValue {
    .object([
      ("accuracy", .decimal(decisions.accuracy)), ("consistency", .decimal(decisions.consistency)),
      ("falsePass", .decimal(decisions.falsePass)), ("falseFail", .decimal(decisions.falseFail)),
      ("passRate", .decimal(decisions.passRate)),
    ])
  }

  /// Decisions for people.
  static func line(_ decisions: DecisionAccuracy) -> String {
    "Decision accuracy \(Figures.percent(decisions.accuracy, places: 1)), consistency "
      + "\(Figures.percent(decisions.consistency, places: 1)); "
      + "\(Figures.percent(decisions.falsePass, places: 1)) pass without mastery, "
      + "\(Figures.percent(decisions.falseFail, places: 1)) fail with it."
  }

  /// Prints lines for people or a value for machines.
  static func print(_ lines: [String], _ value: JSONValue, json: Bool) throws {
    guard !json else { return try Console.print(value.pretty + "\n") }
    var output = OutputText()
    for line in lines { try output.line(line) }
    try output.flush()
  }

  /// Does work, and tells its failures as bad data of a file.
  static func reading<Value>(
    _ path: String, _ body: () throws(AssessmentError) -> Value
  ) throws -> Value {
    do throws(AssessmentError) { return try body() } catch {
      throw ToolFailure(65, "\(path): \(error.message) [assessment.\(error.code)]")
    }
  }

  /// Does work, and tells its failures as options that make no sense.
  static func options<Value>(
    _ body: () throws(AssessmentError) -> Value
  ) throws -> Value {
    do throws(AssessmentError) { return try body() } catch {
      throw ToolFailure.usage(error.message)
    }
  }

  /// Numbers with commas between them.
  static func numbers(_ text: String, option: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let plain = part.filter { $0 != " " }
      guard let number = Double(plain), number.isFinite else {
        throw ToolFailure.usage("\(option): '\(part)' is no number; write -1,0,1.5")
      }
      return number
    }
  }
}
