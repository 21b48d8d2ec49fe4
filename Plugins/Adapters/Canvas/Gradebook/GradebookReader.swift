internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads gradebook exports: first a look at every row of a member, then its records.
enum GradebookReader {
  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var shared = SharedGradebooks()
    let members = try tableMembers(of: input, sink)
    shared.isSeveral = members.count > 1
    for (place, member) in members.enumerated() {
      var reader = try MemberReader(input, member: member, request, &sink, shared: &shared)
      try reader.read(input, member: member, position: place, request, &sink, shared: &shared)
    }
  }

  /// The members that may be tables; others are named in a note.
  private static func tableMembers(
    of input: AdapterInput, _ sink: borrowing RecordSink
  ) throws(AdapterError) -> [Int] {
    guard input.memberCount > 1 else { return Array(0..<input.memberCount) }
    var members: [Int] = []
    for member in 0..<input.memberCount {
      let name = try input.lastName(of: member)
      let isTable = [".csv", ".txt", ".tsv"].contains { name.lowercased().hasSuffix($0) }
      if isTable {
        members.append(member)
      } else {
        try sink.host.report(
          RecordProblem(
            .note, "canvas.member_ignored",
            "this file is no table, so it is not read as a gradebook; leave it out",
            member: input.name(of: member)))
      }
    }
    return members
  }
}

/// What the members of one input have in common: identifiers are given once.
struct SharedGradebooks {
  var isSeveral = false
  var people = People()
  var persons: [[UInt8]: Int] = [:]
  var classes: Set<String> = []
  var items: Set<String> = []
  /// Identifiers of the line items that were given.
  var lineItems: Set<String> = []
  /// Heading, points and posting of the assignments that were read, by identifier.
  var itemShapes: [String: [String]] = [:]
  var attributes: Set<String> = []
  var categories: Set<String> = []
  var periods: Set<String> = []

  /// A name that nobody has yet: the name itself, or with `#2` and so on.
  static func free(_ name: String, in taken: inout Set<String>) -> String {
    var candidate = name
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(name)#\(number)"
      number += 1
    }
    return candidate
  }
}

/// The name of a file without its folder and extension.
func baseName(_ name: String) -> String {
  var base = name
  if let slash = base.utf8.lastIndex(of: UInt8(ascii: "/")) {
    base = String(base[base.utf8.index(after: slash)...])
  }
  if let point = base.utf8.lastIndex(of: UInt8(ascii: ".")), point > base.startIndex {
    base = String(base[..<point])
  }
  return base
}

/// Reads one gradebook.
struct MemberReader {
  let name: String
  let isStrict: Bool
  var survey = GradebookSurvey()
  var plan = GradebookPlan()
  /// Class of each section text.
  var classOfSection: [[UInt8]: String] = [:]
  /// Units of the assignments, by column.
  var scoreKinds: [StaticString] = []
  /// Identifiers of the line items: by column, then by class.
  private(set) var itemIDs: [[String]] = []
  var namelessCount: [String: Int] = [:]
  /// Columns whose assignment stands otherwise in another member.
  private var strangers: [(column: Int, id: String)] = []
  /// Rows of persons seen in this member.
  var seenHere: Set<[UInt8]> = []

