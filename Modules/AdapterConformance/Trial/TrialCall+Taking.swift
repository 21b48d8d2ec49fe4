internal import AdapterHost
internal import CAdapterABI
internal import Records
internal import Scanning

// What the adapter gives is looked at bit by bit.
extension TrialCall {
  func put(_ batch: UnsafePointer<cbl_batch>?) -> Int32 {
    let status = enter()
    defer { leave() }
    setup.hook?()
    guard let batch = unsafe batch else {
      fault(.batch, "put got no batch")
      return 5
    }
    let table = unsafe batch.pointee
    if let fault = fault(in: table) {
      self.fault(.batch, fault)
      return 5
    }
    guard let kind = RecordKind(number: Int(table.kind)), table.count > 0,
      let rows = unsafe table.rows
    else { return status }
    note(kind)
    rowCount += kind.isSourceLayer ? 0 : table.count
    for index in 0..<table.count { unsafe take(rows + index * table.stride, kind) }
    return status
  }

  /// What is wrong with a batch as a whole.
  private func fault(in table: cbl_batch) -> String? {
    if table.size < UInt32(MemoryLayout<cbl_batch>.size) {
      return "a batch has the size \(table.size) instead of \(MemoryLayout<cbl_batch>.size)"
    }
    guard table.count > 0 else { return nil }
    guard let kind = RecordKind(number: Int(table.kind)) else {
      return "a batch has the unknown kind \(table.kind)"
    }
    if table.count > 1 << 20 { return "a batch has \(table.count) rows" }
    let least = RecordSchema.of(kind).rowSize
    if table.stride < least || table.stride % 8 != 0 || table.stride > 1 << 16 {
      return "a batch of \(kind) has the stride \(table.stride); a row has \(least) bytes"
    }
    let address = unsafe UInt(bitPattern: table.rows)
    if address == 0 || address % 8 != 0 { return "the rows of a \(kind) batch are not aligned" }
    return nil
  }

  private func take(_ start: UnsafeRawPointer, _ kind: RecordKind) {
    let origin = unsafe start.load(as: cbl_origin.self)
    var row = TrialRow(kind, fields: [])
    row.line = origin.line
    row.member = origin.member
    check(row)
    let declared = format.capabilities[kind]?.reads ?? 0
    for field in RecordSchema.of(kind).fields {
      let text = unsafe start.load(
        fromByteOffset: MemoryLayout<cbl_origin>.size + field.index * MemoryLayout<cbl_text>.stride,
        as: cbl_text.self)
      let bytes = bytes(of: text, "\(kind).\(field.name)", .batch)
      if let bytes {
        if !kind.isSourceLayer, declared & 1 << UInt64(field.index) == 0 {
          fault(.capability, "\(kind).\(field.name) is produced and not declared in reads")
        }
        if setup.checksValues { check(bytes, field, kind) }
      }
      if setup.keepsRows { row.fields.append(bytes) }
    }
    if setup.keepsRows { rows.append(row) }
  }

  private func check(_ row: TrialRow) {
    guard row.member != .max, Int(row.member) < members.count else {
      if row.member != .max {
        fault(.origin, "a \(row.kind) comes from member \(row.member) of \(members.count)")
      }
      return
    }
    let lines = lines(of: Int(row.member))
    if row.line > lines {
      fault(.origin, "a \(row.kind) comes from line \(row.line) of \(lines)")
    }
  }

  private func check(_ bytes: [UInt8], _ field: RecordField, _ kind: RecordKind) {
    unsafe bytes.withUnsafeBytes { bytes in
      let place = "\(kind).\(field.name)"
      guard unsafe isValidUTF8(bytes) else { return fault(.text, "\(place) is not UTF-8") }
      guard unsafe !bytes.isEmpty else { return }
      let isSound: Bool
      switch field.type {
      case .number: isSound = unsafe Self.isNumber(bytes)
      case .date: isSound = unsafe validateISODate(bytes) != nil
      case .boolean:
        isSound =
          unsafe bytes.elementsEqual("true".utf8) || bytes.elementsEqual("false".utf8)
      default: isSound = true
      }
      if !isSound {
        let shown = unsafe String(decoding: bytes.prefix(40), as: UTF8.self)
        fault(.value, "\(place) is `\(shown)`, which is no \(field.type)")
      }
    }
  }

