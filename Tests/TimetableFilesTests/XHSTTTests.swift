import Domain
import Foundation
import Scheduling
import Testing
import TimetableFiles

@Suite("XHSTT archives")
struct XHSTTTests {
  static let school = """
    <HighSchoolTimetableArchive Id="small">
      <Instances><Instance Id="one">
        <MetaData><Name>A &amp; B</Name></MetaData>
        <Times>
          <TimeGroups><Day Id="d1"><Name>1</Name></Day><Day Id="d2"><Name>2</Name></Day></TimeGroups>
          <Time Id="1a"><Day Reference="d1"/></Time><Time Id="1b"><Day Reference="d1"/></Time>
          <Time Id="2a"><Day Reference="d2"/></Time><Time Id="2b"><Day Reference="d2"/></Time>
        </Times>
        <Resources>
          <ResourceTypes><ResourceType Id="T"/><ResourceType Id="C"/></ResourceTypes>
          <ResourceGroups><ResourceGroup Id="all"><ResourceType Reference="T"/></ResourceGroup>
          </ResourceGroups>
          <Resource Id="ann"><ResourceType Reference="T"/>
            <ResourceGroups><ResourceGroup Reference="all"/></ResourceGroups></Resource>
          <Resource Id="7b"><ResourceType Reference="C"/></Resource>
        </Resources>
        <Events>
          <EventGroups><EventGroup Id="ge"/></EventGroups>
          <Event Id="math"><Duration>2</Duration>
            <Resources><Resource Reference="7b"/>
              <Resource><Role>teacher</Role><ResourceType Reference="T"/></Resource></Resources>
            <EventGroups><EventGroup Reference="ge"/></EventGroups></Event>
          <Event Id="art"><Duration>1</Duration>
            <Resources><Resource Reference="7b"/></Resources></Event>
        </Events>
        <Constraints>
          <AssignTimeConstraint Id="at"><Name/><Required>true</Required><Weight>1</Weight>
            <CostFunction>Linear</CostFunction>
            <AppliesTo><Events><Event Reference="math"/><Event Reference="art"/></Events>
            </AppliesTo></AssignTimeConstraint>
          <AssignResourceConstraint Id="ar"><Name/><Required>true</Required><Weight>1</Weight>
            <CostFunction>Linear</CostFunction>
            <AppliesTo><EventGroups><EventGroup Reference="ge"/></EventGroups></AppliesTo>
            <Role>teacher</Role></AssignResourceConstraint>
          <SplitEventsConstraint Id="se"><Name/><Required>true</Required><Weight>1</Weight>
            <CostFunction>Linear</CostFunction>
            <AppliesTo><EventGroups><EventGroup Reference="ge"/></EventGroups></AppliesTo>
            <MinimumDuration>1</MinimumDuration><MaximumDuration>1</MaximumDuration>
            <MinimumAmount>2</MinimumAmount><MaximumAmount>2</MaximumAmount>
          </SplitEventsConstraint>
          <SpreadEventsConstraint Id="sp"><Name/><Required>true</Required><Weight>1</Weight>
            <CostFunction>Linear</CostFunction>
            <AppliesTo><EventGroups><EventGroup Reference="ge"/></EventGroups></AppliesTo>
            <TimeGroups>
              <TimeGroup Reference="d1"><Minimum>0</Minimum><Maximum>1</Maximum></TimeGroup>
              <TimeGroup Reference="d2"><Minimum>0</Minimum><Maximum>1</Maximum></TimeGroup>
            </TimeGroups></SpreadEventsConstraint>
          <AvoidClashesConstraint Id="ac"><Name/><Required>true</Required><Weight>1</Weight>
            <CostFunction>Linear</CostFunction>
            <AppliesTo><ResourceGroups><ResourceGroup Reference="all"/></ResourceGroups>
              <Resources><Resource Reference="7b"/></Resources></AppliesTo>
          </AvoidClashesConstraint>
        </Constraints>
      </Instance></Instances>
    </HighSchoolTimetableArchive>
    """

  @Test("a problem is solved, and its solution is read back with the same cost")
  func solves() throws {
    var archive = try XHSTTArchive(parsing: Array(Self.school.utf8))
    let problem = archive.instances[0].problem
    #expect(problem.constraints.count == 5)
    // Nothing is planned: math and art without times, math without a teacher and unsplit.
    #expect(problem.cost(of: Timetable(meetings: [])) == TimetableCost(hard: 7, soft: 0))
    let (timetable, cost) = try TimetableSolver.solve(
      problem, effort: TimetableEffort(mostSteps: 20_000))
    #expect(cost == TimetableCost(hard: 0, soft: 0))
    archive.add(timetable, of: 0, group: "ours", contributor: "our school")
    let again = try XHSTTArchive(parsing: Array(archive.document.utf8))
    #expect(again.instances[0].problem == problem)
    let solution = try #require(again.solutions.first)
    #expect(solution.reported == cost)
    #expect(problem.cost(of: solution.timetable) == cost)
    #expect(Set(solution.timetable.meetings) == Set(timetable.meetings))
  }

