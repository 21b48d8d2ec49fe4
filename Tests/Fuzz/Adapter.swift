import CAdapterABI

/// Whatever an adapter is given, it says what is wrong with it and does not fall: what it hands
/// over keeps to the header, and what it read it can write.
///
/// The target is linked with one adapter at a time. The first byte chooses the format and the
/// request; the rest are members, each headed by a line of U+0001 and its name.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (choice, bytes) = unsafe input(start, count)
  guard let adapter = unsafe cbl_adapter_v1(0) else { fatalError("no table") }
  let host = unsafe MemoryHost(adapter)
  let formats = host.formats
  let format = formats[Int(choice & 15) % formats.count]
  let members = members(bytes, of: host, format)
  for format in formats {
    let confidence = try? host.probe(members, as: format)
    must(confidence.map { (0...100).contains($0) } == true, "a probe failed")
  }
  var request = MemoryRequest(
    isStrict: choice & 16 != 0, wantsSourceLayer: choice & 32 != 0,
    options: choice & 64 != 0 ? ["encoding": "latin1"] : [:])
  if choice & 128 != 0 { request.stopsAfter = bytes.count % 5 }
  guard let reading = try? host.read(members, as: format, request) else {
    fatalError("reading failed")
  }
  check(reading.status, reading.problems, request)
  for problem in reading.problems {
    must(!problem.code.isEmpty && !problem.message.isEmpty, "a problem that says nothing")
    must((0...4).contains(problem.severity), "an unknown severity")
    must(problem.kind < CBL_KIND_COUNT.rawValue, "an unknown kind")
  }
  for row in reading.rows { check(row, members.count) }
  guard reading.status == 0, let flags = try? host.format(format).info.flags, flags & 2 != 0
  else { return 0 }
  request.stopsAfter = choice & 128 != 0 ? bytes.count % 7 : nil
  request.guardsFormulas = choice & 16 != 0
  guard let writing = try? host.write(reading.rows, as: format, request) else {
    fatalError("writing failed")
  }
  check(writing.status, writing.problems, request)
  let names = writing.members.map(\.name)
  must(Set(names).count == names.count, "two members of one name")
  must(names.allSatisfy(isPlain), "a name that an archive may not have")
  return 0
}

/// A call ends well, or with a fatal problem that says why, or because it was told to stop.
private func check(_ status: cbl_status, _ problems: [MemoryProblem], _ request: MemoryRequest) {
  must((0...6).contains(status), "an unknown status")
  must(status != 5, "a fault in the adapter")
  must(status != 6, "an I/O error that never happened")
  must(status != 1 || request.stopsAfter != nil, "stopped without being told to")
  let isFatal = problems.contains { $0.severity == 4 }
  must(isFatal || (status != 2 && status != 4), "ended badly without a word")
  must(!isFatal || status != 0, "ended well after a fatal problem")
}

/// A record is of a kind that there is, and of a member of the input or of none.
private func check(_ row: MemoryRow, _ memberCount: Int) {
  must(MemoryKinds.named(row.kind) != nil, "an unknown kind")
  must(row.member == .max || row.member < memberCount, "a record of no member")
}

extension MemoryHost {
  /// A host for an adapter that is linked.
  fileprivate init(_ adapter: UnsafePointer<cbl_adapter>) {
    unsafe self.adapter = unsafe adapter
  }
}

/// Whether a name of a member is one that the host gives and takes.
private func isPlain(_ name: String) -> Bool {
  guard !name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x5C || $0 == 0x3A }) else {
    return false
  }
  return name.split(separator: "/", omittingEmptySubsequences: false)
    .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
}

/// The members of an input; without a heading line it is one member with the usual ending.
private func members(_ bytes: [UInt8], of host: MemoryHost, _ format: String) -> [MemoryMember] {
  let ending = (try? host.format(format).info.extensions.memoryString) ?? nil
  var members: [MemoryMember] = []
  for (index, part) in bytes.split(separator: 1, omittingEmptySubsequences: false).enumerated() {
    if index == 0 {
      guard !part.isEmpty || bytes.isEmpty else { continue }
      let usual = ending?.split(separator: "|").first ?? "csv"
      members.append(MemoryMember("input.\(usual)", Array(part)))
      continue
    }
    let end = part.firstIndex(of: 0x0A) ?? part.endIndex
    let name = String(decoding: part[..<end], as: UTF8.self)
    guard isPlain(name), !members.contains(where: { $0.name == name }) else { continue }
    members.append(MemoryMember(name, Array(part[end...].dropFirst())))
  }
  // The host gives at least one.
  return members.isEmpty ? [MemoryMember("input.csv", [])] : members
}
