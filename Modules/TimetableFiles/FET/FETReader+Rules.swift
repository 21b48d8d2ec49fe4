internal import Domain
internal import Scheduling

// The translation of FET's rules.
extension FETReader {
  mutating func readRules() throws(SchedulingError) {
    addBasics()
    let lists = ["Time_Constraints_List", "Space_Constraints_List"]
    var homes: [(element: XMLTree, weight: Int)] = []
    for element in lists.flatMap({ root.child($0)?.children ?? [] })
    where element.child("Active")?.text != "false" {
      let text = element.child("Weight_Percentage")?.text ?? "100"
      guard let percent = Double(text), (0...100).contains(percent) else {
        throw fault(
          .wrongValue, "<\(element.name)> has the weight \"\(text)\"; 0 to 100 was expected.",
          element)
      }
      guard percent > 0 else { continue }
      let weight = percent == 100 ? 0 : max(1, Int(percent.rounded()))
      if element.name.hasSuffix("HomeRoom") || element.name.hasSuffix("HomeRooms") {
        homes.append((element, weight))
        continue
      }
      let known = try timeRule(element, weight)
      if known { continue }
      if try resourceRule(element, weight) { continue }
      if try roomRule(element, weight) { continue }
      if element.name.hasPrefix("ConstraintBasicCompulsory") { continue }
      untranslated.append(
        Problem(
          .warning, Problem.Code("scheduling.untranslated"),
          "<\(element.name)> is not kept: there is no translation for this kind of rule.",
          at: Place(file: file, line: element.line)))
    }
    // Home rooms are for activities that have no other room.
    for (element, weight) in homes {
      let name = element.child("Students") ?? element.child("Teacher") ?? element
      let events = activities.indices.filter { event in
        (activities[event].students + activities[event].teachers).contains(name.text)
          && !demands[event].contains { $0.role == "room" }
      }
      try giveRooms(element, events, weight)
    }
  }

  private mutating func addBasics() {
    let everything = Array(activities.indices)
    add("basic time", 0, .assignTime(events: everything))
    add("basic rooms", 0, .assignResource(role: "room", events: everything))
    add("basic clashes", 0, .avoidClashes(resources: Array(resources.indices)))
    for (duration, events) in byDuration(everything) {
      let starts = dayTimes.flatMap { $0.dropLast(duration - 1) }
      add("inside a day", 0, .preferTimes(events: events, times: starts, duration: nil))
    }
  }

  private func byDuration(_ events: [Int]) -> [(duration: Int, events: [Int])] {
    Dictionary(grouping: events) { activities[$0].duration }
      .map { (duration: $0.key, events: $0.value) }.sorted { $0.duration < $1.duration }
  }

  /// Adds a rule; a weight of 0 is for one that must hold.
  mutating func add(_ id: String, _ weight: Int, _ kind: TimetableConstraint.Kind) {
    rules.append(
      TimetableConstraint(
        id: id, isRequired: weight == 0, weight: max(1, weight), costFunction: .linear, kind: kind))
  }

  private func events(_ elements: [XMLTree]) throws(SchedulingError) -> [Int] {
    var found: [Int] = []
    for element in elements {
      // Activities that are not active are not there, but may be named.
      if let number = activityNumbers[element.text] {
        found.append(number)
      } else if !(root.child("Activities_List")?.children("Activity") ?? []).contains(where: {
        $0.child("Id")?.text == element.text
      }) {
        throw fault(
          .unknownIdentifier,
          "<\(element.name)> names activity \"\(element.text)\", which is not there.",
          element)
      }
    }
    return found
  }

  /// The activities that a rule describes by teacher, students, subject, tag and duration.
  private func described(_ element: XMLTree) -> [Int] {
    func value(_ names: String...) -> String {
      names.compactMap { element.child($0)?.text }.first { !$0.isEmpty } ?? ""
    }
    let teacher = value("Teacher_Name", "Teacher")
    let students = value("Students_Name", "Students")
    let subject = value("Subject_Name", "Subject")
    let tag = value("Activity_Tag_Name", "Activity_Tag")
    let duration = value("Duration")
    return activities.indices.filter { number in
      let one = activities[number]
      return (teacher.isEmpty || one.teachers.contains(teacher))
        && (students.isEmpty || one.students.contains(students))
        && (subject.isEmpty || one.subject == subject)
        && (tag.isEmpty || one.tags.contains(tag))
        && (duration.isEmpty || Int(duration) == one.duration)
    }
  }

  private func times(
    _ elements: [XMLTree], _ day: String, _ hour: String
  ) throws(SchedulingError) -> [Int] {
    var found: [Int] = []
    for element in elements {
      found.append(try time(need(day, in: element), need(hour, in: element)))
    }
    return found
  }

  // MARK: Activities

