public import Domain

/// Who sits an exam in which session, booked when a learner is ready.
public struct SittingPlan: Hashable, Sendable {
  /// A session of an exam.
  public struct Session: Hashable, Sendable {
    /// The session.
    public var id: Identifier
    /// The day.
    public var day: CalendarDate
    /// How many seats there are.
    public var seats: Int

    /// Creates a session.
    public init(_ id: Identifier, on day: CalendarDate, seats: Int) {
      self.id = id
      self.day = day
      self.seats = seats
    }
  }

  /// A learner who wants to sit an exam.
  public struct Request: Hashable, Sendable {
    /// The learner.
    public var learner: LearnerID
    /// The first day on which evidence is complete.
    public var ready: CalendarDate
    /// The day of the last attempt, if there was one.
    public var lastAttempt: CalendarDate?
    /// How urgent a day of waiting is; at least 1.
    public var urgency: Int

    /// Creates a request.
    public init(
      _ learner: LearnerID, ready: CalendarDate, lastAttempt: CalendarDate? = nil,
      urgency: Int = 1
    ) {
      self.learner = learner
      self.ready = ready
      self.lastAttempt = lastAttempt
      self.urgency = urgency
    }
  }

  /// The session of each request, `nil` where there is no seat.
  public let sessions: [Identifier?]
  /// The sum of days of waiting times urgency, of those who have a seat.
  public let waiting: Int

  /// Books seats: as many learners as can be, and among such plans the least waiting. It is exact.
  ///
  /// - Parameters:
  ///   - requests: The learners.
  ///   - sessions: The sessions.
  ///   - coolingOff: How many days after an attempt the next one may be.
  /// - Throws: ``SchedulingError`` when a session is named twice or has fewer than 0 seats, or
  ///   numbers leave their range.
  public init(
    _ requests: [Request], sessions: [Session], coolingOff: Int = 0
  ) throws(SchedulingError) {
    guard Set(sessions.map(\.id)).count == sessions.count else {
      throw SchedulingError(.duplicateIdentifier, "A session is named twice; name each apart.")
    }
    guard sessions.allSatisfy({ (0...1_000_000).contains($0.seats) }),
      requests.allSatisfy({ (1...1_000).contains($0.urgency) })
    else {
      throw SchedulingError(
        .wrongValue, "Seats must be 0 to 1,000,000 and the urgency of a learner 1 to 1,000.")
    }
    var rows: [[TransportProblem.Choice]] = []
    for request in requests {
      let cooled = request.lastAttempt.flatMap { $0.adding(days: coolingOff) } ?? request.ready
      let from = max(request.ready, cooled)
      rows.append(
        sessions.indices.compactMap { index in
          guard sessions[index].day >= from else { return nil }
          let days = min(100_000, request.ready.days(until: sessions[index].day))
          // A seat is worth more than any wait, so as many as can be are seated.
          return TransportProblem.Choice(index, value: 500_000_000 - days * request.urgency)
        })
    }
    let problem = try TransportProblem(choices: rows, capacities: sessions.map(\.seats))
    let seating = problem.solve()
    self.sessions = seating.places.map { $0.map { sessions[$0].id } }
    waiting = zip(requests, seating.places).reduce(0) { sum, pair in
      guard let place = pair.1 else { return sum }
      return sum + pair.0.ready.days(until: sessions[place].day) * pair.0.urgency
    }
  }
}
