internal import AdapterKit
internal import CAdapterABI

extension GradebookGrid {
  /// Gives the assignments headings by which a reader knows them again.
  ///
  /// A heading ends with the identifier in parentheses. The identifier that a reader made of a
  /// title is left out again, as long as the title alone is taken for an assignment.
  mutating func setHeadings(_ roster: GradebookRoster) {
    let isPlain = plan.columns.allSatisfy { column in
      column.role != .item || column.key.utf8.starts(with: Self.invented)
        || isDigits(column.key)
    }
    var seen: Set<[UInt8]> = []
    for index in plan.columns.indices where plan.columns[index].role == .item {
      let column = plan.columns[index]
      let isBare = isPlain && isTitleEnough(column, roster.items[Int(items[index])])
      let heading = isBare ? column.title : "\(column.title) (\(Self.inParentheses(column.key)))"
      if seen.insert(Array(heading.utf8)).inserted {
        plan.columns[index].header = heading
        continue
      }
      var number = 2
      while !seen.insert(Array("\(column.title) (\(number)-\(column.key))".utf8)).inserted {
        number += 1
      }
      plan.columns[index].header = "\(column.title) (\(number)-\(Self.inParentheses(column.key)))"
    }
  }

  private static let invented = "canvas:column:".utf8

  private func isTitleEnough(_ column: GradebookColumn, _ item: GradebookRoster.Item) -> Bool {
    column.key.utf8.starts(with: Self.invented) && !trimmed(column.title).isEmpty
      && !item.maximum.isEmpty && parseTrailingParentheses(column.title) == nil
      && IdentityColumns.role(of: column.title) == nil && TotalHeading(column.title) == nil
      && FormulaGuard.equation.removed(from: column.title) == column.title
  }

  /// An identifier without blanks and parentheses, which would end it early.
  static func inParentheses(_ id: String) -> String {
    guard id.utf8.contains(where: { $0 == 0x20 || $0 == 0x28 || $0 == 0x29 }) else { return id }
    var bytes: [UInt8] = []
    for byte in id.utf8 {
      switch byte {
      case 0x20: bytes += "%20".utf8
      case 0x28: bytes += "%28".utf8
      case 0x29: bytes += "%29".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension GradebookLosses {
  /// Counts what a gradebook does not say of its columns.
  ///
  /// - Parameter isFresh: Whether no file was read for it, so nothing beside the cells says it.
  mutating func compare(
    _ grid: borrowing GradebookGrid, _ roster: GradebookRoster, isFresh: Bool
  ) {
    let classNumber = grid.classes.first.map(Int.init) ?? noClass(grid, roster)
    if isFresh {
      sections[roster.sectionText(of: classNumber, isShown: !grid.people.isEmpty), default: 0] += 1
    }
    var usual: [Int: ScoreUnit] = [:]
    var position = 0
    for index in grid.plan.columns.indices where grid.plan.columns[index].role == .item {
      defer { position += 1 }
      guard grid.items[index] != noNumber else { continue }
      let number = grid.items[index]
      let item = roster.items[Int(number)]
      let place = grid.scorePlace[index]
      compare(item, grid.plan, position)
      compareMaximum(item, roster)
      if item.unit != .unsaid {
        let unit = grid.survey(ofPlace: place).unit
        usual[place] = unit
        if unit != item.unit {
          tally.reduce(CBL_KIND_LINE_ITEM, "scoreKind", "cells show the unit")
        }
      }
      let isNew = index >= grid.knownColumns
      guard isFresh || isNew else { continue }
      compareIdentifier(grid.plan.columns[index], grid, place)
      if item.isOfStrangeClass {
        tally.reduce(CBL_KIND_LINE_ITEM, "class", "a class is known by the text of its section")
      }
      if Int(item.classNumber) == classNumber, classNumber < roster.classes.count {
        name(classNumber, \.items)
      } else {
        strays.append((number, grid.filledCount(ofPlace: place)))
      }
    }
    compareUnits(grid, &usual)
    for (place, position) in grid.positions where grid.scorePlace.firstIndex(of: place) != position
    {
      tally.reduce(CBL_KIND_AGGREGATE_GRADE, "position", "the order of the columns is their place")
    }
  }

  private func noClass(_ grid: borrowing GradebookGrid, _ roster: GradebookRoster) -> Int {
    let item = grid.items.first { $0 != noNumber }
    return item.map { Int(roster.items[Int($0)].classNumber) } ?? roster.classes.count
  }

  private mutating func compare(
    _ item: GradebookRoster.Item, _ plan: GradebookPlan, _ position: Int
  ) {
    let kind = CBL_KIND_LINE_ITEM
    if item.saysHidden, plan.posting == nil {
      tally.reduce(kind, "hidden", "a gradebook says it only when some assignment is hidden")
    }
    if item.saysPosition, !item.hasPlainPosition || item.position != position {
      tally.reduce(kind, "position", "the order of the columns is their place")
    }
  }

  private mutating func compareMaximum(_ item: GradebookRoster.Item, _ roster: GradebookRoster) {
    guard !item.maximum.isEmpty else { return }
    let isWritable = roster.pool.withText(item.maximum) { bytes in
      var written: [UInt8] = []
      return DecimalText.append(
        bytes, mark: UInt8(ascii: "."), hasTwoDecimals: true, to: &written)
    }
    if !isWritable {
      tally.reduce(CBL_KIND_LINE_ITEM, "maximum", "the number has no plain decimal form")
    }
  }

  private mutating func compareIdentifier(
    _ column: GradebookColumn, _ grid: borrowing GradebookGrid, _ place: Int
  ) {
    let heading = "\(column.title) (\(column.key))"
    guard !column.header.utf8.elementsEqual(heading.utf8) else { return }
    let reason = "a heading holds no identifier with blanks, nor one that was made of the title"
    tally.reduce(CBL_KIND_LINE_ITEM, "id", reason)
    tally.reduce(CBL_KIND_RESULT, "lineItem", grid.filledCount(ofPlace: place), reason)
  }

  private mutating func compareUnits(
    _ grid: borrowing GradebookGrid, _ usual: inout [Int: ScoreUnit]
  ) {
    for (place, unit, shown) in grid.units {
      let common = usual[place] ?? grid.survey(ofPlace: place).unit
      usual[place] = common
      if shown == common || shown != unit { units += 1 }
    }
  }
}
