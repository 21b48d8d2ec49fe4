public import Domain

/// One part of a policy that is written in Swift.
///
/// ```swift
/// let policy = try Policy("spaulding", title: "Competent in every target") {
///   .scale(scale)
///   .method(.latest)
///   .gate("credit", .all { Gate.targets(.all, .all, at: "C") })
/// }
/// ```
public enum PolicyPart: Hashable, Sendable {
  /// The scale of the results.
  case scale(ProficiencyScale)
  /// How levels of another scale are read.
  case conversion(Policy.Conversion)
  /// How points are read.
  case points(Policy.Points)
  /// Which evidence counts.
  case counts(EvidenceDemand)
  /// By which date observations are ordered.
  case order(Policy.Order)
  /// How items of one assessment are grouped.
  case group(Policy.Grouping)
  /// How many observations a target needs.
  case minimum(Int)
  /// What evidence a target needs.
  case requires(EvidenceDemand, least: Int = 1)
  /// How observations become one number.
  case method(Method)
  /// How results are rounded.
  case rounding(places: Int, beforeCut: Bool = false)
  /// Minutes to the east of UTC, for dates without a zone.
  case offset(minutes: Int)
  /// A gate.
  case gate(Identifier, perGroup: Bool = false, Gate)
}

/// Puts the parts of a policy together.
@resultBuilder
public enum PolicyBuilder {
  /// Takes one part.
  public static func buildExpression(_ part: PolicyPart) -> [PolicyPart] { [part] }
  /// Joins parts.
  public static func buildBlock(_ parts: [PolicyPart]...) -> [PolicyPart] { parts.flatMap { $0 } }
  /// Takes the parts of a condition that may not hold.
  public static func buildOptional(_ parts: [PolicyPart]?) -> [PolicyPart] { parts ?? [] }
  /// Takes the parts of the first branch.
  public static func buildEither(first parts: [PolicyPart]) -> [PolicyPart] { parts }
  /// Takes the parts of the second branch.
  public static func buildEither(second parts: [PolicyPart]) -> [PolicyPart] { parts }
  /// Joins the parts of a loop.
  public static func buildArray(_ parts: [[PolicyPart]]) -> [PolicyPart] { parts.flatMap { $0 } }
}

/// Puts gates together.
@resultBuilder
public enum GateBuilder {
  /// Takes one gate.
  public static func buildExpression(_ gate: Gate) -> [Gate] { [gate] }
  /// Joins gates.
  public static func buildBlock(_ gates: [Gate]...) -> [Gate] { gates.flatMap { $0 } }
  /// Takes the gates of a condition that may not hold.
  public static func buildOptional(_ gates: [Gate]?) -> [Gate] { gates ?? [] }
  /// Takes the gates of the first branch.
  public static func buildEither(first gates: [Gate]) -> [Gate] { gates }
  /// Takes the gates of the second branch.
  public static func buildEither(second gates: [Gate]) -> [Gate] { gates }
  /// Joins the gates of a loop.
  public static func buildArray(_ gates: [[Gate]]) -> [Gate] { gates.flatMap { $0 } }
}

extension Gate {
  /// All of the gates are open.
  public static func all(@GateBuilder _ gates: () -> [Gate]) -> Gate { .all(gates()) }
  /// One of the gates is open.
  public static func any(@GateBuilder _ gates: () -> [Gate]) -> Gate { .any(gates()) }
  /// At least so many of the gates are open.
  public static func least(_ count: Int, @GateBuilder of gates: () -> [Gate]) -> Gate {
    .combine(.least(count), gates())
  }
  /// At least this share of the gates is open.
  public static func share(_ share: Rational, @GateBuilder of gates: () -> [Gate]) -> Gate {
    .combine(.share(share), gates())
  }
}

extension Policy {
  /// Creates a policy from parts in any order; of parts that cannot repeat the last one stands.
  ///
  /// It has the same canonical form as the document that says the same.
  ///
  /// - Throws: ``GradingError`` when there is no scale or method, or parts do not fit together.
  public init(
    _ id: Identifier, title: String? = nil, @PolicyBuilder _ parts: () -> [PolicyPart]
  ) throws(GradingError) {
    let parts = parts()
    var document = Draft()
    for part in parts { document.take(part) }
    guard let scale = document.scale else { throw Policy.missing("scale") }
    guard let method = document.method else { throw Policy.missing("method") }
    try self.init(
      id: id, title: title ?? id.text, scale: scale, conversions: document.conversions,
      points: document.points, counts: document.counts, order: document.order,
      grouping: document.grouping, minimum: document.minimum, requires: document.requires,
      method: method, rounding: document.rounding, offsetMinutes: document.offsetMinutes,
      gates: document.gates)
  }

  private static func missing(_ part: String) -> GradingError {
    GradingError(.missingField, "The policy has no \(part); add one.", at: Place(pointer: ""))
  }

  private struct Draft {
    var scale: ProficiencyScale?
    var conversions: [Conversion] = []
    var points: Points?
    var counts = EvidenceDemand()
    var order = Order.occurred
    var grouping: Grouping?
    var minimum = 1
    var requires: [Requirement] = []
    var method: Method?
    var rounding = Rounding()
    var offsetMinutes = 0
    var gates: [NamedGate] = []

    mutating func take(_ part: PolicyPart) {
      switch part {
      case .scale(let scale): self.scale = scale
      case .conversion(let conversion): conversions.append(conversion)
      case .points(let points): self.points = points
      case .counts(let demand): counts = demand
      case .order(let order): self.order = order
      case .group(let grouping): self.grouping = grouping
      case .minimum(let minimum): self.minimum = minimum
      case .requires(let demand, let least):
        requires.append(Requirement(demand, least: least))
      case .method(let method): self.method = method
      case .rounding(let places, let beforeCut):
        rounding = Rounding(places: places, beforeCut: beforeCut)
      case .offset(let minutes): offsetMinutes = minutes
      case .gate(let name, let perGroup, let gate):
        gates.append(NamedGate(name, perGroup: perGroup, gate))
      }
    }
  }
}
