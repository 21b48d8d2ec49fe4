internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Why the cell of a score has no record.
enum GradeFault: String {
  case words, unclear
  case garbage = "malformed"

  /// What is wrong and how to repair it.
  var message: String {
    switch self {
    case .words:
      "words stand in a column of numbers; write the number, or export the scale's item apart"
    case .unclear:
      "the mark in this number does not fit the column, or has two readings; write it with a "
        + "point and without thousands marks"
    case .garbage:
      "this is no number that a gradebook can hold; write digits with one decimal mark"
    }
  }
}

/// What the cells of one learner and one item, or of one total, say.
struct GradeReading {
  var values = GradeValues()
  /// The column whose number is the score, or -1; the number is in the buffer of the call.
  var numberColumn = -1
  /// Why there is no record, and the column at fault.
  var fault: (fault: GradeFault, column: Int)?
  /// The column of words that stand among numbers, or -1.
  var oddWords = -1

  /// What the score says of the state; blank for a comment alone.
  var state: StaticString {
    if !values.score.isEmpty || !values.textScore.isEmpty { return "graded" }
    return values.isNoGrade ? "noGrade" : ""
  }
}

extension GradeSheet {
  /// Reads the cells of an item.
  ///
  /// - Parameters:
  ///   - cells: The cells of the row, as they stand in the file.
  ///   - number: Gets the number of the score in its plain form.
  func read(_ item: Item, _ cells: [Text], _ number: inout ByteBuffer) -> GradeReading {
    var reading = GradeReading()
    readReal(item, cells, &number, &reading)
    if reading.fault == nil { readPercentage(item, cells, &number, &reading) }
    guard reading.fault == nil else { return reading }
    readLetter(item, cells, &reading.values)
    if item.feedback >= 0 {
      reading.values.comment = FormulaGuard.withoutApostrophe(cells[item.feedback])
    }
    if !reading.values.score.isEmpty || !reading.values.textScore.isEmpty {
      reading.values.isNoGrade = false
    }
    return reading
  }

  private func readReal(
    _ item: Item, _ cells: [Text], _ number: inout ByteBuffer, _ reading: inout GradeReading
  ) {
    guard item.real >= 0 else { return }
    let raw = cells[item.real]
    let text = FormulaGuard.withoutApostrophe(raw)
    guard !text.isDash || raw.isDash else {
      reading.values.textScore = text
      return
    }
    number.removeAll()
    switch GradeCell(text, mark: marks[item.real], number: &number) {
    case .blank: break
    case .noGrade: reading.values.isNoGrade = true
    case .number(let isPercent):
      reading.values.score = text
      reading.values.isPercent = isPercent
      reading.numberColumn = item.real
    case .words:
      if isNumeric(item), !GradeCell.isLetter(text) { reading.oddWords = item.real }
      reading.values.textScore = text
    case .unclear: reading.fault = (.unclear, item.real)
    case .garbage: reading.fault = (.garbage, item.real)
    }
  }

  private func readPercentage(
    _ item: Item, _ cells: [Text], _ number: inout ByteBuffer, _ reading: inout GradeReading
  ) {
    guard item.percentage >= 0 else { return }
    let text = FormulaGuard.withoutApostrophe(cells[item.percentage])
    guard reading.values.score.isEmpty, reading.values.textScore.isEmpty else {
      if text.isDash {
        reading.values.isNoGrade = true
      } else if !text.isEmpty {
        reading.values.percentage = text
      }
      return
    }
    number.removeAll()
    switch GradeCell(text, mark: marks[item.percentage], number: &number) {
    case .blank: break
    case .noGrade: reading.values.isNoGrade = true
    case .number:
      reading.values.score = text
      reading.values.isPercent = true
      reading.numberColumn = item.percentage
    case .words: reading.values.textScore = text
    case .unclear: reading.fault = (.unclear, item.percentage)
    case .garbage: reading.fault = (.garbage, item.percentage)
    }
  }

  private func readLetter(_ item: Item, _ cells: [Text], _ values: inout GradeValues) {
    guard item.letter >= 0 else { return }
    let raw = cells[item.letter]
    let text = FormulaGuard.withoutApostrophe(raw)
    if text.isEmpty { return }
    if raw.isDash {
      values.isNoGrade = true
    } else if values.textScore.isEmpty {
      values.textScore = text
    } else {
      values.letter = text
    }
  }

  /// The unit of a score, when it is not the one of the item.
  func scoreKind(of values: GradeValues, _ item: Item) -> StaticString? {
    let kind: StaticString
    if !values.score.isEmpty {
      kind = values.isPercent ? "percent" : "points"
    } else if !values.textScore.isEmpty {
      kind = item.real < 0 || GradeCell.isLetter(values.textScore) ? "letter" : "level"
    } else {
      return nil
    }
    return item.scoreKind == kind.description ? nil : kind
  }

  /// Reads the cells of a total.
  func read(_ total: Total, _ cells: [Text], _ number: inout ByteBuffer) -> GradeReading {
    var reading = read(total.item, cells, &number)
    // A total without a value has no record.
    reading.values.isNoGrade = false
    reading.oddWords = -1
    return reading
  }

  /// The unit of a total.
  static func scoreKind(ofTotal values: GradeValues) -> StaticString {
    values.score.isEmpty ? "letter" : values.isPercent ? "percent" : "points"
  }

  /// Reads who a row is on; the identifier is not given yet.
  func readPerson(_ cells: [Text]) -> (person: PersonRow, isSuspended: Bool) {
    var person = PersonRow()
    person.role = Text("student")
    var isSuspended = false
    for (index, column) in columns.enumerated() where column.role.isUserField {
      let cell = FormulaGuard.withoutApostrophe(cells[index])
      switch column.role {
      case .firstName: person.given_name = cell
      case .lastName: person.family_name = cell
      case .fullName: person.name = cell
      case .idNumber: person.identifier = cell
      case .email: person.email = cell
      case .username: person.username = cell
      case .suspended: isSuspended = !cell.isEmpty && !GradeWords.isNo(cell.string)
      default: continue
      }
    }
    return (person, isSuspended)
  }
}

/// Gives learners identifiers: the ID number, else the e-mail address, else the name.
struct GradeIdentities {
  /// How a learner is known.
  enum Identity {
    case text(Text)
    case email(Text)
    /// An identifier made of the name, and how many learners so far have the name.
    case made(String, count: Int)
    case unknown
  }

  private var counts: [String: Int] = [:]

  /// The identity of the learner of a row; learners of the same name are counted.
  mutating func next(_ person: PersonRow) -> Identity {
    if !person.identifier.isEmpty { return .text(person.identifier) }
    if !person.email.isEmpty { return .email(person.email) }
    let parts = [person.name.string, person.family_name.string, person.given_name.string]
    let name = parts.filter { !$0.isEmpty }.joined(separator: ", ")
    let known = name.isEmpty ? person.username.string : name
    guard !known.isEmpty else { return .unknown }
    let count = counts[known, default: 0] + 1
    counts[known] = count
    return .made(
      "\(GradePeople.inventedPrefix)\(known)" + (count > 1 ? "#\(count)" : ""), count: count)
  }
}
