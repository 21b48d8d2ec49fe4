import Domain
import Scheduling

/// A document of the format `cbl-wishes/1`: rules that people want of one block of a day.
struct WishDocument {
  let wishes: WishList

  init(_ path: String, of problem: GroupingProblem) throws {
    wishes = try ScheduleDocument(path, format: "cbl-wishes/1").reading { node in
      let block = try node.need("block").count()
      guard (1...problem.blockCount).contains(block) else {
        throw node.unexpected("The block is \(block); the day has 1 to \(problem.blockCount).")
      }
      var rules: [WishList.Rule] = []
      for item in try node.need("rules").items {
        let name = try item["name"]?.text().text ?? "rule \(rules.count + 1)"
        rules.append(
          WishList.Rule(name, try Self.wish(item, problem), cost: try item.number("cost", or: 1)))
      }
      return try WishList(rules, in: block - 1, of: problem)
    }
  }

  private static func wish(
    _ node: DocumentNode, _ problem: GroupingProblem
  ) throws -> WishList.Wish {
    func learner(_ node: DocumentNode) throws -> Int {
      let name = try node.text()
      guard let number = problem.learners.firstIndex(where: { $0.id.identifier == name }) else {
        throw node.unexpected("\"\(name)\" is no learner of the day.")
      }
      return number
    }
    func section(_ node: DocumentNode) throws -> Int {
      let name = try node.text()
      guard let number = problem.sections.firstIndex(where: { $0.id == name }) else {
        throw node.unexpected("\"\(name)\" is no section of the day.")
      }
      return number
    }
    if let item = node["seated"] { return .seated(learner: try learner(item)) }
    if let item = node["closed"] { return .closed(section: try section(item)) }
    if let item = node["placed"] {
      return .placed(
        learner: try learner(item.need("learner")), section: try section(item.need("section")))
    }
    if let item = node["kept"] {
      return .kept(
        learner: try learner(item.need("learner")), outOf: try section(item.need("section")))
    }
    if let item = node["limited"] {
      return .limited(section: try section(item.need("section")), to: try item.need("to").count())
    }
    throw node.unexpected("A rule has one of seated, placed, kept, closed and limited.")
  }

  /// The most rules of a clash that are named.
  static let mostNamed = 5

  /// What is wrong with the rules, in lines; none when all of them can hold.
  func lines() -> [String] {
    guard let clash = wishes.clash() else { return [] }
    var lines = ["these rules cannot hold together:"]
    lines += clash.prefix(Self.mostNamed).map { "  \(wishes.rules[$0].name.escapingControls())" }
    if clash.count > Self.mostNamed { lines.append("  and \(clash.count - Self.mostNamed) more") }
    let (rules, isCheapest) = wishes.relaxation()
    let cost = rules.reduce(0) { $0 + wishes.rules[$1].cost }
    lines.append(
      "\(isCheapest ? "the cheapest to give up" : "enough to give up, perhaps not the cheapest"), "
        + "cost \(cost):")
    lines += rules.map { "  \(wishes.rules[$0].name.escapingControls())" }
    return lines
  }
}
