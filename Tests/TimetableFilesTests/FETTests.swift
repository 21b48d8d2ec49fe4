import Domain
import Scheduling
import Testing
import TimetableFiles

@Suite("FET files")
struct FETTests {
  static let school = """
    <?xml version="1.0" encoding="UTF-8"?>
    <fet version="5.41.0">
    <Days_List><Number_of_Days>2</Number_of_Days>
    <Day><Name>Mo</Name></Day><Day><Name>Tu</Name></Day></Days_List>
    <Hours_List><Hour><Name>1</Name></Hour><Hour><Name>2</Name></Hour>
    <Hour><Name>3</Name></Hour></Hours_List>
    <Students_List><Year><Name>7</Name>
    <Group><Name>7a</Name></Group><Group><Name>7b</Name></Group></Year></Students_List>
    <Teachers_List><Teacher><Name>Ann</Name></Teacher><Teacher><Name>Bob</Name></Teacher>
    </Teachers_List>
    <Rooms_List><Room><Name>Lab</Name></Room></Rooms_List>
    <Activities_List>
    <Activity><Teacher>Ann</Teacher><Subject>Math</Subject><Students>7a</Students>
    <Duration>2</Duration><Id>1</Id><Active>true</Active></Activity>
    <Activity><Teacher>Ann</Teacher><Subject>Math</Subject><Students>7b</Students>
    <Duration>1</Duration><Id>2</Id><Active>true</Active></Activity>
    <Activity><Teacher>Bob</Teacher><Subject>Science</Subject><Students>7b</Students>
    <Duration>1</Duration><Id>3</Id><Active>true</Active></Activity>
    <Activity><Teacher>Bob</Teacher><Subject>Science</Subject><Students>7a</Students>
    <Duration>1</Duration><Id>4</Id><Active>true</Active></Activity>
    <Activity><Teacher>Bob</Teacher><Subject>Assembly</Subject><Students>7</Students>
    <Duration>1</Duration><Id>5</Id><Active>true</Active></Activity>
    </Activities_List>
    <Time_Constraints_List>
    <ConstraintBasicCompulsoryTime><Weight_Percentage>100</Weight_Percentage>
    </ConstraintBasicCompulsoryTime>
    <ConstraintTeacherNotAvailableTimes><Weight_Percentage>100</Weight_Percentage>
    <Teacher>Ann</Teacher><Not_Available_Time><Day>Mo</Day><Hour>2</Hour></Not_Available_Time>
    </ConstraintTeacherNotAvailableTimes>
    <ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage>
    <Activity_Id>5</Activity_Id><Preferred_Day>Mo</Preferred_Day><Preferred_Hour>1</Preferred_Hour>
    </ConstraintActivityPreferredStartingTime>
    <ConstraintMinDaysBetweenActivities><Weight_Percentage>95</Weight_Percentage>
    <Activity_Id>3</Activity_Id><Activity_Id>4</Activity_Id><MinDays>1</MinDays>
    </ConstraintMinDaysBetweenActivities>
    </Time_Constraints_List>
    <Space_Constraints_List>
    <ConstraintSubjectPreferredRoom><Weight_Percentage>100</Weight_Percentage>
    <Subject>Science</Subject><Room>Lab</Room></ConstraintSubjectPreferredRoom>
    </Space_Constraints_List>
    </fet>
    """

  @Test("a small school gets a timetable that keeps FET's rules", arguments: 1...4)
  func solves(seed: Int) throws {
    let file = try FETFile(parsing: Array(Self.school.utf8))
    #expect(file.untranslated.isEmpty)
    let (timetable, cost) = try TimetableSolver.solve(
      file.problem, effort: TimetableEffort(mostSteps: 40_000, seed: UInt64(seed)))
    #expect(cost == TimetableCost(hard: 0, soft: 0))
    let tree = try XMLTree(parsing: Array(file.document(of: timetable).utf8))
    let rows = tree.children("Activity").map { one in
      ["Id", "Day", "Hour", "Room"].map { one.child($0)?.text ?? "?" }
    }
    #expect(rows.map { $0[0] } == ["1", "2", "3", "4", "5"])
    // The rules once more, from the file: 1 and 2 share Ann, 1 and 4 class 7a, and so on.
    let lasts = [2, 1, 1, 1, 1]
    let starts = try rows.map { row in
      (row[1] == "Mo" ? 0 : 10) + (try #require(Int(row[2])))
    }
    let used = starts.indices.map { Set(starts[$0]..<(starts[$0] + lasts[$0])) }
    for (one, other) in [(0, 1), (0, 3), (0, 4), (1, 2), (1, 4), (2, 3), (2, 4), (3, 4)] {
      #expect(used[one].isDisjoint(with: used[other]))
    }
    #expect(!used[0].union(used[1]).contains(2))
    #expect(used.joined().allSatisfy { [1, 2, 3, 11, 12, 13].contains($0) })
    #expect(starts[4] == 1)
    #expect((starts[2] < 10) != (starts[3] < 10))
    #expect(rows.map { $0[3] } == ["", "", "Lab", "Lab", ""])
    #expect(try FETFile(parsing: Array(file.document.utf8)).problem == file.problem)
  }

  @Test("what has no translation is said")
  func untranslated() throws {
    let odd = "<ConstraintOdd><Weight_Percentage>100</Weight_Percentage></ConstraintOdd>"
    let text = Self.school.replacing(
      "</Space_Constraints_List>", with: odd + "</Space_Constraints_List>")
    let file = try FETFile(parsing: Array(text.utf8))
    #expect(file.untranslated.map(\.place.line) == [40])
  }

  @Test(
    "bad input is told with its element and line",
    arguments: [
      ("<Students>7</Students>", "<Students>8</Students>", "unknown_identifier", 21),
      ("<Duration>2</Duration>", "<Duration>0</Duration>", "zero_length", 13),
      ("<Duration>2</Duration>", "<Duration>4</Duration>", "infeasible", 13),
      ("<Id>2</Id>", "<Id>1</Id>", "duplicate_identifier", 15),
      ("<Activity_Id>5<", "<Activity_Id>55<", "unknown_identifier", 31),
      ("<Weight_Percentage>95", "<Weight_Percentage>195", "wrong_value", 33),
      ("<Room>Lab</Room></Con", "<Room>Gym</Room></Con", "unknown_identifier", 39),
      ("</fet>", "", "malformed", 41),
    ])
  func badInput(found: String, bad: String, code: String, line: Int) throws {
    let text = Self.school.replacing(found, with: bad)
    let error = #expect(throws: SchedulingError.self) {
      try FETFile(parsing: Array(text.utf8))
    }
    #expect(error?.code.description == code)
    #expect(error?.place?.line == line)
  }
}
