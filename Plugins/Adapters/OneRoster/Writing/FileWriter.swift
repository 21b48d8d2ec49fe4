internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes one file of the package, at once or, when other files may still change, at the end.
final class FileWriter {
  let table: FileTable
  /// Name of the member.
  let memberName: String
  /// How the member was written in the source, when the source has the same format.
  let source: SourceMember?
  /// Data lines so far.
  private(set) var lines = 0
  private var columns: [Column?]
  private var headers: [[UInt8]]
  private var layout = CSVLayout.standard
  private var renderer: LineRenderer
  private var line = ByteBuffer()
  private var held = ByteBuffer()
  private var ends: [Int] = []
  private var open: LineWriter?
  private let style: LineRenderer.Style
  /// Fields that the version has for the kind and this file lacks, with the values lost.
  private var lacking: [(field: Int, offset: Int, count: Int)] = []
  /// Attributes without a column.
  private(set) var lostAttributes = 0
  /// Attributes whose key was written after `metadata.`.
  private(set) var renamedAttributes = 0
  /// Attributes whose line breaks became blanks.
  var flattenedAttributes: Int {
    columns.indices.filter { (columns[$0]?.field ?? -1) < 0 && columns[$0]?.type != .levels }
      .reduce(0) { $0 + renderer.reductions.count(.lineBreak, $1) }
  }
  /// Rows whose lifecycle or date of change a whole file does not say.
  private var lostLifecycles = 0
  private var lostChanges = 0

  init(
    _ table: FileTable, source: SourceMember?, version: Version, style: LineRenderer.Style
  ) {
    self.table = table
    self.source = source
    self.style = source == nil ? style : LineRenderer.Style()
    memberName = source?.name ?? table.fileName
    columns = table.columns
    headers = table.columns.map { Array($0.header.utf8) }
    layout.lineEnd = .crlf
    if let source {
      layout = source.layout
      let cells = HeaderLine.cells(source)
      let plan = ColumnPlan(cells, file: table.name, version: version)
      columns = plan.columns
      headers = cells.map { Array($0.utf8) }
    }
    let filled = columns.compactMap { $0?.field }
    let fields = Set(version.files.filter { $0.kind == table.kind }.flatMap(\.columns).map(\.field))
    lacking = fields.filter { $0 >= 0 && !filled.contains($0) }.sorted()
      .map { ($0, Column.offset(of: $0), 0) }
    renderer = LineRenderer(columns, layout: layout, style: self.style)
  }

  /// Adds columns for attributes, before the first line.
  func addColumns(_ keys: [[UInt8]]) {
    guard source == nil, lines == 0 else { return }
    for key in keys where column(of: key) == nil {
      headers.append(Self.heading(key))
      columns.append(nil)
    }
    renderer = LineRenderer(columns, layout: layout, style: style)
  }

  /// The heading of an attribute's column; those of the format's own columns stay as they are.
  private static func heading(_ key: [UInt8]) -> [UInt8] {
    let known = ["metadata.".utf8, "resourceSourcedIds".utf8].contains { key.starts(with: $0) }
    return known ? key : Array("metadata.".utf8) + key
  }

  /// The column that an attribute goes to.
  private func column(of key: [UInt8]) -> Int? {
    headers.firstIndex(of: key) ?? headers.firstIndex(of: Self.heading(key))
  }

  /// Writes a row; it is held back unless the file is open.
  func put<Row: RecordRow>(
    _ row: Row, attributes: [AttributeStore.Entry] = [], levels: [UInt8] = []
  ) throws(AdapterError) {
    renderer.clearExtras()
    var failure: AdapterError?
    var row = row
    unsafe withUnsafeBytes(of: &row) { bytes in
      guard let start = bytes.baseAddress else { return }
      for index in lacking.indices {
        let text = unsafe start.load(fromByteOffset: lacking[index].offset, as: Text.self)
        if text.count > 0 { lacking[index].count += 1 }
      }
      if style.blanksLifecycle { unsafe countLifecycle(start) }
      let keeper = attributes.isEmpty && levels.isEmpty ? nil : TextKeeper()
      for attribute in attributes {
        if let column = column(of: attribute.key), let keeper,
          unsafe !renderer.isFilled(column, start)
        {
          if headers[column] != attribute.key { renamedAttributes += 1 }
          renderer.setExtra(keeper.keep(attribute.value), column: column)
        } else {
          lostAttributes += 1
        }
      }
      if !levels.isEmpty, let keeper,
        let column = columns.firstIndex(where: { $0?.type == .levels })
      {
        renderer.setExtra(keeper.keep(levels), column: column)
      }
      line.removeAll()
      unsafe renderer.render(start, into: &line)
      do throws(AdapterError) { try emit() } catch { failure = error }
      withExtendedLifetime(keeper) {}
    }
    if let failure { throw failure }
  }

