internal import AdapterHost
internal import CAdapterABI
internal import Scanning

// What a writer does with the output, and how calls may end.
extension TrialCall {
  func begin(_ name: cbl_text) -> Int32 {
    let status = enter()
    defer { leave() }
    guard status == 0 else { return status }
    guard let start = unsafe name.bytes, name.count > 0, name.count < 4096 else {
      fault(.member, "a member is begun without a name")
      return 5
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: name.count)
    let text = unsafe String(decoding: bytes, as: UTF8.self)
    if isWritingMember { fault(.member, "\(text) is begun before the last member was ended") }
    if unsafe !isValidUTF8(bytes) || !Self.isPlain(text) {
      fault(.member, "`\(text)` is no plain relative name")
    }
    if outputs.contains(where: { $0.name == text }) {
      fault(.member, "\(text) is written twice")
    }
    isWritingMember = true
    outputs.append(SampleMember(name: text, bytes: []))
    return 0
  }

  func write(_ bytes: UnsafeRawPointer?, _ count: Int) -> Int32 {
    let status = enter()
    defer { leave() }
    guard status == 0 else { return status }
    guard isWritingMember, !outputs.isEmpty else {
      fault(.member, "bytes are written while no member is begun")
      return 5
    }
    guard count > 0 else { return 0 }
    guard let bytes = unsafe bytes, count <= 1 << 30 else {
      fault(.member, "\(count) bytes are written from no address")
      return 5
    }
    unsafe outputs[outputs.count - 1].bytes.append(
      contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
  }

  func endMember() -> Int32 {
    let status = enter()
    defer { leave() }
    guard status == 0 else { return status }
    if !isWritingMember { fault(.member, "a member is ended that was not begun") }
    isWritingMember = false
    return 0
  }

  /// Whether a name is one that the host takes: relative, with slashes, without dots as parts.
  private static func isPlain(_ name: String) -> Bool {
    let forbidden: [UInt8] = [0x7F, 0x5C, 0x3A]
    guard !name.utf8.contains(where: { $0 < 0x20 || forbidden.contains($0) }) else { return false }
    return name.split(separator: "/", omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }

  /// Whether the status goes with what was reported.
  func judge() {
    guard !isStopped else { return }
    let isFatal = problems.contains(where: \.isFatal)
    switch status {
    case 0:
      if isFatal { fault(.status, "ends with CBL_OK after a fatal problem") }
    case 1: fault(.status, "ends with CBL_STOPPED, but nobody asked to stop")
    case 2, 4:
      if !isFatal { fault(.status, "ends with \(Self.name(status)) without a fatal problem") }
    case 3: break
    case 5: fault(.status, "ends with CBL_FAILED")
    case 6: fault(.status, "ends with CBL_IO, but no callback failed")
    case 7:
      if !setup.mayRestart { fault(.status, "ends with CBL_AGAIN, which was not allowed") }
    default: fault(.status, "ends with the unknown status \(status)")
    }
  }

  /// The name of a status.
  static func name(_ status: Int32) -> String {
    let names = [
      "CBL_OK", "CBL_STOPPED", "CBL_BAD_DATA", "CBL_UNSUPPORTED", "CBL_LIMIT", "CBL_FAILED",
      "CBL_IO", "CBL_AGAIN",
    ]
    return names.indices.contains(Int(status)) ? names[Int(status)] : "status \(status)"
  }
}
