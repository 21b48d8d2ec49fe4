/// A timetable to be made: times, resources, events and rules, in the model of XHSTT-2014.
///
/// Events last some times, may be split into several meetings, and take resources: teachers,
/// rooms, classes. Everything is named by its number from 0; identifiers are for people and files.
/// Model after Post and others, "XHSTT: an XML archive for high school timetabling problems in
/// different countries" (2014).
public struct TimetableProblem: Hashable, Sendable {
  /// A resource: a teacher, a room, a class, a student.
  public struct Resource: Hashable, Sendable {
    /// The identifier.
    public var id: String
    /// The kind, an index of ``TimetableProblem/resourceTypes``.
    public var type: Int

    /// Creates a resource.
    public init(id: String, type: Int) {
      self.id = id
      self.type = type
    }
  }

  /// A set of times, such as a day.
  public struct TimeGroup: Hashable, Sendable {
    /// The identifier.
    public var id: String
    /// The times, in ascending order.
    public var times: [Int]

    /// Creates a set of times.
    public init(id: String, times: [Int]) {
      self.id = id
      self.times = times
    }
  }

  /// A resource that an event needs: a given one, or any of a kind.
  public struct Demand: Hashable, Sendable {
    /// The name of the need in its event, by which rules speak of it; `nil` where it is given.
    public var role: String?
    /// The kind, an index of ``TimetableProblem/resourceTypes``.
    public var type: Int
    /// The resource, when it is given.
    public var resource: Int?
    /// The work of the whole event for whoever takes it.
    public var workload: Int

    /// Creates a demand.
    public init(role: String?, type: Int, resource: Int?, workload: Int) {
      self.role = role
      self.type = type
      self.resource = resource
      self.workload = workload
    }
  }

  /// Something that takes place.
  public struct Event: Hashable, Sendable {
    /// The identifier.
    public var id: String
    /// How many times it lasts in all.
    public var duration: Int
    /// When it starts, where that is given.
    public var time: Int?
    /// What it needs.
    public var demands: [Demand]

    /// Creates an event.
    public init(id: String, duration: Int, time: Int?, demands: [Demand]) {
      self.id = id
      self.duration = duration
      self.time = time
      self.demands = demands
    }
  }

  /// The identifiers of the times, in order; a meeting of duration 2 takes a time and the next one.
  public var times: [String]
  /// The identifiers of the kinds of resources.
  public var resourceTypes: [String]
  /// The resources.
  public var resources: [Resource]
  /// The events.
  public var events: [Event]
  /// The rules.
  public var constraints: [TimetableConstraint]
  /// Days, when the input says which sets of times are days; a hint for spreading and drawing.
  public var days: [TimeGroup]

  /// Creates a problem; ``check()`` says whether its numbers fit together.
  public init(
    times: [String], resourceTypes: [String], resources: [Resource], events: [Event],
    constraints: [TimetableConstraint], days: [TimeGroup] = []
  ) {
    self.times = times
    self.resourceTypes = resourceTypes
    self.resources = resources
    self.events = events
    self.constraints = constraints
    self.days = days
  }

  /// Checks that all numbers are in their ranges and that no event is empty or too long.
  ///
  /// - Throws: ``SchedulingError`` that names the event or rule.
  public func check() throws(SchedulingError) {
    for event in events {
      guard event.duration > 0 else {
        throw SchedulingError(.zeroLength, "Event \"\(event.id)\" has no duration.")
      }
      guard event.duration <= 10_000, event.time.map({ times.indices.contains($0) }) ?? true,
        event.demands.allSatisfy({
          resourceTypes.indices.contains($0.type)
            && $0.resource.map { resources.indices.contains($0) } ?? true
        })
      else {
        throw SchedulingError(
          .unknownIdentifier,
          "Event \"\(event.id)\" names a time, kind or resource that is not there.")
      }
    }
    for rule in constraints where !rule.isWithin(self) {
      throw SchedulingError(
        .unknownIdentifier, "Rule \"\(rule.id)\" names a time, event or resource that is not there."
      )
    }
  }
}

/// A timetable of a problem: all meetings of all events.
public struct Timetable: Hashable, Sendable {
  /// A part of an event that takes place without a break.
  public struct Meeting: Hashable, Sendable {
    /// The event.
    public var event: Int
    /// How many times it lasts.
    public var duration: Int
    /// When it starts, if that is known.
    public var time: Int?
    /// Who or what takes each demand of the event, if that is known.
    public var resources: [Int?]

    /// Creates a meeting.
    public init(event: Int, duration: Int, time: Int?, resources: [Int?]) {
      self.event = event
      self.duration = duration
      self.time = time
      self.resources = resources
    }
  }

  /// The meetings.
  public var meetings: [Meeting]

  /// Creates a timetable.
  public init(meetings: [Meeting]) {
    self.meetings = meetings
  }
}
