public import Domain

/// Who gets help in which session of a day: those flagged get a seat the same day, or are reported.
///
/// Support time, X-block and learning goal time are sessions of one kind here. A session also can be a
/// second section of core instruction, which doubles the core time of those flagged.
public struct SupportPlan: Hashable, Sendable {
  /// A session of help.
  public struct Session: Hashable, Sendable {
    /// The name.
    public var id: Identifier
    /// The minute of the day at which it begins.
    public var start: Int
    /// The minute of the day at which it ends.
    public var end: Int
    /// How many seats there are.
    public var seats: Int
    /// The numbers of the competencies that it helps with; empty for all.
    public var competencies: Set<Int>

    /// Creates a session.
    public init(
      _ id: Identifier, start: Int, end: Int, seats: Int, competencies: Set<Int> = []
    ) {
      self.id = id
      self.start = start
      self.end = end
      self.seats = seats
      self.competencies = competencies
    }
  }

  /// A learner who needs help today.
  public struct Flag: Hashable, Sendable {
    /// The learner.
    public var learner: LearnerID
    /// The number of the competency.
    public var competency: Int
    /// The minute of the day at which the need became known.
    public var minute: Int
    /// How many minutes behind the learner is; those furthest behind come first.
    public var deficit: Int
    /// The minutes of the day that are taken, such as those of core instruction.
    public var busy: [Range<Int>]

    /// Creates a flag.
    public init(
      _ learner: LearnerID, competency: Int, at minute: Int, deficit: Int = 0,
      busy: [Range<Int>] = []
    ) {
      self.learner = learner
      self.competency = competency
      self.minute = minute
      self.deficit = deficit
      self.busy = busy
    }
  }

  /// Why a learner has no seat today.
  public enum Reason: Hashable, Sendable {
    /// No session for the competency begins after the flag.
    case noSession
    /// All such sessions lie where the learner is elsewhere.
    case clash
    /// All such sessions are full, with learners who are further behind or have no other: these are
    /// the sessions, and so many wanted their seats.
    case full(sessions: [Identifier], wanted: Int, seats: Int)
  }

  /// The session of each flag, or `nil`.
  public let sessions: [Identifier?]
  /// Those without a seat, by number of the flag, with the reason.
  public let unserved: [(flag: Int, reason: Reason)]

  /// Gives seats: as many learners as can be have one, and among such plans those furthest behind
  /// come first. It is exact.
  ///
  /// - Throws: ``SchedulingError`` that names what is wrong: `zeroLength` for a session without
  ///   length, `duplicateIdentifier` for a session or for a learner flagged twice for one
  ///   competency, `doubleBooking` for a learner flagged more than once, `wrongValue`.
  public init(_ flags: [Flag], sessions: [Session]) throws(SchedulingError) {
    try Self.check(flags, sessions)
    let options = flags.map { flag in
      sessions.indices.filter { session in
        Self.helps(sessions[session], flag)
          && !flag.busy.contains { $0.overlaps(sessions[session].start..<sessions[session].end) }
      }
    }
    // A seat is worth more than any order; deficits weigh by their square, so that the last minute of
    // the one furthest behind weighs most.
    let problem = try TransportProblem(
      choices: flags.indices.map { flag in
        let deficit = min(3_000, flags[flag].deficit)
        return options[flag].map { session in
          TransportProblem.Choice(
            session,
            value: 200_000_000 + deficit * deficit * 20)
        }
      }, capacities: sessions.map(\.seats))
    let seating = problem.solve()
    self.sessions = seating.places.map { $0.map { sessions[$0].id } }
    unserved = flags.indices.filter { seating.places[$0] == nil }.map { flag in
      (flag, Self.reason(flag, flags, sessions, options, seating))
    }
  }

  private static func helps(_ session: Session, _ flag: Flag) -> Bool {
    session.start >= flag.minute
      && (session.competencies.isEmpty || session.competencies.contains(flag.competency))
  }

  private static func check(_ flags: [Flag], _ sessions: [Session]) throws(SchedulingError) {
    for session in sessions {
      guard session.start < session.end else {
        throw SchedulingError(
          .zeroLength,
          "Session \"\(session.id)\" goes from \(clock(session.start)) to \(clock(session.end)); let "
            + "it end after it begins.")
      }
      guard session.start >= 0, session.end <= 1_440, (0...1_000_000).contains(session.seats) else {
        throw SchedulingError(
          .wrongValue, "Session \"\(session.id)\" leaves the day or has a number of seats below 0.")
      }
    }
    guard Set(sessions.map(\.id)).count == sessions.count else {
      throw SchedulingError(.duplicateIdentifier, "A session comes twice; name each apart.")
    }
    var seen: Set<LearnerID> = []
    for flag in flags {
      guard seen.insert(flag.learner).inserted else {
        throw SchedulingError(
          .doubleBooking,
          "Learner \"\(flag.learner)\" is flagged twice; one seat is given to each, so keep the flag "
            + "that matters most.")
      }
      guard (0...1_440).contains(flag.minute), flag.deficit >= 0 else {
        throw SchedulingError(
          .wrongValue,
          "The flag of \"\(flag.learner)\" has the minute \(flag.minute) and a deficit of "
            + "\(flag.deficit); give a minute of the day and 0 or more.")
      }
    }
  }

  /// Follows who could make room: the learners reached and the seats they all share prove that there
  /// is none (Hall's theorem).
  private static func reason(
    _ flag: Int, _ flags: [Flag], _ sessions: [Session], _ options: [[Int]], _ seating: Seating
  ) -> Reason {
    guard !options[flag].isEmpty else {
      return sessions.contains { helps($0, flags[flag]) } ? .clash : .noSession
    }
    var (learners, reached): (Set<Int>, Set<Int>) = ([flag], [])
    var stack = [flag]
    while let next = stack.popLast() {
      for session in options[next] where reached.insert(session).inserted {
        for other in flags.indices where seating.places[other] == session {
          if learners.insert(other).inserted { stack.append(other) }
        }
      }
    }
    let names = reached.sorted().map { sessions[$0].id }
    return .full(
      sessions: names, wanted: learners.count, seats: reached.reduce(0) { $0 + sessions[$1].seats })
  }

  /// Whether two plans have the same seats.
  public static func == (left: SupportPlan, right: SupportPlan) -> Bool {
    left.sessions == right.sessions
      && left.unserved.map(\.flag) == right.unserved.map(\.flag)
      && left.unserved.map(\.reason) == right.unserved.map(\.reason)
  }

  /// Feeds the seats to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(sessions)
  }
}

extension SupportPlan.Reason: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .noSession: "no session for it begins after the flag"
    case .clash: "every session for it clashes with what the learner has"
    case .full(let sessions, let wanted, let seats):
      "\(wanted) learners want the \(counted(seats, "seat")) of "
        + sessions.map { "\"\($0)\"" }.joined(separator: ", ")
    }
  }
}
