#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A scale of pieces of work from judgements which of two is better: the model of Bradley and
/// Terry (1952), for portfolios and other work that no rubric catches well.
///
/// The probability that *i* beats *j* is 1 / (1 + e^-(*a_i* - *a_j*)).
public struct ComparativeJudgement: Hashable, Sendable {
  /// How often one piece beat another.
  public struct Win: Hashable, Sendable {
    /// The position of the better piece.
    public var winner: Int
    /// The position of the other piece.
    public var loser: Int
    /// How often.
    public var count: Double

    /// Creates a number of wins.
    public init(_ winner: Int, over loser: Int, count: Double = 1) {
      self.winner = winner
      self.loser = loser
      self.count = count
    }
  }

  /// The names of the pieces.
  public let names: [String]
  /// The log abilities; their mean is 0. `nil` for a piece without a place on the common scale.
  public let abilities: [Double?]
  /// The log-likelihood.
  public let logLikelihood: Double
  /// How many steps were taken.
  public let stepCount: Int
  /// What is to be said: pieces that always won or lost, parts without connection.
  public let findings: [Finding]

  /// The pieces on the common scale, by position, and the wins among them.
  private let members: [Int]
  private let wins: [Win]

  /// Estimates the scale by maximum likelihood.
  ///
  /// An estimate exists only within a set of pieces each of which has directly or indirectly both
  /// beaten and lost to every other (Ford 1957). The largest such set is estimated; others have no
  /// ability and are named.
  ///
  /// - Parameters:
  ///   - names: The names of the pieces.
  ///   - wins: The judgements, in any order.
  /// - Throws: ``AssessmentError`` when a judgement names no piece, compares a piece with itself,
  ///   or no two pieces have both won and lost against each other.
  /// - Complexity: O(*j*) for each step of the inner solver with *j* pairs.
  public init(names: [String], wins: [Win]) throws(AssessmentError) {
    for win in wins {
      guard names.indices.contains(win.winner), names.indices.contains(win.loser),
        win.winner != win.loser, win.count >= 0, win.count.isFinite
      else {
        throw AssessmentError(
          .wrongValue,
          "A judgement is between piece \(win.winner) and piece \(win.loser) with the count "
            + "\(win.count); pieces are two different ones of 0 to \(names.count - 1).")
      }
    }
    let used = wins.filter { $0.count > 0 }
    let components = StrongComponents(count: names.count, arcs: used.map { ($0.winner, $0.loser) })
    let members = components.largest
    guard members.count >= 2 else {
      throw AssessmentError(
        .notEstimable,
        "No two pieces have both won and lost against each other, directly or through others; "
          + "collect more judgements.")
    }
    var places = [Int](repeating: -1, count: names.count)
    for (place, piece) in members.enumerated() { places[piece] = place }
    let inside = used.filter { places[$0.winner] >= 0 && places[$0.loser] >= 0 }
    let local = inside.map { Win(places[$0.winner], over: places[$0.loser], count: $0.count) }
    let work = BradleyTerryWork(count: members.count, wins: local)
    let (found, steps, isAtRest) = work.solve()
    var abilities = [Double?](repeating: nil, count: names.count)
    for (place, piece) in members.enumerated() { abilities[piece] = found[place] }
    self.names = names
    self.abilities = abilities
    self.members = members
    self.wins = local
    logLikelihood = work.logLikelihood(found)
    stepCount = steps
    findings = Self.findings(names, used, components, isAtRest: isAtRest)
  }

  /// Standard errors of the abilities, against one piece or against the mean of all.
  ///
  /// - Parameter reference: The piece whose ability is set to 0, or `nil` for the mean.
  /// - Returns: An error for each piece; `nil` for pieces that are not on the common scale and
  ///   when the reference is not.
  /// - Complexity: O(*n*^3) in the number of pieces.
  public func standardErrors(reference: Int? = nil) -> [Double?] {
    var errors = [Double?](repeating: nil, count: names.count)
    let place = reference.map { members.firstIndex(of: $0) }
    if let place, place == nil { return errors }
    guard
      let found = BradleyTerryWork(count: members.count, wins: wins).standardErrors(
        members.map { abilities[$0] ?? 0 }, reference: place ?? nil)
    else { return errors }
    for (place, piece) in members.enumerated() { errors[piece] = found[place] }
    return errors
  }

  /// The share of the spread of abilities that is not error: the scale separation reliability.
  ///
  /// - Returns: `nil` when no error can be computed. Adaptive choice of pairs inflates it
  ///   (Bramley 2015), so it is no proof of quality there.
  public var separationReliability: Double? {
    let errors = standardErrors().compactMap { $0 }
    let known = abilities.compactMap { $0 }
    guard known.count > 1, errors.count == known.count else { return nil }
    let mean = known.reduce(0, +) / Double(known.count)
    let spread = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count - 1)
    let noise = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    return spread > 0 ? max(0, 1 - noise / spread) : nil
  }

  private static func findings(
    _ names: [String], _ wins: [Win], _ components: StrongComponents, isAtRest: Bool
  ) -> [Finding] {
    var (won, lost) = (Set<Int>(), Set<Int>())
    for win in wins {
      won.insert(win.winner)
      lost.insert(win.loser)
    }
    let members = Set(components.largest)
    var findings: [Finding] = []
    for piece in names.indices where !members.contains(piece) {
      let words =
        !won.contains(piece) && !lost.contains(piece)
        ? "was never judged"
        : !lost.contains(piece)
          ? "won every judgement; no ability is high enough for it"
          : !won.contains(piece)
            ? "lost every judgement; no ability is low enough for it"
            : "is tied to the others in one direction only"
      findings.append(
        Finding(
          !won.contains(piece) || !lost.contains(piece) ? .extremeScore : .disconnected,
          names[piece],
          "The piece \(words). Have it judged against pieces like it."))
    }
    if !isAtRest {
      findings.append(Finding(.notConverged, nil, "The abilities still changed at the last step."))
    }
    return findings
  }
}
