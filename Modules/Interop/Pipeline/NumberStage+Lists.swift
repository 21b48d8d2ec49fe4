internal import AdapterHost
internal import Records

// References in lists, such as the terms of a class or the guardians of a learner.
extension NumberStage {
  func checkList(
    _ field: RecordField, _ kind: RecordKind, in batch: HostBatch, _ rejected: inout Set<Int>
  ) throws {
    let space = space(kind)
    for row in 0..<batch.count {
      let list = unsafe batch.text(field.index, of: row)
      guard list.count > 0 else { continue }
      try unsafe Self.eachElement(of: list) { element in
        guard unsafe space.number(of: element) == nil else { return }
        if !space.hasRecords, !isStrict {
          return try noteAbsent(kind, field, row, batch)
        }
        unsafe try note(
          isStrict ? .rejected : .warning, "reference.missing_target_record",
          "the \(field.name) of this \(batch.kind) name \(kind.withArticle) that is not in the "
            + "input; add it or correct the identifier", row, batch, value: unsafe element)
        if isStrict, rejected.insert(row).inserted {
          ledger.counts[batch.kind.number].rejected += 1
        }
      }
    }
  }

  /// Calls a closure with each element that is not blank.
  private static func eachElement(
    of list: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    var start = 0
    for index in 0...list.count {
      guard unsafe index == list.count || list[index] == 0x1F else { continue }
      if index > start { try unsafe body(UnsafeRawBufferPointer(rebasing: list[start..<index])) }
      start = index + 1
    }
  }

  /// An element of a list that names a record of its own kind.
  struct HeldElement {
    var kind: RecordKind
    var field: RecordField
    var id: [UInt8]
    var member: Int
    var line: UInt64
  }

  /// Keeps elements that are not known yet: a guardian may come after the learner.
  func holdList(_ field: RecordField, in batch: HostBatch) {
    let space = space(batch.kind)
    for row in 0..<batch.count {
      let list = unsafe batch.text(field.index, of: row)
      guard list.count > 0 else { continue }
      unsafe Self.eachElement(of: list) { element in
        if let number = unsafe space.number(of: element), space.isDeclared(number) { return }
        unsafe heldLists.append(
          HeldElement(
            kind: batch.kind, field: field, id: Array(unsafe element),
            member: batch.member(of: row), line: batch.line(of: row)))
      }
    }
  }

  /// Reports the kept elements that never came. Their rows are on their way already, so this is a
  /// warning, or a fault that ends a strict reading.
  func judgeLists() throws {
    for held in heldLists {
      let number = unsafe held.id.withUnsafeBytes { unsafe space(held.kind).number(of: $0) }
      if let number, space(held.kind).isDeclared(number) { continue }
      try ledger.report(
        AdapterReport(
          isStrict ? .rejected : .warning, "reference.missing_target_record",
          "the \(held.field.name) of this \(held.kind) name \(held.kind.withArticle) that is not in "
            + "the input; add it or correct the identifier", member: memberNames(held.member),
          line: held.line, value: String(decoding: held.id, as: UTF8.self), kind: held.kind),
        countsRow: false)
    }
    heldLists.removeAll()
  }
}

extension RecordKind {
  /// The name after "a" or "an".
  var withArticle: String {
    let isVowel = name.first.map { "aeio".contains($0) } ?? false
    return (isVowel ? "an " : "a ") + name
  }
}
