public import Domain

/// A day of regrouping: learners, blocks, and the activities that learners may go to.
///
/// Who goes where is decided by what each learner is ready for and needs most, by preference, by what
/// was agreed before, and by the limits of teachers and rooms. Values are whole numbers:
/// `need · needWeight + preference · preferenceWeight + bonus`.
public struct GroupingProblem: Sendable {
  /// An activity in one block.
  public struct Section: Hashable, Sendable {
    /// The name.
    public var id: Identifier
    /// The number of the block.
    public var block: Int
    /// The number of the competency, or `nil` for a place where learners work on what they need.
    public var competency: Int?
    /// The number of the modality.
    public var modality: Int
    /// The number of the teacher; a teacher leads one section in a block.
    public var teacher: Int?
    /// The number of the room; a room holds one section in a block.
    public var room: Int?
    /// The house that the section is for, or `nil` for all.
    public var house: Int?
    /// How many learners it takes.
    public var capacity: Int
    /// How many learners it needs to take place.
    public var minimum: Int
    /// What it costs to open it.
    public var openCost: Int

    /// Creates a section.
    public init(
      _ id: Identifier, block: Int, competency: Int?, modality: Int = 0, teacher: Int? = nil,
      room: Int? = nil, house: Int? = nil, capacity: Int, minimum: Int = 0, openCost: Int = 0
    ) {
      self.id = id
      self.block = block
      self.competency = competency
      self.modality = modality
      self.teacher = teacher
      self.room = room
      self.house = house
      self.capacity = capacity
      self.minimum = minimum
      self.openCost = openCost
    }
  }

  /// A learner with what may be learned next.
  public struct Learner: Hashable, Sendable {
    /// What a learner is ready for.
    public struct Need: Hashable, Sendable {
      /// The number of the competency.
      public var competency: Int
      /// How much it is needed; 0 or more.
      public var need: Int

      /// Creates a need.
      public init(_ competency: Int, _ need: Int) {
        self.competency = competency
        self.need = need
      }
    }

    /// The learner.
    public var id: LearnerID
    /// The house.
    public var house: Int
    /// What the learner is ready for: all prerequisites mastered, itself not yet.
    public var ready: [Need]
    /// How much the learner likes each modality.
    public var preferences: [Int]
    /// How many sections in the live modality the learner is to have in the day.
    public var minimumLive: Int

    /// Creates a learner.
    public init(
      _ id: LearnerID, house: Int = 0, ready: [Need], preferences: [Int] = [], minimumLive: Int = 0
    ) {
      self.id = id
      self.house = house
      self.ready = ready
      self.preferences = preferences
      self.minimumLive = minimumLive
    }
  }

  /// Something that makes a place worth more or less, such as the same teacher as last time, or a
  /// place published yesterday.
  public struct Bonus: Hashable, Sendable {
    /// The number of the learner.
    public var learner: Int
    /// The number of the section.
    public var section: Int
    /// How much is added to the value.
    public var value: Int

    /// Creates a bonus.
    public init(learner: Int, section: Int, value: Int) {
      self.learner = learner
      self.section = section
      self.value = value
    }
  }

  /// The weights of the parts of values.
  public struct Weights: Hashable, Sendable {
    /// Of need.
    public var need: Int
    /// Of preference.
    public var preference: Int
    /// Of the greatest need, in tenths of its weight, at places without a competency.
    public var openNeedTenths: Int
    /// What each live section that is missing costs.
    public var missingLive: Int
    /// The number of the live modality.
    public var liveModality: Int

    /// Creates weights.
    public init(
      need: Int = 10, preference: Int = 3, openNeedTenths: Int = 6, missingLive: Int = 0,
      liveModality: Int = 0
    ) {
      self.need = need
      self.preference = preference
      self.openNeedTenths = openNeedTenths
      self.missingLive = missingLive
      self.liveModality = liveModality
    }
  }

  /// The learners.
  public let learners: [Learner]
  /// The sections.
  public let sections: [Section]
  /// How many blocks the day has.
  public let blockCount: Int
  /// Whether a learner may meet a competency only once in the day.
  public let isOncePerDay: Bool
  /// Whether sections are opened by need; otherwise all of them take place.
  public let opensSections: Bool
  /// The weights.
  public let weights: Weights
  /// What was added to values.
  public let bonuses: [Bonus]

  /// Creates a problem and checks it.
  ///
  /// - Throws: ``SchedulingError`` that names who or what is wrong: `unknownIdentifier`,
  ///   `duplicateIdentifier`, `doubleBooking` of a teacher or room where all sections take place,
  ///   `capacity` for a minimum above the capacity, `noActivity` for learners who may go nowhere,
  ///   `wrongValue`, `limitExceeded`.
  public init(
    learners: [Learner], sections: [Section], blockCount: Int, isOncePerDay: Bool = true,
    opensSections: Bool = false, weights: Weights = Weights(), bonuses: [Bonus] = []
  ) throws(SchedulingError) {
    self.learners = learners
    self.sections = sections
    self.blockCount = blockCount
    self.isOncePerDay = isOncePerDay
    self.opensSections = opensSections
    self.weights = weights
    self.bonuses = bonuses
    try checkNumbers()
    try checkNames()
    if !opensSections { try checkBookings() }
  }

