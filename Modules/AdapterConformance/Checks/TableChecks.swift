internal import AdapterHost
internal import CAdapterABI

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Checks of a library whose table may not be used yet.
enum TableChecks {
  static let all: [String: @Sendable (String, Findings) -> Void] = [
    "entry": entry, "sizes": sizes,
  ]

  private typealias Entry = @convention(c) (UInt32) -> UnsafePointer<cbl_adapter>?

  /// The entry of a library that this process loads, or `nil` when it has none.
  private static func load(_ path: String, _ findings: Findings) -> Entry? {
    guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE),
      let symbol = unsafe dlsym(handle, "cbl_adapter_v1")
    else { return nil }
    findings.at("calling cbl_adapter_v1")
    return unsafe unsafeBitCast(symbol, to: Entry.self)
  }

  private static func entry(_ path: String, _ findings: Findings) {
    findings.at("loading the library")
    do throws(AdapterHostError) {
      let library = try AdapterLibrary.load(path)
      findings.identity(library.info.identifier, library.info.version)
    } catch {
      // What else is wrong with the table is judged rule by rule.
      if error.code == .missing || error.code == .notAllowed {
        return findings.unloadable(error.message)
      }
    }
    guard let entry = unsafe load(path, findings) else {
      return findings.fail("the library does not export cbl_adapter_v1")
    }
    guard let table = unsafe entry(AdapterLibrary.hostMinor) else {
      return findings.fail("cbl_adapter_v1(\(AdapterLibrary.hostMinor)) gives NULL")
    }
    if unsafe entry(AdapterLibrary.hostMinor) != table {
      findings.fail("a second call gives another table")
    }
  }

  private static func sizes(_ path: String, _ findings: Findings) {
    guard let entry = unsafe load(path, findings),
      let table = unsafe entry(AdapterLibrary.hostMinor)
    else { return findings.fail("there is no table") }
    let adapter = unsafe table.pointee
    findings.at("looking at the table")
    let size = UInt32(MemoryLayout<cbl_adapter>.size)
    guard adapter.size >= size, adapter.size % 8 == 0 else {
      return findings.fail("the table has the size \(adapter.size); version 1.0 has \(size)")
    }
    let functions: [(String, Bool)] = unsafe [
      ("probe", adapter.probe != nil), ("read", adapter.read != nil),
      ("open", adapter.open != nil), ("put", adapter.put != nil),
      ("close", adapter.close != nil),
    ]
    for (name, isThere) in functions where !isThere { findings.fail("\(name) is NULL") }
    findings.at("looking at the formats")
    do throws(AdapterHostError) {
      let info = try AdapterLibrary.load(path).info
      if info.formats.isEmpty { findings.fail("the adapter has no format") }
    } catch {
      findings.fail(error.message)
    }
  }
}