  private mutating func timeRule(
    _ element: XMLTree, _ weight: Int
  ) throws(SchedulingError) -> Bool {
    let name = element.name
    switch name {
    case "ConstraintMinDaysBetweenActivities":
      let group = try events(element.children("Activity_Id"))
      let span = try number("MinDays", in: element)
      guard span > 0, group.count > 1 else { return true }
      let windows =
        days.count <= span
        ? [Array(dayTimes.joined())]
        : (0...(days.count - span)).map {
          Array(dayTimes[$0..<($0 + span)].joined())
        }
      add(
        name, weight,
        .spreadEvents(
          groups: [group],
          times: windows.map {
            TimetableConstraint.BoundedTimes(times: $0, minimum: 0, maximum: 1)
          }))
    case "ConstraintActivityPreferredStartingTime":
      let list = try events(element.children("Activity_Id"))
      let start = try time(
        need("Preferred_Day", in: element), need("Preferred_Hour", in: element))
      add(name, weight, .preferTimes(events: list, times: [start], duration: nil))
    case "ConstraintActivityPreferredStartingTimes", "ConstraintActivitiesPreferredStartingTimes":
      let list =
        name.contains("Activities")
        ? described(element)
        : try events(element.children("Activity_Id"))
      let starts = try times(
        element.children("Preferred_Starting_Time"), "Preferred_Starting_Day",
        "Preferred_Starting_Hour")
      add(name, weight, .preferTimes(events: list, times: starts.sorted(), duration: nil))
    case "ConstraintActivityPreferredTimeSlots", "ConstraintActivitiesPreferredTimeSlots":
      let list =
        name.contains("Activities")
        ? described(element)
        : try events(element.children("Activity_Id"))
      let slots = Set(
        try times(element.children("Preferred_Time_Slot"), "Preferred_Day", "Preferred_Hour"))
      for (duration, events) in byDuration(list) {
        let starts = slots.filter { start in
          (start..<(start + duration)).allSatisfy { slots.contains($0) }
        }
        add(name, weight, .preferTimes(events: events, times: starts.sorted(), duration: nil))
      }
    default: return try groupRule(element, weight)
    }
    return true
  }

  private mutating func groupRule(
    _ element: XMLTree, _ weight: Int
  ) throws(SchedulingError) -> Bool {
    let name = element.name
    switch name {
    case "ConstraintActivitiesSameStartingTime":
      let group = try events(element.children("Activity_Id"))
      guard Set(group.map { activities[$0].duration }).count <= 1 else { return false }
      add(name, weight, .linkEvents(groups: [group]))
    case "ConstraintActivitiesSameStartingDay":
      let group = try events(element.children("Activity_Id"))
      add(
        name, weight,
        .clusterBusyTimes(
          resources: [marker(name, of: group)], groups: dayTimes, amount: 0...1))
    case "ConstraintActivitiesNotOverlapping":
      let group = try events(element.children("Activity_Id"))
      add(name, weight, .avoidClashes(resources: [marker(name, of: group)]))
    case "ConstraintTwoActivitiesConsecutive", "ConstraintTwoActivitiesOrdered":
      let pair =
        try events(element.children("First_Activity_Id"))
        + events(element.children("Second_Activity_Id"))
      guard pair.count == 2 else { return true }
      let isConsecutive = name.hasSuffix("Consecutive")
      add(
        name, weight,
        .orderEvents(pairs: [
          TimetableConstraint.EventPair(
            first: pair[0], second: pair[1], minimum: 0,
            maximum: isConsecutive ? 0 : days.count * hours.count)
        ]))
      if isConsecutive {
        add(
          name, weight,
          .clusterBusyTimes(
            resources: [marker(name, of: pair)], groups: dayTimes, amount: 0...1))
      }
    default: return false
    }
    return true
  }

  // MARK: Teachers and students

  /// Whom a rule about teachers or students is for; `nil` when it is about something else.
  private mutating func scope(_ element: XMLTree) throws(SchedulingError) -> [Int]? {
    let name = element.name.dropFirst("Constraint".count)
    var found: [Int]
    if name.hasPrefix("Teachers") {
      found = teachers.values.sorted()
    } else if name.hasPrefix("Teacher") {
      var named = element.child("Teacher_Name")
      if named == nil { named = try need("Teacher", in: element) }
      found = [try find(named ?? element, teachers)]
    } else if name.hasPrefix("StudentsSet") {
      let set = try find(need("Students", in: element), leaves)
      found = set.compactMap { students[$0] }
    } else if name.hasPrefix("Students") {
      found = students.values.sorted()
    } else {
      return nil
    }
    guard name.contains("ActivityTag") else { return found }
    let tag = (element.child("Activity_Tag_Name") ?? element.child("Activity_Tag"))?.text ?? ""
    for (index, resource) in found.enumerated() {
      let events = activities.indices.filter { event in
        activities[event].tags.contains(tag)
          && demands[event].contains { $0.resource == resource }
      }
      found[index] = marker("\(resources[resource].id) \(tag)", of: events)
    }
    return found
  }