  /// A part of a problem that was checked.
  init(
    checked whole: GroupingProblem, learners: [Learner], sections: [Section], bonuses: [Bonus]
  ) {
    self.learners = learners
    self.sections = sections
    self.bonuses = bonuses
    (blockCount, isOncePerDay) = (whole.blockCount, whole.isOncePerDay)
    (opensSections, weights) = (whole.opensSections, whole.weights)
  }

  /// What it is worth that a learner goes to a section, or `nil` where the learner may not.
  ///
  /// Bonuses are not in it.
  public func value(of section: Int, for learner: Int) -> Int? {
    let (place, person) = (sections[section], learners[learner])
    if let house = place.house, house != person.house { return nil }
    let liking =
      person.preferences.indices.contains(place.modality)
      ? person.preferences[place.modality] * weights.preference : 0
    guard let competency = place.competency else {
      let most = person.ready.map(\.need).max() ?? 0
      return most * weights.need * weights.openNeedTenths / 10 + liking
    }
    guard let need = person.ready.first(where: { $0.competency == competency }) else { return nil }
    return need.need * weights.need + liking
  }
}

extension GroupingProblem {
  private func checkNumbers() throws(SchedulingError) {
    guard (1...64).contains(blockCount), learners.count <= 200_000, sections.count <= 200_000 else {
      throw SchedulingError(
        .limitExceeded,
        "There are \(blockCount) blocks, \(learners.count) learners and \(sections.count) sections; "
          + "at most 64, 200,000 and 200,000 are planned at once.")
    }
    guard (0...1_000).contains(weights.need), (0...1_000).contains(weights.preference),
      (0...100).contains(weights.openNeedTenths), (0...100_000).contains(weights.missingLive)
    else { throw SchedulingError(.wrongValue, "A weight is out of range; give small numbers.") }
    for section in sections {
      guard (0..<blockCount).contains(section.block), (0..<32).contains(section.modality),
        (0...1_000_000).contains(section.capacity), section.minimum >= 0,
        (0...1_000_000).contains(section.openCost), section.competency ?? 0 >= 0,
        section.teacher ?? 0 >= 0, section.room ?? 0 >= 0
      else {
        throw SchedulingError(
          .wrongValue,
          "Section \"\(section.id)\" is in block \(section.block) of \(blockCount) with modality "
            + "\(section.modality) and capacity \(section.capacity); a number is out of range.")
      }
      guard section.minimum <= max(1, section.capacity) else {
        throw SchedulingError(
          .capacity,
          "Section \"\(section.id)\" needs \(section.minimum) learners and takes "
            + "\(section.capacity): \(section.minimum - section.capacity) too few.")
      }
    }
    for learner in learners {
      guard learner.ready.allSatisfy({ $0.competency >= 0 && (0...10_000).contains($0.need) }),
        learner.preferences.allSatisfy({ (0...10_000).contains($0) }), learner.ready.count < 32_000
      else {
        throw SchedulingError(
          .wrongValue, "Learner \"\(learner.id)\" has a need or preference beyond 0 to 10,000.")
      }
    }
  }

  private func checkNames() throws(SchedulingError) {
    guard Set(sections.map(\.id)).count == sections.count else {
      throw SchedulingError(.duplicateIdentifier, "A section comes twice; name each once.")
    }
    guard Set(learners.map(\.id)).count == learners.count else {
      throw SchedulingError(.duplicateIdentifier, "A learner comes twice; name each once.")
    }
    for learner in learners
    where Set(learner.ready.map(\.competency)).count != learner.ready.count {
      throw SchedulingError(
        .duplicateIdentifier,
        "Learner \"\(learner.id)\" is ready for one competency twice; keep one of them.")
    }
    for bonus in bonuses {
      guard learners.indices.contains(bonus.learner), sections.indices.contains(bonus.section),
        abs(bonus.value) <= 1_000_000
      else {
        throw SchedulingError(
          .unknownIdentifier,
          "A bonus names learner \(bonus.learner) and section \(bonus.section), of "
            + "\(learners.count) and \(sections.count).")
      }
    }
  }

  private func checkBookings() throws(SchedulingError) {
    var teachers: [[Int]: Int] = [:]
    var rooms: [[Int]: Int] = [:]
    for (number, section) in sections.enumerated() {
      if let teacher = section.teacher {
        if let other = teachers.updateValue(number, forKey: [section.block, teacher]) {
          throw double("Teacher \(teacher)", other, number)
        }
      }
      if let room = section.room {
        if let other = rooms.updateValue(number, forKey: [section.block, room]) {
          throw double("Room \(room)", other, number)
        }
      }
    }
  }

  private func double(_ who: String, _ first: Int, _ second: Int) -> SchedulingError {
    SchedulingError(
      .doubleBooking,
      "\(who) has the sections \"\(sections[first].id)\" and \"\(sections[second].id)\" in block "
        + "\(sections[first].block); move one or let sections be opened by need.")
  }

  /// The learners who may go nowhere in some block, each with the first such block.
  ///
  /// - Complexity: O(*pairs*).
  public func learnersWithoutActivity() -> [(learner: Int, block: Int)] {
    let index = GroupingIndex(self)
    return learners.indices.compactMap { learner in
      index.blocks.indices.first { block in
        let transport = index.blocks[block].transport
        return transport.starts[learner] == transport.starts[learner + 1]
      }.map { (learner, $0) }
    }
  }
}