  private func countLifecycle(_ row: UnsafeRawPointer) {
    let status = unsafe row.load(fromByteOffset: Column.offset(of: 1), as: Text.self)
    let modified = unsafe row.load(fromByteOffset: Column.offset(of: 2), as: Text.self)
    if status.count > 0 { lostLifecycles += 1 }
    if modified.count > 0 { lostChanges += 1 }
  }

  private func emit() throws(AdapterError) {
    lines += 1
    if open != nil {
      unsafe try open?.line(line.bytes)
    } else {
      unsafe held.append(line.bytes)
      ends.append(held.count)
    }
  }

  /// Begins the member; what was held back is written, and later rows go straight to the output.
  func begin(_ output: AdapterOutput) throws(AdapterError) {
    var writer = try LineWriter(
      output: output, member: memberName, layout: layout, source: source)
    line.removeAll()
    for (index, header) in headers.enumerated() {
      if index > 0 { line.append(layout.dialect.delimiter) }
      unsafe header.withUnsafeBytes { header in
        unsafe line.appendCSV(header, dialect: layout.dialect)
      }
    }
    unsafe try writer.header(line.bytes)
    var start = 0
    for end in ends {
      unsafe try writer.line(UnsafeRawBufferPointer(rebasing: held.bytes[start..<end]))
      start = end
    }
    held.removeAll()
    ends = []
    open = consume writer
  }

  /// Ends the member.
  func end() throws(AdapterError) {
    try open?.finish()
    open = nil
  }

  /// Tells what could not be carried.
  func reportLosses(_ host: HostLink) throws(AdapterError) {
    for column in columns.indices {
      guard let field = columns[column]?.field, field >= 0 else { continue }
      for reduction in Reduction.allCases {
        let count = renderer.reductions.count(reduction, column)
        guard count > 0 else { continue }
        try host.lose(
          table.kind, field: field, reduced: true, count: count, reason: reduction.reason)
      }
    }
    if renderer.oddIdentifiers > 0, !style.encodesIdentifiers {
      try host.report(
        RecordProblem(
          .note, "oneroster.guid_form",
          "\(renderer.oddIdentifiers) identifiers have letters that the format does not allow, and "
            + "were kept; the option identifiers=encode changes them",
          member: memberName, kind: table.kind))
    }
    for (field, count) in [(1, lostLifecycles), (2, lostChanges)] where count > 0 {
      try host.lose(
        table.kind, field: field, reduced: true, count: count,
        reason: "a bulk file does not say when records changed")
    }
    for lost in lacking where lost.count > 0 {
      try host.lose(
        table.kind, field: lost.field, count: lost.count,
        reason: "\(memberName) has no column for it")
    }
  }
}

/// The headings of a member that was read before.
enum HeaderLine {
  /// The cells of the last line above the data.
  static func cells(_ source: SourceMember) -> [String] {
    var index = CSVIndex(dialect: source.layout.dialect)
    return unsafe source.header.withUnsafeBytes { bytes in
      do throws(ScanningError) {
        _ = try unsafe index.scan(bytes, isFinal: true)
      } catch { return [] }
      guard index.recordCount > 0 else { return [] }
      let last = index.recordCount - 1
      return (0..<index.fieldCount(last)).map { column in
        unsafe String(decoding: index.field(column, of: last), as: UTF8.self)
      }
    }
  }
}