  @Test("what is read and written unchanged is the same document")
  func unchanged() throws {
    let tree = try XMLTree(parsing: Array(Self.school.utf8))
    let archive = try XHSTTArchive(tree: tree)
    let again = try XMLTree(parsing: Array(archive.document.utf8))
    func plain(_ tree: XMLTree) -> String {
      var copy = tree
      copy.line = 0
      return copy.document
    }
    #expect(plain(again) == plain(tree))
  }

  @Test(
    "bad input is told with its element and line",
    arguments: [
      (#"<Event Reference="art"/>"#, #"<Event Reference="arts"/>"#, "unknown_identifier", 29),
      ("<Duration>1</Duration>", "<Duration>0</Duration>", "zero_length", 23),
      (#"<Resource Id="7b">"#, #"<Resource Id="ann">"#, "duplicate_identifier", 15),
      ("<MinimumAmount>2", "<MinimumAmount>3", "impossible_window", 35),
      ("AvoidClashesConstraint", "AvoidAllConstraint", "malformed", 48),
      ("<Required>true</Required>", "<Required>maybe</Required>", "wrong_value", 27),
      ("</HighSchoolTimetableArchive>", "", "malformed", 55),
      ("HighSchoolTimetableArchive", "Timetable", "malformed", 1),
    ])
  func badInput(found: String, bad: String, code: String, line: Int) throws {
    let text = Self.school.replacing(found, with: bad)
    #expect {
      try XHSTTArchive(parsing: Array(text.utf8), file: "s.xml")
    } throws: { error in
      guard let error = error as? SchedulingError else { return false }
      let fits = error.code.description == code && error.place?.line == line
      if !fits { print("\(error)") }
      return fits
    }
  }

  @Test("double bookings in a solution are told")
  func doubleBooking() {
    let solution = """
      <SolutionGroups><SolutionGroup Id="x"><Solution Reference="one"><Events>
      <Event Reference="art"/><Event Reference="art"/></Events></Solution></SolutionGroup>
      </SolutionGroups></HighSchoolTimetableArchive>
      """
    let text = Self.school.replacing("</HighSchoolTimetableArchive>", with: solution)
    #expect {
      try XHSTTArchive(parsing: Array(text.utf8))
    } throws: { error in (error as? SchedulingError)?.code == .doubleBooking }
  }

  /// The costs that evaluators of others give for solutions in the shared archive.
  static let published: [(file: String, group: String, cost: TimetableCost)] = [
    ("BR-SA-00", "Lectio", TimetableCost(hard: 0, soft: 5)),
    ("ES-SS-08", "FET5.16.0_2012-03-09", TimetableCost(hard: 3, soft: 5966)),
    ("ES-SS-08", "LectioIntegerProgramming_2016-01-04", TimetableCost(hard: 0, soft: 335)),
    ("FI-MP-06", "GOAL team Fri Feb  6 01:31:42 2015", TimetableCost(hard: 0, soft: 77)),
    ("FI-WP-06", "GOAL team Fri Jan 29 01:53:12 2016", TimetableCost(hard: 0, soft: 0)),
    ("GR-PA-08", "GOAL team Thu Feb 19 00:23:48 2015", TimetableCost(hard: 0, soft: 3)),
    ("AU-TE-99", "GOAL team Fri Mar 4 15:02:53 2016", TimetableCost(hard: 0, soft: 20)),
  ]

  @Test(
    "published solutions cost what is published",
    .enabled(if: ProcessInfo.processInfo.environment["CBL_SAMPLES"] != nil),
    arguments: published.indices)
  func samples(index: Int) throws {
    let (file, group, cost) = Self.published[index]
    let folder = ProcessInfo.processInfo.environment["CBL_SAMPLES"] ?? ""
    let bytes = try Data(
      contentsOf: URL(fileURLWithPath: "\(folder)/scheduling/xhstt/\(file).xml"))
    let archive = try XHSTTArchive(parsing: Array(bytes))
    let solution = try #require(archive.solutions.first { $0.group == group })
    #expect(archive.instances[solution.instance].problem.cost(of: solution.timetable) == cost)
  }
}
