internal import Domain
internal import Scheduling

/// Reads one instance: names first, then everything that names something.
struct XHSTTReader {
  let file: String?
  private var times: [String: Int] = [:]
  private var types: [String: Int] = [:]
  private var resources: [String: Int] = [:]
  private var events: [String: Int] = [:]
  private var timeGroups: [String: [Int]] = [:]
  private var resourceGroups: [String: [Int]] = [:]
  private var eventGroups: [String: [Int]] = [:]

  init(file: String?) {
    self.file = file
  }

  private func fault(
    _ code: SchedulingError.Code, _ message: String, _ element: XMLTree
  ) -> SchedulingError {
    SchedulingError(code, message, at: Place(file: file, line: element.line))
  }

  func id(_ element: XMLTree) throws(SchedulingError) -> String {
    guard let id = element["Id"], !id.isEmpty else {
      throw fault(.malformed, "<\(element.name)> has no Id.", element)
    }
    return id
  }

  private func add<Value>(
    _ element: XMLTree, _ value: Value, to names: inout [String: Value]
  ) throws(SchedulingError) -> String {
    let id = try id(element)
    guard names.updateValue(value, forKey: id) == nil else {
      throw fault(.duplicateIdentifier, "<\(element.name)> \"\(id)\" is there twice.", element)
    }
    return id
  }

  private func find<Value>(
    _ element: XMLTree, _ names: [String: Value]
  ) throws(SchedulingError) -> Value {
    let reference = element["Reference"] ?? ""
    guard let value = names[reference] else {
      throw fault(
        .unknownIdentifier, "<\(element.name)> names \"\(reference)\", which is not there.", element
      )
    }
    return value
  }

  private func number(
    _ name: String, in element: XMLTree, default standard: Int? = nil
  ) throws(SchedulingError) -> Int {
    guard let child = element.child(name) else {
      if let standard { return standard }
      throw fault(.malformed, "<\(element.name)> has no <\(name)>.", element)
    }
    guard let number = Int(child.text), (0...1_000_000).contains(number) else {
      throw fault(
        .wrongValue, "<\(name)> is \"\(child.text)\"; a whole number from 0 was expected.", child)
    }
    return number
  }

  private func amount(
    _ element: XMLTree, _ least: String = "Minimum", _ most: String = "Maximum"
  ) throws(SchedulingError) -> ClosedRange<Int> {
    let low = try number(least, in: element)
    let high = try number(most, in: element)
    guard low <= high else {
      throw fault(
        .impossibleWindow, "<\(element.name)> has \(least) \(low) above \(most) \(high).", element)
    }
    return low...high
  }

  // MARK: Names

  mutating func problem(_ element: XMLTree) throws(SchedulingError) -> TimetableProblem {
    let timeNames = try readTimes(element.child("Times"))
    let found = try readResources(element.child("Resources"))
    let events = try readEvents(element.child("Events"), found)
    var constraints: [TimetableConstraint] = []
    for rule in element.child("Constraints")?.children ?? [] {
      constraints.append(try constraint(rule))
    }
    let days = (element.child("Times")?.child("TimeGroups")?.children("Day") ?? []).compactMap {
      day in day["Id"].map { TimetableProblem.TimeGroup(id: $0, times: timeGroups[$0] ?? []) }
    }
    return TimetableProblem(
      times: timeNames, resourceTypes: found.types, resources: found.resources, events: events,
      constraints: constraints, days: days)
  }

  private mutating func readTimes(_ element: XMLTree?) throws(SchedulingError) -> [String] {
    for group in element?.child("TimeGroups")?.children ?? [] {
      _ = try add(group, [], to: &timeGroups)
    }
    var names: [String] = []
    for time in element?.children("Time") ?? [] {
      let number = names.count
      names.append(try add(time, number, to: &times))
      let groups =
        time.children("Day") + time.children("Week")
        + (time.child("TimeGroups")?.children ?? [])
      for group in groups {
        _ = try find(group, timeGroups)
        let id = group["Reference"] ?? ""
        if timeGroups[id]?.last != number { timeGroups[id]?.append(number) }
      }
    }
    return names
  }

