internal import AdapterKit
internal import CAdapterABI

extension CompetencyWriter {
  /// Counts what reading will not give back of a framework.
  mutating func compare(
    _ framework: TargetTables.Framework, with values: CompetencyValues, _ isScaleKept: Bool
  ) {
    let kind = CBL_KIND_FRAMEWORK
    let format = CompetencyWords.format(values[.descriptionFormat])
    losses.compare(
      kind, "identifier", framework.identifier, with: values[.idNumber],
      "the ID number is the identifier of the record")
    losses.compare(
      kind, "descriptionFormat", framework.format ?? "", with: format,
      "the number of the markup is written")
    losses.compare(
      kind, "taxonomy", framework.taxonomy.joined(separator: "\u{1F}"),
      with: ScaleText.levels(values[.taxonomy]).joined(separator: "\u{1F}"),
      "words stand with commas between them")
    if !isScaleKept {
      losses.reduce(kind, "scale", "scales have no identifiers in the file; they stand there whole")
    }
  }

  /// Counts what reading will not give back of a target and of the associations that start there.
  ///
  /// - Parameter position: The place among the rows with the same parent.
  mutating func compare(
    _ target: TargetTables.Target, with values: CompetencyValues, _ position: Int
  ) {
    let kind = CBL_KIND_TARGET
    let outcome = CompetencyWords.outcome(values[.ruleOutcome])
    let format = CompetencyWords.format(values[.descriptionFormat])
    let fields: [(String, String, String, String)] = [
      (
        "code", target.code, values[.idNumber],
        "two targets have this code, or it is another's identifier, so identifiers are written"
      ),
      ("displayName", target.displayName, "", "a competency has one name"),
      ("type", target.type, "competency", "all rows are competencies"),
      ("position", target.position, String(position), "competencies stand in their order"),
      ("descriptionFormat", target.format ?? "", format, "the number of the markup is written"),
      ("ruleOutcome", target.ruleOutcome, outcome, "the number of the outcome is written"),
    ]
    for (field, value, found, reason) in fields {
      losses.compare(kind, field, value, with: found, reason)
    }
    if !isKept(target.id) { losses.reduce(kind, "id", example: target.id, Self.idReason) }
    if let parent = parents[target.id] {
      compare(tables.associations[parent], sequence: String(position), values[.parent], target)
    }
    let places = related[target.id] ?? []
    let found = CompetencyList.split(values[.related])
    for (index, place) in places.enumerated() {
      guard found.count == places.count else {
        losses.lose(CBL_KIND_ASSOCIATION, "blanks and commas part lists of identifiers")
        continue
      }
      compare(tables.associations[place], sequence: "", found[index], target)
    }
  }

  private static var idReason: String {
    "competencies are known by their ID number, which is the code when there is one"
  }

  /// Whether reading gives a target the identifier that it has.
  private func isKept(_ id: [UInt8]) -> Bool {
    guard let number = numbers[id] else { return true }
    return id.elementsEqual(number.utf8) && uses[number] == 1
  }

  private mutating func compare(
    _ association: TargetTables.Association, sequence: String, _ to: String,
    _ from: TargetTables.Target
  ) {
    let kind = CBL_KIND_ASSOCIATION
    losses.compare(kind, "id", association.id, with: "", "associations have no identifiers")
    losses.compare(
      kind, "sequence", association.sequence, with: sequence, "competencies stand in their order")
    let framework =
      tables.frameworks.indices.contains(Int(from.framework))
      ? tables.frameworks[Int(from.framework)].id : []
    if !association.framework.isEmpty, association.framework != framework {
      losses.reduce(kind, "framework", "associations are of the framework of their target")
    }
    if !isKept(association.from) { losses.reduce(kind, "fromTarget", Self.idReason) }
    let isSame = numbers[association.to].map { to.utf8.elementsEqual($0.utf8) } ?? false
    let isTold = isSame ? isKept(association.to) : association.to.elementsEqual(to.utf8)
    if !isTold { losses.reduce(kind, "toTarget", Self.idReason) }
  }
}