  /// Looks at all rows of a member.
  init(
    _ input: AdapterInput, member: Int, _ request: AdapterRequest, _ sink: inout RecordSink,
    shared: inout SharedGradebooks
  ) throws(AdapterError) {
    name = try input.name(of: member)
    isStrict = request.isStrict
    var file = try CSVMember(input, member: member, request: request)
    var sorter = RowSorter()
    while try file.next(&sink) {
      for row in 0..<file.count {
        let kind = sorter.sort(row, of: file, identity: survey.identity)
        if kind == .header, file.findings(of: row).contains(.bareQuote) {
          try sink.host.report(
            RecordProblem(
              .note, "csv.bare_quote", "a quote inside an unquoted heading was taken as it is",
              member: name, line: file.line(of: row)))
        }
        look(at: row, of: file, kind)
      }
    }
    guard !survey.headers.isEmpty else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "canvas.no_header",
          "the file has no row with headings; export the gradebook again", member: name, line: 1))
    }
    guard survey.column(of: .student) != nil || survey.column(of: .lastName) != nil else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "canvas.no_student",
          "no column is headed Student, nor LastName and FirstName, so the learners are not known",
          member: name, line: 1))
    }
    makePlan(&shared)
    for (column, id) in strangers {
      try sink.host.report(
        RecordProblem(
          .warning, "canvas.assignment_differs",
          "another file has an assignment of this identifier with another title or points; "
            + "the column is read as an assignment of its own", member: name, line: 1,
          column: UInt64(column + 1), value: id))
    }
  }

  private mutating func look(at row: Int, of file: borrowing CSVMember, _ kind: GradebookRow) {
    switch kind {
    case .blank: return
    case .header:
      var headers: [String] = []
      for column in 0..<file.fieldCount(row) {
        headers.append(FormulaGuard.equation.removed(from: file.text(column, of: row).string))
      }
      survey.begin(
        headers: headers,
        delimiterIsSemicolon: file.layout.dialect.delimiter == UInt8(ascii: ";"))
    case .posting:
      survey.posting = texts(of: row, file)
    case .points:
      let cells = texts(of: row, file)
      survey.points = cells
      for column in survey.headers.indices
      where survey.identity[column] == nil && cells.indices.contains(column) {
        survey.columns[column].marks.see(file.text(column, of: row))
      }
    case .learner:
      // A row that is left out says nothing about the others: not even its section is known.
      guard isWhole(row, of: file) else { return }
      survey.hasLearners = true
      let count = min(file.fieldCount(row), survey.headers.count)
      for column in 0..<count where survey.identity[column] == nil {
        survey.columns[column].see(file.text(column, of: row))
      }
      if let section = survey.column(of: .section), section < count {
        survey.see(section: file.text(section, of: row))
      } else {
        survey.hasBlankSection = true
      }
    }
  }

  /// Whether a learner's row has its cells in their columns.
  func isWhole(_ row: Int, of file: borrowing CSVMember) -> Bool {
    file.isWhole(row, columns: survey.headers.count) && !isShifted(row, of: file)
  }

  /// Whether the mark for no grade stands where the section should.
  func isShifted(_ row: Int, of file: borrowing CSVMember) -> Bool {
    guard let section = survey.column(of: .section) else { return false }
    return file.text(section, of: row).equals("-")
  }

  private func texts(of row: Int, _ file: borrowing CSVMember) -> [String] {
    (0..<file.fieldCount(row)).map { file.text($0, of: row).string }
  }

  /// Whether another member has the assignment of a column with another title or points.
  private func differs(_ column: Int, _ shared: inout SharedGradebooks) -> Bool {
    let own = [survey.points, survey.posting].map { row in
      row.flatMap { $0.indices.contains(column) ? $0[column] : nil } ?? ""
    }
    let points = String(own[0].map { $0 == "," ? "." : $0 })
    let shape = [plan.columns[column].header, points, own[1].isEmpty ? "" : "hidden"]
    guard let known = shared.itemShapes[plan.columns[column].key] else {
      shared.itemShapes[plan.columns[column].key] = shape
      return false
    }
    return known != shape
  }

  /// Gives columns and classes their identifiers.
  private mutating func makePlan(_ shared: inout SharedGradebooks) {
    plan.columns = survey.plannedColumns()
    let base = baseName(name)
    var ownItems: Set<String> = []
    for column in plan.columns.indices {
      switch plan.columns[column].role {
      case .item where !plan.columns[column].key.isEmpty:
        let isTwice = !ownItems.insert(plan.columns[column].key).inserted
        guard isTwice || differs(column, &shared) else { continue }
        // Another assignment has the identifier: the column is one of its own.
        if !isTwice { strangers.append((column, plan.columns[column].key)) }
        let header = plan.columns[column].header
        plan.columns[column].title = header
        plan.columns[column].key = SharedGradebooks.free(
          "canvas:column:\(shared.isSeveral ? base + "/" : "")\(header)", in: &shared.items)
      case .item where plan.columns[column].key.isEmpty:
        let title = plan.columns[column].title
        let own = shared.isSeveral ? "canvas:column:\(base)/\(title)" : "canvas:column:\(title)"
        plan.columns[column].key = SharedGradebooks.free(own, in: &shared.items)
      case .custom, .rootAccount:
        let header = plan.columns[column].header
        let own = header.isEmpty ? "canvas:column:\(column + 1)" : header
        plan.columns[column].key = SharedGradebooks.free(own, in: &shared.attributes)
      default: continue
      }
    }
    if let posting = survey.posting { plan.posting = posting.first { !$0.isEmpty } ?? "" }
    if let points = survey.points {
      plan.points = points.first ?? ""
      let totals = plan.columns.indices.filter { plan.columns[$0].role == .total }
      plan.readOnly =
        totals.lazy.compactMap { points.indices.contains($0) ? points[$0] : nil }
        .first ?? "(read only)"
    }
    scoreKinds = survey.columns.map(\.scoreKind)
    for section in survey.sections {
      var id = section
      if shared.classes.contains(id) { id = "\(base): \(section)" }
      id = SharedGradebooks.free(id, in: &shared.classes)
      classOfSection[Array(section.utf8)] = id
      plan.classes.append(id)
    }
    if survey.hasBlankSection || survey.sections.isEmpty {
      plan.defaultClass = SharedGradebooks.free(base, in: &shared.classes)
      plan.classes.append(plan.defaultClass)
    }
    makeItemIDs(&shared)
  }

  /// Gives each class a line item of each assignment.
  private mutating func makeItemIDs(_ shared: inout SharedGradebooks) {
    itemIDs = Array(repeating: [], count: plan.columns.count)
    for column in plan.columns.indices where plan.columns[column].role == .item {
      let usual = plan.columns[column].itemIDs(of: plan.classes)
      var own = usual
      for place in own.indices {
        // The assignment belongs to the class of another member already.
        if own.count == 1, shared.lineItems.contains(own[place]) {
          own[place] += "@\(plan.classes[place])"
        }
        own[place] = SharedGradebooks.free(own[place], in: &shared.lineItems)
      }
      if own != usual { plan.columns[column].ids = own }
      itemIDs[column] = own
    }
  }
}