  /// Whether bytes are `-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
  private static func isNumber(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = unsafe bytes[...]
    func digits() -> Bool {
      let count = unsafe rest.prefix { (0x30...0x39).contains($0) }.count
      unsafe rest = unsafe rest.dropFirst(count)
      return count > 0
    }
    if unsafe rest.first == 0x2D { unsafe rest = unsafe rest.dropFirst() }
    guard digits() else { return false }
    if unsafe rest.first == 0x2E {
      unsafe rest = unsafe rest.dropFirst()
      guard digits() else { return false }
    }
    if let letter = unsafe rest.first, letter | 0x20 == 0x65 {
      unsafe rest = unsafe rest.dropFirst()
      if let sign = unsafe rest.first, sign == 0x2B || sign == 0x2D {
        unsafe rest = unsafe rest.dropFirst()
      }
      guard digits() else { return false }
    }
    return unsafe rest.isEmpty
  }

  /// A text's bytes, or `nil` when it is absent; reading them shows that they are there.
  private func bytes(of text: cbl_text, _ place: String, _ aspect: TrialAspect) -> [UInt8]? {
    guard let start = unsafe text.bytes else {
      if text.count != 0 { fault(aspect, "\(place) has \(text.count) bytes at no address") }
      return nil
    }
    guard text.count <= 1 << 30 else {
      fault(aspect, "\(place) has \(text.count) bytes")
      return nil
    }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: text.count))
  }

  private func string(_ text: cbl_text, _ place: String, _ aspect: TrialAspect) -> String {
    let bytes = bytes(of: text, place, aspect) ?? []
    if unsafe !bytes.withUnsafeBytes({ unsafe isValidUTF8($0) }) {
      fault(.text, "\(place) is not UTF-8")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func report(_ problem: UnsafePointer<cbl_problem>?) -> Int32 {
    let status = enter()
    defer { leave() }
    guard let problem = unsafe problem else {
      fault(.problem, "report got no problem")
      return 5
    }
    let table = unsafe problem.pointee
    guard table.size >= UInt32(MemoryLayout<cbl_problem>.size) else {
      fault(.problem, "a problem has the size \(table.size)")
      return 5
    }
    let copy = TrialProblem(
      severity: table.severity, code: string(table.code, "the code of a problem", .problem),
      message: string(table.message, "the message of a problem", .problem),
      member: string(table.member, "the member of a problem", .problem), line: table.line,
      kind: table.kind)
    _ = string(table.value, "the value of a problem", .problem)
    _ = bytes(of: table.raw, "the raw row of a problem", .problem)
    check(copy)
    if problems.count < 10_000 { problems.append(copy) }
    return status
  }

  private func check(_ problem: TrialProblem) {
    let code = problem.code
    if !(0...4).contains(problem.severity) {
      fault(.problem, "\(code) has the severity \(problem.severity)")
    }
    let isPlain = code.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2E
        || byte == 0x2D
    }
    if code.isEmpty || !isPlain { fault(.problem, "a problem has the code `\(code.prefix(40))`") }
    if problem.message.isEmpty { fault(.problem, "\(code) has no message") }
    if problem.kind >= CBL_KIND_COUNT.rawValue { fault(.problem, "\(code) is of an unknown kind") }
    // What tells of a missing member names one that is not there; a row stands somewhere.
    guard problem.isLeftOut, !members.isEmpty else { return }
    guard let member = members.firstIndex(where: { $0.name == problem.member }) else {
      return fault(.place, "\(code) leaves out a row of the member `\(problem.member.prefix(40))`")
    }
    if problem.line == 0 || problem.line > lines(of: member) {
      fault(.place, "\(code) leaves out a row at line \(problem.line) of \(lines(of: member))")
    }
  }

  func lose(_ loss: UnsafePointer<cbl_loss>?) -> Int32 {
    let status = enter()
    defer { leave() }
    guard let loss = unsafe loss else { return 5 }
    let table = unsafe loss.pointee
    guard table.size >= UInt32(MemoryLayout<cbl_loss>.size),
      let kind = RecordKind(number: Int(table.kind))
    else {
      fault(.problem, "a loss has the size \(table.size) and the kind \(table.kind)")
      return 5
    }
    let field = table.field == .max ? nil : Int(table.field)
    if let field, field >= RecordSchema.of(kind).fields.count {
      fault(.problem, "a loss names field \(field) of \(kind), which has fewer")
    }
    _ = string(table.reason, "the reason of a loss", .problem)
    losses.append(TrialLoss(kind: table.kind, field: field, count: table.count))
    return status
  }
}
