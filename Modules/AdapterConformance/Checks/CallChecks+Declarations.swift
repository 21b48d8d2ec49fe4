internal import AdapterHost
internal import CAdapterABI
internal import Records

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// What an adapter says of itself.
extension CallChecks {
  static let declarations: [String: Check] = [
    "names": names, "minor": minor, "declarations": checkDeclarations, "options": options,
  ]

  private static func names(_ bench: Workbench) {
    let info = bench.library.info
    let texts = [
      ("version", info.version), ("vendor", info.vendor), ("license", info.license),
    ]
    for (name, text) in texts where text.isEmpty { bench.findings.fail("\(name) is blank") }
    var known: Set<String> = []
    for format in info.formats {
      let id = format.identifier
      let isPlain = id.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
          || byte == 0x2E
      }
      if id.isEmpty || !isPlain { bench.findings.fail("a format has the identifier `\(id)`") }
      for name in [id, format.alias] where !name.isEmpty && !known.insert(name).inserted {
        bench.findings.fail("two formats have the name \(name)")
      }
      if format.title.isEmpty { bench.findings.fail("\(id) has no title") }
      if format.version.isEmpty { bench.findings.fail("\(id) has no version") }
      if format.writes, format.memberName.isEmpty, !format.givesSeveralMembers {
        bench.findings.fail("\(id) writes one member and has no name for it")
      }
    }
  }

  private static func minor(_ bench: Workbench) throws {
    typealias Entry = @convention(c) (UInt32) -> UnsafePointer<cbl_adapter>?
    guard let handle = unsafe dlopen(bench.library.path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE),
      let symbol = unsafe dlsym(handle, "cbl_adapter_v1")
    else { return bench.findings.fail("the library does not export cbl_adapter_v1") }
    let entry = unsafe unsafeBitCast(symbol, to: Entry.self)
    for minor in [AdapterLibrary.hostMinor + 1, 1000, UInt32.max] {
      bench.findings.at("cbl_adapter_v1(\(minor))")
      if unsafe entry(minor) == nil {
        bench.findings.fail("cbl_adapter_v1(\(minor)) gives NULL: a newer host is refused")
      }
    }
    var setup = TrialSetup()
    setup.extra = 64
    if let inputs = try? bench.inputs() {
      for (sample, format) in inputs {
        bench.findings.at("\(sample.name) with longer structs")
        let (old, new) = (
          bench.probe(sample.members, format).confidence,
          bench.probe(sample.members, format, setup).confidence
        )
        if old != new { bench.findings.fail("\(sample.name): probed \(new) instead of \(old)") }
        let before = bench.read(sample.members, format)
        let after = bench.read(sample.members, format, setup)
        if before.rows != after.rows || before.status != after.status {
          bench.findings.fail(
            "\(sample.name): \(after.rowCount) records and \(TrialCall.name(after.status)) from a "
              + "newer host, \(before.rowCount) and \(TrialCall.name(before.status)) from this one")
        }
      }
    }
    guard let sets = try? bench.dataSets() else { return }
    for (name, format, rows) in sets {
      bench.findings.at("writing \(name) with longer structs")
      let before = bench.write(rows, format)
      let after = bench.write(rows, format, setup)
      if before.outputs != after.outputs || before.status != after.status {
        bench.findings.fail("\(format.identifier), \(name): a newer host is given another output")
      }
    }
  }

  private static func checkDeclarations(_ bench: Workbench) {
    var start = unsafe UnsafeRawPointer(bench.library.table.pointee.formats)
    for format in bench.library.info.formats {
      guard let pointer = unsafe start else { return }
      let raw = unsafe pointer.loadUnaligned(as: cbl_format.self)
      var kinds: Set<UInt32> = []
      for entry in 0..<Int(raw.capability_count) {
        guard let kind = unsafe raw.capabilities?[entry].kind else { continue }
        if !kinds.insert(kind).inserted {
          bench.findings.fail("\(format.identifier) declares kind \(kind) twice")
        }
      }
      unsafe start = pointer + Int(raw.size)
      check(format, bench.findings)
    }
  }

  private static func check(_ format: LoadedFormat, _ findings: Findings) {
    let name = format.identifier
    for (kind, capability) in format.capabilities.sorted(by: { $0.key < $1.key }) {
      let place = "\(name), \(kind)"
      let all = ~UInt64(0) >> UInt64(64 - RecordSchema.of(kind).fields.count)
      let masks = [
        ("reads", capability.reads), ("writes", capability.writes),
        ("reduces", capability.reduces), ("needs", capability.needs),
      ]
      for (mask, bits) in masks where bits & ~all != 0 {
        findings.fail("\(place): \(mask) names fields that the kind does not have")
      }
      if capability.needs & ~(capability.writes | capability.reduces) != 0 {
        findings.fail("\(place): a field is needed and not written")
      }
      if capability.writes & capability.reduces != 0 {
        findings.fail("\(place): a field is both kept whole and reduced")
      }
      if capability.reduces != 0, capability.rule.isEmpty {
        findings.fail("\(place): fields are reduced by no rule")
      }
    }
    if format.reads != (format.readKinds != 0) {
      findings.fail("\(name): the flag CBL_READS contradicts the masks of fields that are read")
    }
    if format.writes != (format.writtenKinds != 0) {
      findings.fail("\(name): the flag CBL_WRITES contradicts the masks of fields that are written")
    }
    if !format.reads, !format.writes { findings.fail("\(name) is neither read nor written") }
  }

  private static func options(_ bench: Workbench) {
    describeOptions(bench)
    var setup = TrialSetup()
    setup.givesDefaults = true
    for (sample, format) in (try? bench.inputs()) ?? [] where !format.options.isEmpty {
      bench.findings.at("reading \(sample.name) with each option at its default")
      if bench.read(sample.members, format).rows != bench.read(sample.members, format, setup).rows {
        bench.findings.fail(
          "\(sample.name): \(format.identifier) reads something else when each option is given its "
            + "default")
      }
    }
    for (name, format, rows) in (try? bench.dataSets()) ?? [] where !format.options.isEmpty {
      bench.findings.at("writing \(name) with each option at its default")
      if bench.write(rows, format).outputs != bench.write(rows, format, setup).outputs {
        bench.findings.fail(
          "\(name): \(format.identifier) writes something else when each option is given its "
            + "default")
      }
    }
  }

  private static func describeOptions(_ bench: Workbench) {
    for format in bench.library.info.formats {
      var known: Set<String> = []
      for option in format.options {
        let place = "\(format.identifier), option \(option.name)"
        if option.name.isEmpty || !known.insert(option.name).inserted {
          bench.findings.fail("\(place): the name is blank or used twice")
        }
        if option.help.isEmpty { bench.findings.fail("\(place) has no help") }
        guard let first = option.values.first else {
          bench.findings.fail("\(place) has no values")
          continue
        }
        let value = option.defaultValue
        let isAllowed =
          switch option.values.count == 1 ? first : "" {
          case "text": true
          case "number": value.isEmpty || Double(value) != nil
          case "boolean": ["", "true", "false"].contains(value)
          default: value.isEmpty || option.values.contains(value)
          }
        if !isAllowed { bench.findings.fail("\(place): the default `\(value)` is not allowed") }
      }
    }
  }
}
