internal import AdapterHost
internal import Records

// References of records to others of their own kind, which may come later.
extension NumberStage {
  /// Numbers the references of a field to records of the same kind, and keeps them to be judged.
  func climb(
    _ field: RecordField, in batch: HostBatch, _ columns: NumberColumns, without left: Set<Int>
  ) {
    let space = space(batch.kind)
    let column = unsafe columns.column(field.index)
    for row in 0..<batch.count {
      let parent = unsafe batch.text(field.index, of: row)
      guard parent.count > 0 else {
        unsafe column[row] = .max
        continue
      }
      let number = unsafe space.refer(to: parent)
      unsafe column[row] = number
      guard !left.contains(row) else { continue }
      let child = unsafe batch.text(0, of: row)
      unsafe add(child, parent, number, field.name, row, batch)
    }
  }

  /// Keeps associations that put one target under another.
  func climbAssociations(_ batch: HostBatch) {
    for row in 0..<batch.count {
      let type = unsafe batch.text(4, of: row)
      guard unsafe type.elementsEqual("isChildOf".utf8) else { continue }
      let child = unsafe batch.text(5, of: row)
      let parent = unsafe batch.text(6, of: row)
      guard child.count > 0, parent.count > 0 else { continue }
      unsafe add(child, parent, .max, "toTarget", row, batch)
    }
  }

  private func add(
    _ child: UnsafeRawBufferPointer, _ parent: UnsafeRawBufferPointer, _ number: UInt32,
    _ field: String, _ row: Int, _ batch: HostBatch
  ) {
    if lineage == nil { lineage = Lineage(kind: batch.kind) }
    unsafe lineage?.add(
      Lineage.Link(
        child: Array(child), parent: Array(parent), number: number, field: field,
        member: batch.member(of: row), line: batch.line(of: row)))
  }

  /// Reports who has a parent that is not in the input, and refuses loops.
  func judgeLineage() throws {
    guard let lineage else { return }
    self.lineage = nil
    if checksReferences(lineage.kind) {
      let space = space(lineage.kind)
      for link in lineage.links where link.number != .max && !space.isDeclared(link.number) {
        try report(
          isStrict ? .rejected : .warning, "reference.missing_target_record",
          "the \(link.field) of this \(lineage.kind) names a \(lineage.kind) that is not in the "
            + "input; add it or correct the identifier", link, lineage.kind)
      }
    }
    guard let loop = lineage.loop(), let first = loop.first else { return }
    let names = (loop.map(\.child) + [first.child]).map { String(decoding: $0, as: UTF8.self) }
    let shown = names.count > 8 ? names.prefix(4) + ["..."] + names.suffix(3) : names[...]
    try report(
      .fatal, "reference.loop",
      "these stand above one another in a loop: \(shown.joined(separator: " -> ")); "
        + "take one of the links out", first, lineage.kind)
    throw InteropError(
      .badInput, "records of kind \(lineage.kind) stand above one another in a loop",
      place: "\(memberNames(first.member)):\(first.line)")
  }

  private func report(
    _ severity: AdapterReport.Severity, _ code: String, _ message: String, _ link: Lineage.Link,
    _ kind: RecordKind
  ) throws {
    try ledger.report(
      AdapterReport(
        severity, code, message, member: memberNames(link.member), line: link.line,
        value: String(decoding: link.parent, as: UTF8.self), raw: "", kind: kind),
      countsRow: false)
  }
}