  private mutating func readResources(
    _ element: XMLTree?
  ) throws(SchedulingError) -> (types: [String], resources: [TimetableProblem.Resource]) {
    var typeNames: [String] = []
    for type in element?.child("ResourceTypes")?.children ?? [] {
      typeNames.append(try add(type, typeNames.count, to: &types))
    }
    for group in element?.child("ResourceGroups")?.children ?? [] {
      _ = try add(group, [], to: &resourceGroups)
    }
    var found: [TimetableProblem.Resource] = []
    for resource in element?.children("Resource") ?? [] {
      let number = found.count
      let id = try add(resource, number, to: &resources)
      guard let reference = resource.child("ResourceType") else {
        throw fault(.malformed, "Resource \"\(id)\" has no <ResourceType>.", resource)
      }
      found.append(TimetableProblem.Resource(id: id, type: try find(reference, types)))
      for group in resource.child("ResourceGroups")?.children ?? [] {
        _ = try find(group, resourceGroups)
        let name = group["Reference"] ?? ""
        if resourceGroups[name]?.last != number { resourceGroups[name]?.append(number) }
      }
    }
    return (typeNames, found)
  }

  private mutating func readEvents(
    _ element: XMLTree?,
    _ found: (types: [String], resources: [TimetableProblem.Resource])
  ) throws(SchedulingError) -> [TimetableProblem.Event] {
    for group in element?.child("EventGroups")?.children ?? [] {
      _ = try add(group, [], to: &eventGroups)
    }
    var list: [TimetableProblem.Event] = []
    for event in element?.children("Event") ?? [] {
      let number = list.count
      let id = try add(event, number, to: &events)
      let duration = try self.number("Duration", in: event)
      guard duration > 0 else {
        throw fault(.zeroLength, "Event \"\(id)\" has duration 0.", event)
      }
      let workload = try self.number("Workload", in: event, default: duration)
      var demands: [TimetableProblem.Demand] = []
      for resource in event.child("Resources")?.children("Resource") ?? [] {
        let given = resource["Reference"] == nil ? nil : try find(resource, resources)
        let type: Int
        if let given {
          type = found.resources[given].type
        } else if let reference = resource.child("ResourceType") {
          type = try find(reference, types)
        } else {
          throw fault(
            .malformed, "Event \"\(id)\" needs a resource, but says neither which nor what kind.",
            resource)
        }
        demands.append(
          TimetableProblem.Demand(
            role: resource.child("Role")?.text, type: type, resource: given,
            workload: try self.number("Workload", in: resource, default: workload)))
      }
      for group in event.child("ResourceGroups")?.children ?? [] {
        for resource in try find(group, resourceGroups) {
          demands.append(
            TimetableProblem.Demand(
              role: nil, type: found.resources[resource].type, resource: resource,
              workload: workload))
        }
      }
      let groups = event.children("Course") + (event.child("EventGroups")?.children ?? [])
      for group in groups {
        _ = try find(group, eventGroups)
        let name = group["Reference"] ?? ""
        if eventGroups[name]?.last != number { eventGroups[name]?.append(number) }
      }
      var time: Int?
      if let reference = event.child("Time") { time = try find(reference, times) }
      list.append(
        TimetableProblem.Event(id: id, duration: duration, time: time, demands: demands))
    }
    return list
  }

  // MARK: Rules

  private func constraint(_ element: XMLTree) throws(SchedulingError) -> TimetableConstraint {
    let id = try id(element)
    guard let required = ["true": true, "false": false][element.child("Required")?.text ?? ""]
    else {
      throw fault(.wrongValue, "Rule \"\(id)\" must say in <Required> true or false.", element)
    }
    let name = element.child("CostFunction")?.text ?? "Linear"
    guard let function = TimetableConstraint.CostFunction(rawValue: name) else {
      throw fault(
        .wrongValue,
        "Rule \"\(id)\" has the cost function \"\(name)\"; Linear, Quadratic or Step was expected.",
        element)
    }
    return TimetableConstraint(
      id: id, isRequired: required, weight: try number("Weight", in: element),
      costFunction: function, kind: try kind(element))
  }

  private func kind(_ element: XMLTree) throws(SchedulingError) -> TimetableConstraint.Kind {
    let scope = element.child("AppliesTo") ?? XMLTree("AppliesTo")
    switch element.name {
    case "AssignTimeConstraint": return .assignTime(events: try events(scope))
    case "AssignResourceConstraint":
      return .assignResource(role: role(element), events: try events(scope))
    case "SplitEventsConstraint":
      return .splitEvents(
        events: try events(scope),
        durations: try amount(element, "MinimumDuration", "MaximumDuration"),
        amount: try amount(element, "MinimumAmount", "MaximumAmount"))
    case "DistributeSplitEventsConstraint":
      return .distributeSplitEvents(
        events: try events(scope), duration: try number("Duration", in: element),
        amount: try amount(element))
    case "PreferResourcesConstraint":
      return .preferResources(
        role: role(element), events: try events(scope), resources: try resources(element))
    case "PreferTimesConstraint":
      return .preferTimes(
        events: try events(scope), times: try times(element),
        duration: element.child("Duration") == nil ? nil : try number("Duration", in: element))
    case "AvoidSplitAssignmentsConstraint":
      return .avoidSplitAssignments(role: role(element), groups: try groups(scope))
    case "SpreadEventsConstraint":
      var bounded: [TimetableConstraint.BoundedTimes] = []
      for group in element.child("TimeGroups")?.children ?? [] {
        let bounds = try amount(group)
        bounded.append(
          TimetableConstraint.BoundedTimes(
            times: try find(group, timeGroups), minimum: bounds.lowerBound,
            maximum: bounds.upperBound))
      }
      return .spreadEvents(groups: try groups(scope), times: bounded)
    case "LinkEventsConstraint": return .linkEvents(groups: try groups(scope))
    case "OrderEventsConstraint": return .orderEvents(pairs: try pairs(scope))
    default: return try resourceKind(element, scope)
    }
  }

