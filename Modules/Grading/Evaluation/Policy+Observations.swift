import Domain

extension Policy {
  /// What the method takes: evidence that counts, in order, grouped.
  func observations(
    of evidence: [Evidence], _ leftOut: inout [TargetResult.LeftOut]
  ) throws(GradingError) -> [Observation] {
    var counted: [(evidence: Evidence, observation: Observation)] = []
    for piece in evidence {
      if let why = omission(of: piece) {
        leftOut.append(TargetResult.LeftOut(evidence: piece.id, why: why))
        continue
      }
      switch reading(of: piece) {
      case .success(let observation): counted.append((piece, observation))
      case .failure(let error):
        leftOut.append(TargetResult.LeftOut(evidence: piece.id, why: error.omission))
      }
    }
    let dated = counted.enumerated().map { (date: date(of: $1.evidence), index: $0) }
    // Ties keep the order of the log.
    let order = dated.sorted { ($0.date, $0.index) < ($1.date, $1.index) }.map(\.index)
    let sorted = order.map { counted[$0] }
    guard let grouping else { return sorted.map(\.observation) }
    return try grouped(sorted, grouping)
  }

  private func omission(of evidence: Evidence) -> Omission? {
    guard evidence.state.score != nil else { return .notAssessed }
    if let field = counts.misfit(of: evidence) { return .misfit(field) }
    guard method == .pointsShare, case .assessed(let score) = evidence.state else { return nil }
    if case .points = score { return nil }
    return .unconverted
  }

  /// The moment by which evidence is ordered, as seconds and nanoseconds.
  private func date(of evidence: Evidence) -> Moment {
    let instant = evidence.times.moment(order.rawValue, offsetMinutes: offsetMinutes)
    return Moment(
      seconds: instant?.secondsSince1970 ?? .min, nanoseconds: instant?.nanoseconds ?? 0)
  }

  private struct Moment: Comparable {
    var seconds: Int64
    var nanoseconds: Int32

    static func < (left: Moment, right: Moment) -> Bool {
      (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
  }

  private struct GroupKey: Hashable {
    var assessment: ID<Assessment>
    var attempt: Int?
  }

  /// Joins items of one attempt at one assessment; the group stands where its newest item stands.
  private func grouped(
    _ sorted: [(evidence: Evidence, observation: Observation)], _ grouping: Grouping
  ) throws(GradingError) -> [Observation] {
    var members: [GroupKey: [Observation]] = [:]
    for (evidence, observation) in sorted {
      guard let assessment = evidence.assessment else { continue }
      members[GroupKey(assessment: assessment, attempt: evidence.attempt), default: []]
        .append(observation)
    }
    var seen: [GroupKey: Int] = [:]
    var result: [Observation] = []
    for (evidence, observation) in sorted {
      guard let assessment = evidence.assessment else {
        result.append(observation)
        continue
      }
      let key = GroupKey(assessment: assessment, attempt: evidence.attempt)
      seen[key, default: 0] += 1
      guard let items = members[key], seen[key] == items.count else { continue }
      result.append(try joined(items, grouping))
    }
    return result
  }

  private func joined(
    _ items: [Observation], _ grouping: Grouping
  ) throws(GradingError) -> Observation {
    var joined = items[items.count - 1]
    joined.evidence = items.flatMap(\.evidence)
    let values = items.map(\.value)
    switch grouping {
    case .latest: break
    case .highest:
      joined.value = values.max() ?? joined.value
      joined.points = nil
    case .mean:
      joined.value = try mean(of: values)
      joined.points = nil
    case .pooled:
      let points = items.compactMap(\.points)
      // Items without points cannot be pooled; they are averaged.
      guard let rule = self.points, points.count == items.count else {
        joined.value = try mean(of: values)
        joined.points = nil
        break
      }
      let earned = try nearest(BigRational.sum(points.map(\.earned)))
      let possible = try nearest(BigRational.sum(points.map(\.possible)))
      joined.points = Observation.Points(earned: earned, possible: possible)
      if case .success(let value) = value(of: earned, of: possible, by: rule) {
        joined.value = value
      }
    }
    return joined
  }

  private func mean(of values: [Rational]) throws(GradingError) -> Rational {
    try nearest(BigRational.mean(values) ?? 0)
  }

  private func nearest(_ number: BigRational) throws(GradingError) -> Rational {
    do throws(DomainError) { return try number.nearest() } catch { throw GradingError(error) }
  }
}
