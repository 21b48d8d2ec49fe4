internal import AdapterKit
internal import CAdapterABI

/// Frameworks, targets and scales as they come to a writer, by the host's numbers.
///
/// Catalogs are small beside results, so fields are strings here.
struct TargetTables {
  struct Framework {
    var id: [UInt8] = []
    var title = ""
    var description = ""
    var format: String?
    var identifier = ""
    var taxonomy: [String] = []
    var scale = noNumber
    var exists = false
  }

  struct Target {
    var id: [UInt8] = []
    var framework = noNumber
    var code = ""
    var title = ""
    var displayName = ""
    var statement = ""
    var type = ""
    var format: String?
    var scale = noNumber
    var ruleType = ""
    var ruleOutcome = ""
    var ruleConfig = ""
    var number = ""
    var position = ""
    var isDeleted = false
  }

  struct Level {
    var id = ""
    var label = ""
    var position = 0
    /// The position and the flags as the record has them.
    var positionText = ""
    var mastery = ""
    var standard = ""
    var isMastery: Bool { mastery == "true" }
    var isDefault: Bool { standard == "true" }
  }

  struct Scale {
    var id: [UInt8] = []
    var title = ""
    var type = ""
    var description: String?
    var levels: [Level] = []
  }

  struct Association {
    var id = ""
    var framework: [UInt8] = []
    var type = ""
    var sequence = ""
    var from: [UInt8] = []
    var to: [UInt8] = []
  }

  private(set) var frameworks: [Framework] = []
  private(set) var targets: [Target] = []
  private(set) var scales: [Scale] = []
  private(set) var associations: [Association] = []
  /// Attributes of Moodle by owner: kind, identifier and key, to value.
  private(set) var attributes: [[UInt8]: String] = [:]
  /// Keys of the attributes of targets, in the order in which they came.
  private(set) var targetKeys: [String] = []
  /// Layouts by the name of their member.
  private(set) var layouts: [String: String] = [:]
  private(set) var lostAttributes = 0

  init() {}

  /// Takes a batch.
  mutating func take(_ batch: RecordBatch, layoutKey: StaticString) {
    switch batch.kind {
    case CBL_KIND_ATTRIBUTE: takeAttributes(batch, layoutKey)
    case CBL_KIND_FRAMEWORK: takeFrameworks(batch)
    case CBL_KIND_TARGET: takeTargets(batch)
    case CBL_KIND_SCALE: takeScales(batch)
    case CBL_KIND_SCALE_LEVEL: takeLevels(batch)
    case CBL_KIND_ASSOCIATION:
      for row in batch.rows(as: AssociationRow.self) {
        associations.append(
          Association(
            id: row.id.string, framework: row.framework.array, type: row.type.string,
            sequence: row.sequence.string, from: row.from_target.array, to: row.to_target.array))
      }
    default: return
    }
  }

  private mutating func takeAttributes(_ batch: RecordBatch, _ layoutKey: StaticString) {
    for row in batch.rows(as: AttributeRow.self) {
      guard row.vocabulary.equals("moodle") else {
        lostAttributes += 1
        continue
      }
      if row.owner_kind.equals("sourceMember") {
        if row.key.equals(Text(layoutKey)) { layouts[row.owner.string] = row.value.string }
        continue
      }
      let key = row.key.string
      if row.owner_kind.equals("target"), !targetKeys.contains(key) { targetKeys.append(key) }
      attributes[Self.key(row.owner_kind.string, row.owner.array, key)] = row.value.string
    }
  }

  private static func key(_ kind: String, _ owner: [UInt8], _ key: String) -> [UInt8] {
    Array(kind.utf8) + [0x1F] + owner + [0x1F] + Array(key.utf8)
  }

  /// An attribute, or `nil`.
  func attribute(_ kind: String, _ owner: [UInt8], _ key: String) -> String? {
    attributes[Self.key(kind, owner, key)]
  }