  private mutating func resourceRule(
    _ element: XMLTree, _ weight: Int
  ) throws(SchedulingError) -> Bool {
    let name = element.name
    if name == "ConstraintBreakTimes" {
      let closed = try times(element.children("Break_Time"), "Day", "Hour")
      let everybody = teachers.values.sorted() + students.values.sorted()
      if !closed.isEmpty {
        add(name, weight, .avoidUnavailableTimes(resources: everybody, times: closed.sorted()))
      }
      return true
    }
    let kind = name.hasPrefix("ConstraintRoomNotAvailable") ? "NotAvailableTimes" : name
    if kind.hasSuffix("NotAvailableTimes") {
      let resources =
        name.hasPrefix("ConstraintRoom")
        ? [try find(need("Room", in: element), rooms)] : try scope(element)
      guard let resources else { return false }
      let closed = try times(element.children("Not_Available_Time"), "Day", "Hour")
      add(name, weight, .avoidUnavailableTimes(resources: resources, times: closed.sorted()))
      return true
    }
    return try limitRule(element, weight)
  }

  private mutating func limitRule(
    _ element: XMLTree, _ weight: Int
  ) throws(SchedulingError) -> Bool {
    let name = element.name
    let whole = hours.count * days.count
    let kinds: [(suffix: String, field: String)] = [
      ("IntervalMaxDaysPerWeek", "Max_Days_Per_Week"), ("MaxDaysPerWeek", "Max_Days_Per_Week"),
      ("MinDaysPerWeek", "Minimum_Days_Per_Week"), ("MaxGapsPerWeek", "Max_Gaps"),
      ("MaxGapsPerDay", "Max_Gaps"), ("MaxHoursDaily", "Maximum_Hours_Daily"),
      ("MinHoursDaily", "Minimum_Hours_Daily"),
      ("MaxHoursContinuously", "Maximum_Hours_Continuously"),
    ]
    guard let kind = kinds.first(where: { name.hasSuffix($0.suffix) }),
      let resources = try scope(element)
    else { return false }
    let limit = try number(kind.field, in: element)
    switch kind.suffix {
    case "IntervalMaxDaysPerWeek":
      let start = try hour(element.child("Interval_Start_Hour"), default: 0)
      let end = try hour(element.child("Interval_End_Hour"), default: hours.count)
      guard start < end else {
        throw fault(.impossibleWindow, "<\(name)> has an interval without hours.", element)
      }
      let groups = dayTimes.map { Array($0[start..<end]) }
      add(name, weight, .clusterBusyTimes(resources: resources, groups: groups, amount: 0...limit))
    case "MaxDaysPerWeek":
      add(
        name, weight, .clusterBusyTimes(resources: resources, groups: dayTimes, amount: 0...limit))
    case "MinDaysPerWeek":
      add(
        name, weight,
        .clusterBusyTimes(
          resources: resources, groups: dayTimes, amount: limit...max(limit, days.count)))
    case "MaxGapsPerWeek":
      add(name, weight, .limitIdleTimes(resources: resources, groups: dayTimes, amount: 0...limit))
    case "MaxGapsPerDay":
      for day in dayTimes {
        add(name, weight, .limitIdleTimes(resources: resources, groups: [day], amount: 0...limit))
      }
    case "MaxHoursDaily":
      add(name, weight, .limitBusyTimes(resources: resources, groups: dayTimes, amount: 0...limit))
    case "MinHoursDaily":
      add(
        name, weight,
        .limitBusyTimes(resources: resources, groups: dayTimes, amount: limit...max(limit, whole)))
      if element.child("Allow_Empty_Days")?.text == "false" {
        add(
          name, weight,
          .clusterBusyTimes(
            resources: resources, groups: dayTimes, amount: days.count...days.count))
      }
    default:
      guard limit < hours.count else { return true }
      let windows = dayTimes.flatMap { day in
        (0..<(day.count - limit)).map { Array(day[$0...($0 + limit)]) }
      }
      add(name, weight, .limitBusyTimes(resources: resources, groups: windows, amount: 0...limit))
    }
    return true
  }

  // MARK: Rooms

  private mutating func roomRule(
    _ element: XMLTree, _ weight: Int
  ) throws(SchedulingError) -> Bool {
    let name = element.name
    guard name.hasSuffix("PreferredRoom") || name.hasSuffix("PreferredRooms") else { return false }
    let list =
      name.hasPrefix("ConstraintActivityPreferred")
      ? try events(element.children("Activity_Id")) : described(element)
    try giveRooms(element, list, weight)
    return true
  }

  private mutating func giveRooms(
    _ element: XMLTree, _ events: [Int], _ weight: Int
  ) throws(SchedulingError) {
    var preferred: [Int] = []
    for one in element.children("Room") + element.children("Preferred_Room") {
      preferred.append(try find(one, rooms))
    }
    for event in events where !demands[event].contains(where: { $0.role == "room" }) {
      demands[event].append(
        TimetableProblem.Demand(role: "room", type: 2, resource: nil, workload: 0))
    }
    add(
      element.name, weight,
      .preferResources(role: "room", events: events, resources: preferred.sorted()))
  }
}