  private func resourceKind(
    _ element: XMLTree, _ scope: XMLTree
  ) throws(SchedulingError) -> TimetableConstraint.Kind {
    let resources = try resources(scope)
    switch element.name {
    case "AvoidClashesConstraint": return .avoidClashes(resources: resources)
    case "AvoidUnavailableTimesConstraint":
      return .avoidUnavailableTimes(resources: resources, times: try times(element))
    case "LimitIdleTimesConstraint":
      return .limitIdleTimes(
        resources: resources, groups: try timeGroups(element), amount: try amount(element))
    case "ClusterBusyTimesConstraint":
      return .clusterBusyTimes(
        resources: resources, groups: try timeGroups(element), amount: try amount(element))
    case "LimitBusyTimesConstraint":
      return .limitBusyTimes(
        resources: resources, groups: try timeGroups(element), amount: try amount(element))
    case "LimitWorkloadConstraint":
      return .limitWorkload(resources: resources, amount: try amount(element))
    default:
      throw fault(.malformed, "<\(element.name)> is not a rule of XHSTT-2014.", element)
    }
  }

  private func role(_ element: XMLTree) -> String { element.child("Role")?.text ?? "" }

  private func unique(_ numbers: [Int]) -> [Int] {
    var seen = Set<Int>()
    return numbers.filter { seen.insert($0).inserted }
  }

  private func events(_ scope: XMLTree) throws(SchedulingError) -> [Int] {
    var found: [Int] = []
    for one in scope.child("EventGroups")?.children ?? [] { found += try find(one, eventGroups) }
    for one in scope.child("Events")?.children ?? [] { found.append(try find(one, events)) }
    return unique(found)
  }

  private func groups(_ scope: XMLTree) throws(SchedulingError) -> [[Int]] {
    var found: [[Int]] = []
    for one in scope.child("EventGroups")?.children ?? [] {
      found.append(try find(one, eventGroups))
    }
    return found
  }

  private func pairs(_ scope: XMLTree) throws(SchedulingError) -> [TimetableConstraint.EventPair] {
    var found: [TimetableConstraint.EventPair] = []
    for pair in scope.child("EventPairs")?.children("EventPair") ?? [] {
      guard let first = pair.child("FirstEvent"), let second = pair.child("SecondEvent") else {
        throw fault(.malformed, "<EventPair> needs <FirstEvent> and <SecondEvent>.", pair)
      }
      let low = try number("MinSeparation", in: pair, default: 0)
      let high = try number("MaxSeparation", in: pair, default: times.count)
      guard low <= high else {
        throw fault(.impossibleWindow, "<EventPair> separates by \(low) to \(high) times.", pair)
      }
      found.append(
        TimetableConstraint.EventPair(
          first: try find(first, events), second: try find(second, events), minimum: low,
          maximum: high))
    }
    return found
  }

  private func resources(_ scope: XMLTree) throws(SchedulingError) -> [Int] {
    var found: [Int] = []
    for one in scope.child("ResourceGroups")?.children ?? [] {
      found += try find(one, resourceGroups)
    }
    for one in scope.child("Resources")?.children ?? [] { found.append(try find(one, resources)) }
    return unique(found)
  }

  private func timeGroups(_ element: XMLTree) throws(SchedulingError) -> [[Int]] {
    var found: [[Int]] = []
    for one in element.child("TimeGroups")?.children ?? [] {
      found.append(try find(one, timeGroups))
    }
    return found
  }

  private func times(_ element: XMLTree) throws(SchedulingError) -> [Int] {
    var found: [Int] = []
    for group in try timeGroups(element) { found += group }
    for one in element.child("Times")?.children ?? [] { found.append(try find(one, times)) }
    return unique(found).sorted()
  }
}
