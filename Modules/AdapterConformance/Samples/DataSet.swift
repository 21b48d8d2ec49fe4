internal import AdapterHost
internal import Records

/// Records made from a seed and the table of kinds.
struct DataSet {
  private var random: RandomSource
  /// Records of each kind.
  private static let countOfKind = 4

  init(seed: UInt64) { random = RandomSource(seed: seed) }

  /// A few records of each kind that a format writes, which refer to each other.
  ///
  /// Fields that the format does not write stay absent; tokens are left to the format's default
  /// unless it needs them.
  func rows(for format: LoadedFormat) -> [TrialRow] {
    var random = random
    var rows: [TrialRow] = []
    for schema in RecordSchema.all where !schema.kind.isSourceLayer && schema.kind != .attribute {
      guard let capability = format.capabilities[schema.kind],
        capability.writes | capability.reduces != 0
      else { continue }
      // There is one exchange.
      for number in 0..<(schema.kind == .dataset ? 1 : Self.countOfKind) {
        var row = TrialRow(schema.kind)
        for field in schema.fields {
          let bit: UInt64 = 1 << UInt64(field.index)
          guard (capability.writes | capability.reduces | capability.needs) & bit != 0 else {
            continue
          }
          let isNeeded = capability.needs & bit != 0
          row.fields[field.index] = value(of: field, schema, number, isNeeded, &random)
        }
        rows.append(row)
      }
    }
    return rows
  }

  private func value(
    of field: RecordField, _ schema: RecordSchema, _ number: Int, _ isNeeded: Bool,
    _ random: inout RandomSource
  ) -> [UInt8]? {
    let text: String?
    switch field.type {
    case .identifier: text = "\(schema.name)-\(number + 1)"
    case .reference:
      // A hierarchy has its top; other references name the record of the same number.
      let target = field.reference == schema.kind ? nil : field.reference
      text = target.map { "\($0.name)-\(number + 1)" }
    case .referenceList: text = field.reference.map { "\($0.name)-\(number + 1)" }
    case .text: text = Self.words[random.below(Self.words.count)] + " \(number + 1)"
    case .number: text = "\(1 + random.below(9)).5"
    case .date: text = "2026-0\(1 + random.below(9))-1\(random.below(10))"
    case .boolean: text = random.below(2) == 0 ? "true" : "false"
    case .token: text = isNeeded ? "active" : nil
    case .list: text = isNeeded ? "one" : nil
    }
    return text.map { Array($0.utf8) }
  }

  /// Words with everything that writers forget to escape.
  private static let words = [
    "Algebra", "Zoë", "李娜", "e\u{301}t\u{E9}", "a, b", "a;b", "say \"yes\"", "R&D", "<b>", "50 %",
    "O'Neil", "back\\slash", "007", "[x]", "{y}", "1/2",
  ]

  /// Records with other free texts in the fields that a format keeps whole.
  func rewording(_ rows: [TrialRow], for format: LoadedFormat) -> [TrialRow] {
    var random = random
    return rows.map { row in
      var changed = row
      let writes = format.capabilities[row.kind]?.writes ?? 0
      for field in RecordSchema.of(row.kind).fields where field.type == .text {
        guard writes & 1 << UInt64(field.index) != 0, row.fields[field.index]?.isEmpty == false,
          random.below(3) == 0
        else { continue }
        let word = Self.words[random.below(Self.words.count)]
        changed.fields[field.index] = Array("\(word) \(random.below(1000))".utf8)
      }
      return changed
    }
  }
}