  private mutating func takeFrameworks(_ batch: RecordBatch) {
    let numbers = unsafe batch.numbers(0)
    let scaleNumbers = unsafe batch.numbers(13)
    for (place, row) in batch.rows(as: FrameworkRow.self).enumerated() {
      let number = unsafe Int(numbers?[place] ?? UInt32(frameworks.count))
      guard number != Int(noNumber) else { continue }
      while frameworks.count <= number { frameworks.append(Framework()) }
      var entry = Framework()
      entry.id = row.id.array
      entry.title = row.title.string
      entry.description = row.description.string
      entry.format = row.description_format.isAbsent ? nil : row.description_format.string
      entry.identifier = row.identifier.string
      entry.taxonomy = row.taxonomy.elements.map(\.string)
      if let scaleNumbers = unsafe scaleNumbers { entry.scale = unsafe scaleNumbers[place] }
      entry.exists = true
      frameworks[number] = entry
    }
  }

  private mutating func takeTargets(_ batch: RecordBatch) {
    let numbers = unsafe batch.numbers(0)
    let frameworkNumbers = unsafe batch.numbers(3)
    let scaleNumbers = unsafe batch.numbers(14)
    for (place, row) in batch.rows(as: TargetRow.self).enumerated() {
      let number = unsafe Int(numbers?[place] ?? UInt32(targets.count))
      guard number != Int(noNumber) else { continue }
      while targets.count <= number { targets.append(Target()) }
      var entry = Target()
      entry.id = row.id.array
      if let frameworkNumbers = unsafe frameworkNumbers {
        entry.framework = unsafe frameworkNumbers[place]
      }
      entry.code = row.code.string
      entry.title = row.title.string
      entry.displayName = row.display_name.string
      entry.statement = row.statement.string
      entry.type = row.type.string
      entry.format = row.description_format.isAbsent ? nil : row.description_format.string
      if let scaleNumbers = unsafe scaleNumbers { entry.scale = unsafe scaleNumbers[place] }
      entry.ruleType = row.rule_type.string
      entry.ruleOutcome = row.rule_outcome.string
      entry.ruleConfig = row.rule_config.string
      entry.number = row.number.string
      entry.position = row.position.string
      entry.isDeleted = row.status.equals("tobedeleted")
      targets[number] = entry
    }
  }

  private mutating func takeScales(_ batch: RecordBatch) {
    let numbers = unsafe batch.numbers(0)
    for (place, row) in batch.rows(as: ScaleRow.self).enumerated() {
      let number = unsafe Int(numbers?[place] ?? UInt32(scales.count))
      guard number != Int(noNumber) else { continue }
      while scales.count <= number { scales.append(Scale()) }
      scales[number] = Scale(
        id: row.id.array, title: row.title.string, type: row.type.string,
        description: row.description.isAbsent ? nil : row.description.string)
    }
  }

  private mutating func takeLevels(_ batch: RecordBatch) {
    guard let numbers = unsafe batch.numbers(3) else { return }
    for (place, row) in batch.rows(as: ScaleLevelRow.self).enumerated() {
      let number = unsafe Int(numbers[place])
      guard scales.indices.contains(number) else { continue }
      let count = scales[number].levels.count
      scales[number].levels.append(
        Level(
          id: row.id.string, label: row.label.string,
          position: Int(row.position.string) ?? count, positionText: row.position.string,
          mastery: row.mastery.string, standard: row.is_default.string))
    }
  }

  /// The levels of a scale, from the lowest; none when there is no such scale.
  func levels(of scale: UInt32) -> [Level] {
    guard scales.indices.contains(Int(scale)) else { return [] }
    // The sort of the standard library is stable.
    return scales[Int(scale)].levels.sorted { $0.position < $1.position }
  }

  /// The name of a target as people see it.
  static func name(of target: Target) -> String {
    for text in [target.title, target.displayName, target.statement, target.code]
    where !text.isEmpty {
      return text
    }
    return String(decoding: target.id, as: UTF8.self)
  }
}
