internal import Domain
internal import Scheduling

/// Reads the lists of a file of FET, and then its rules.
struct FETReader {
  struct Activity {
    let id: String
    let line: Int
    let subject: String
    let teachers: [String]
    let tags: [String]
    let students: [String]
    let duration: Int
  }

  let file: String?
  let root: XMLTree
  private(set) var days: [String] = []
  private(set) var hours: [String] = []
  private(set) var activities: [Activity] = []
  private var dayNumbers: [String: Int] = [:]
  private var hourNumbers: [String: Int] = [:]
  private(set) var teachers: [String: Int] = [:]
  private(set) var rooms: [String: Int] = [:]
  /// The smallest sets of students in each set.
  private(set) var leaves: [String: [String]] = [:]
  private(set) var students: [String: Int] = [:]
  var activityNumbers: [String: Int] = [:]
  var untranslated: [Problem] = []
  var resources: [TimetableProblem.Resource] = []
  var demands: [[TimetableProblem.Demand]] = []
  var rules: [TimetableConstraint] = []

  static let types = ["teacher", "students", "room", "marker"]

  init(_ root: XMLTree, _ file: String?) throws(SchedulingError) {
    self.root = root
    self.file = file
    days = try names("Days_List", "Day", &dayNumbers)
    hours = try names("Hours_List", "Hour", &hourNumbers)
    guard !days.isEmpty, !hours.isEmpty else {
      throw fault(.zeroLength, "The file has no days or no hours.", root)
    }
    for one in root.child("Teachers_List")?.children("Teacher") ?? [] {
      try add(one, type: 0, to: \.teachers)
    }
    try readStudents()
    for one in root.child("Rooms_List")?.children("Room") ?? [] {
      try add(one, type: 2, to: \.rooms)
    }
    try readActivities()
  }

  func fault(
    _ code: SchedulingError.Code, _ message: String, _ element: XMLTree
  ) -> SchedulingError {
    SchedulingError(code, message, at: Place(file: file, line: element.line))
  }

  private func names(
    _ list: String, _ name: String, _ numbers: inout [String: Int]
  ) throws(SchedulingError) -> [String] {
    var found: [String] = []
    for one in root.child(list)?.children(name) ?? [] {
      let id = one.child("Name")?.text ?? ""
      guard numbers.updateValue(found.count, forKey: id) == nil else {
        throw fault(.duplicateIdentifier, "<\(name)> \"\(id)\" is there twice.", one)
      }
      found.append(id)
    }
    return found
  }

  private mutating func add(
    _ element: XMLTree, type: Int, to names: WritableKeyPath<FETReader, [String: Int]>
  ) throws(SchedulingError) {
    let id = element.child("Name")?.text ?? ""
    guard self[keyPath: names].updateValue(resources.count, forKey: id) == nil else {
      throw fault(.duplicateIdentifier, "<\(element.name)> \"\(id)\" is there twice.", element)
    }
    resources.append(TimetableProblem.Resource(id: id, type: type))
  }

  private mutating func readStudents() throws(SchedulingError) {
    for year in root.child("Students_List")?.children("Year") ?? [] {
      var ofYear: [String] = []
      for group in year.children("Group") {
        let subgroups = group.children("Subgroup").map { $0.child("Name")?.text ?? "" }
        let name = group.child("Name")?.text ?? ""
        leaves[name] = subgroups.isEmpty ? [name] : subgroups
        for leaf in subgroups { leaves[leaf] = [leaf] }
        for leaf in leaves[name] ?? [] where !ofYear.contains(leaf) { ofYear.append(leaf) }
      }
      let name = year.child("Name")?.text ?? ""
      leaves[name] = ofYear.isEmpty ? [name] : ofYear
    }
    for leaf in leaves.keys.sorted() where leaves[leaf] == [leaf] {
      students[leaf] = resources.count
      resources.append(TimetableProblem.Resource(id: leaf, type: 1))
    }
  }

  private mutating func readActivities() throws(SchedulingError) {
    for one in root.child("Activities_List")?.children("Activity") ?? []
    where one.child("Active")?.text != "false" {
      let id = one.child("Id")?.text ?? ""
      let duration = try number("Duration", in: one)
      guard duration > 0 else { throw fault(.zeroLength, "Activity \(id) has no duration.", one) }
      guard duration <= hours.count else {
        throw fault(
          .infeasible,
          "Activity \(id) lasts \(duration) hours, but a day has \(hours.count).", one)
      }
      guard activityNumbers.updateValue(activities.count, forKey: id) == nil else {
        throw fault(.duplicateIdentifier, "Activity \(id) is there twice.", one)
      }
      var needs: [Int] = []
      for teacher in one.children("Teacher") { needs.append(try find(teacher, teachers)) }
      for set in one.children("Students") {
        for leaf in try find(set, leaves) {
          if let resource = students[leaf], !needs.contains(resource) { needs.append(resource) }
        }
      }
      activities.append(
        Activity(
          id: id, line: one.line, subject: one.child("Subject")?.text ?? "",
          teachers: one.children("Teacher").map(\.text),
          tags: one.children("Activity_Tag").map(\.text),
          students: one.children("Students").map(\.text), duration: duration))
      demands.append(
        needs.map {
          TimetableProblem.Demand(
            role: nil, type: resources[$0].type, resource: $0, workload: duration)
        })
    }
  }

  // MARK: Values

  func number(_ name: String, in element: XMLTree) throws(SchedulingError) -> Int {
    guard let child = element.child(name), let number = Int(child.text),
      (0...100_000).contains(number)
    else {
      throw fault(
        .wrongValue, "<\(element.name)> needs a whole number in <\(name)>.", element)
    }
    return number
  }

  func find<Value>(_ element: XMLTree, _ names: [String: Value]) throws(SchedulingError) -> Value {
    guard let value = names[element.text] else {
      throw fault(
        .unknownIdentifier, "<\(element.name)> names \"\(element.text)\", which is not there.",
        element)
    }
    return value
  }

  func need(_ name: String, in element: XMLTree) throws(SchedulingError) -> XMLTree {
    guard let child = element.child(name) else {
      throw fault(.malformed, "<\(element.name)> has no <\(name)>.", element)
    }
    return child
  }

  func time(_ day: XMLTree, _ hour: XMLTree) throws(SchedulingError) -> Int {
    try find(day, dayNumbers) * hours.count + find(hour, hourNumbers)
  }

  func hour(_ element: XMLTree?, default standard: Int) throws(SchedulingError) -> Int {
    guard let element, !element.text.isEmpty else { return standard }
    return try find(element, hourNumbers)
  }

  /// The times of each day.
  var dayTimes: [[Int]] {
    days.indices.map { day in hours.indices.map { day * hours.count + $0 } }
  }

  var problem: TimetableProblem {
    TimetableProblem(
      times: days.flatMap { day in hours.map { "\(day) \($0)" } }, resourceTypes: Self.types,
      resources: resources,
      events: activities.indices.map {
        TimetableProblem.Event(
          id: activities[$0].id, duration: activities[$0].duration, time: nil,
          demands: demands[$0])
      }, constraints: rules,
      days: days.indices.map { TimetableProblem.TimeGroup(id: days[$0], times: dayTimes[$0]) })
  }

  /// A resource that marks activities, so that rules can speak of them.
  mutating func marker(_ name: String, of events: [Int]) -> Int {
    let marker = resources.count
    resources.append(TimetableProblem.Resource(id: name, type: 3))
    for event in events {
      demands[event].append(
        TimetableProblem.Demand(role: nil, type: 3, resource: marker, workload: 0))
    }
    return marker
  }
}
