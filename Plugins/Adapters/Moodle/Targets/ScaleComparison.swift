internal import AdapterKit
internal import CAdapterABI

/// Counts what reading will not give back of scales, which stand beside the targets that use them.
struct ScaleComparison {
  private var names = ScaleNames()
  private var isUsed: [Bool]
  private let keepsFlags: Bool

  /// - Parameters:
  ///   - count: The number of scales.
  ///   - keepsFlags: Whether the format says which levels are mastery and default.
  init(count: Int, keepsFlags: Bool) {
    isUsed = Array(repeating: false, count: count)
    self.keepsFlags = keepsFlags
  }

  /// The levels of a scale that have a place in the file, from the lowest.
  static func levels(of scale: UInt32, in tables: TargetTables) -> [TargetTables.Level] {
    tables.levels(of: scale).filter { ScaleText.hasPlace($0.label) }
  }

  /// Notes that a scale was written beside a target or framework.
  ///
  /// - Parameters:
  ///   - number: The number of the scale.
  ///   - read: The scale as reading makes it of the cells.
  ///   - hasFlags: Whether the cells of this scale say which levels are mastery and default.
  /// - Returns: Whether reading gives the scale the identifier that it has.
  mutating func use(
    _ number: Int, of tables: TargetTables, as read: ScaleSink.Scale, hasFlags: Bool,
    _ losses: inout LossTally
  ) -> Bool {
    let scale = tables.scales[number]
    let (id, _) = names.name(read)
    if !isUsed[number] {
      isUsed[number] = true
      compare(scale, tables.levels(of: UInt32(number)), with: read, id, hasFlags, &losses)
    }
    return scale.id.elementsEqual(id.utf8)
  }

  private func compare(
    _ scale: TargetTables.Scale, _ levels: [TargetTables.Level], with read: ScaleSink.Scale,
    _ id: String, _ hasFlags: Bool, _ losses: inout LossTally
  ) {
    let kind = CBL_KIND_SCALE
    losses.compare(
      kind, "id", String(decoding: scale.id, as: UTF8.self), with: id,
      "scales have no identifiers in the file; theirs are made of what stands there")
    losses.compare(kind, "title", scale.title, with: read.title, "the file has no title for it")
    losses.compare(kind, "type", scale.type, with: "level", "scales in the file have levels")
    let level = CBL_KIND_SCALE_LEVEL
    var place = 0
    for entry in levels {
      guard ScaleText.hasPlace(entry.label), place < read.levels.count else {
        losses.lose(level, "a level without a name has no place")
        continue
      }
      let found = read.levels[place]
      losses.compare(
        level, "id", entry.id, with: "\(id):\(place + 1)",
        "levels have no identifiers in the file; theirs are made of their places")
      if !scale.id.elementsEqual(id.utf8) {
        losses.reduce(level, "scale", "scales have no identifiers in the file")
      }
      losses.compare(
        level, "label", entry.label, with: found.label,
        "levels stand with commas between them, so a comma becomes a semicolon and outer blanks "
          + "are left out")
      losses.compare(
        level, "position", entry.positionText, with: String(place), "levels stand in their order")
      compareFlags(entry, with: found, hasFlags, &losses)
      place += 1
    }
  }

  private func compareFlags(
    _ entry: TargetTables.Level, with found: TargetTables.Level, _ hasFlags: Bool,
    _ losses: inout LossTally
  ) {
    // The host counts the flags that a format has no place for.
    guard keepsFlags else { return }
    let flags = [
      ("mastery", entry.mastery, found.mastery), ("default", entry.standard, found.standard),
    ]
    for (field, value, read) in flags {
      losses.compare(
        CBL_KIND_SCALE_LEVEL, field, value, with: hasFlags ? read : "",
        "the configuration of the scale does not say it")
    }
  }

  /// Counts the scales that were not written, and their levels.
  func reportUnused(_ tables: TargetTables, _ losses: inout LossTally) {
    let reason = "only scales that something in the file uses are written"
    for number in isUsed.indices where !isUsed[number] {
      losses.lose(CBL_KIND_SCALE, example: tables.scales[number].id, reason)
      losses.lose(
        CBL_KIND_SCALE_LEVEL, tables.levels(of: UInt32(number)).count, reason)
    }
  }
}
