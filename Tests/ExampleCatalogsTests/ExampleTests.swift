import Catalogs
import Domain
import Testing

/// What the plugin makes of the two catalogs beside this file.
///
/// They were written for this project and are free to use: mathematics in four domains and
/// thirteen levels, and habits of work, which are no academic targets.
@Suite("Example catalogs")
struct ExampleTests {
  @Test("an item is named, found by code and identifier, and says what it is")
  func item() throws {
    let fractions = Standard<ExampleMath>.N_6
    #expect(fractions.code == "LP.M.N.6")
    #expect(fractions.statement.hasPrefix("Adds and subtracts fractions"))
    #expect(fractions.educationLevels == ["05"])
    #expect(fractions.parent == .N)
    #expect(fractions.prerequisites == [.N_5])
    #expect(Standard(code: "LP.M.N.6") == fractions)
    #expect(Standard(identifier: fractions.identifier) == fractions)
    #expect(Standard<ExampleMath>(code: "nothing") == nil)
  }

  @Test("four domains and thirteen levels, habits apart")
  func sizes() {
    #expect(Standard<ExampleMath>.all(ofType: "Domain") == [.N, .P, .S, .D])
    #expect(Standard<ExampleMath>.all(ofType: "Target").count == 52)
    #expect(Standard<ExampleMath>.all(forLevel: "KG").count == 4)
    #expect(Standard<ExampleMath>.N.children.count == 13)
    #expect(Standard<ExampleHabits>.all(ofType: "Habit").count == 12)
    #expect(ExampleMath.edition == "2026")
    #expect(ExampleMath.contentHash.utf8.count == 64)
  }

  @Test("the same graph at run time")
  func graph() throws {
    let graph = PrerequisiteGraph([ExampleMath.catalog])
    #expect(graph.cycles.isEmpty)
    #expect(graph.problems.isEmpty)
    let goal = try #require(graph.number(of: Standard<ExampleMath>.P_4.identifier))
    let path = try #require(graph.path(to: goal))
    let codes = path.compactMap { Standard<ExampleMath>(identifier: graph.items[$0])?.code }
    #expect(codes.last == "LP.M.P.4")
    #expect(codes.contains("LP.M.N.4"))
    #expect(codes.count == 8)
  }
}
