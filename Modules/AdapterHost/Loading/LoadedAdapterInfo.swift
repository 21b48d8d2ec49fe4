internal import CAdapterABI
public import Records

/// What an adapter says of itself.
public struct LoadedAdapterInfo: Hashable, Sendable {
  /// Identifier in reverse domain form.
  public let identifier: String
  /// Version of the adapter.
  public let version: String
  /// Who made it.
  public let vendor: String
  /// SPDX licence identifier.
  public let license: String
  /// Minor version of the boundary that it was built for.
  public let minor: UInt32
  /// Its formats.
  public let formats: [LoadedFormat]

  init(
    identifier: String, version: String, vendor: String, license: String, minor: UInt32,
    formats: [LoadedFormat]
  ) {
    self.identifier = identifier
    self.version = version
    self.vendor = vendor
    self.license = license
    self.minor = minor
    self.formats = formats
  }

  init(_ table: UnsafePointer<cbl_adapter>, path: String) throws(AdapterHostError) {
    let adapter = unsafe table.pointee
    identifier = try text(adapter.identifier, path)
    version = try text(adapter.version, path)
    vendor = try text(adapter.vendor, path)
    license = try text(adapter.license, path)
    minor = adapter.minor
    guard adapter.format_count <= 256,
      unsafe adapter.format_count == 0 || adapter.formats != nil
    else {
      throw AdapterHostError(.malformed, "the list of formats is not valid", adapter: path)
    }
    var formats: [LoadedFormat] = []
    var start = unsafe UnsafeRawPointer(adapter.formats)
    for index in 0..<adapter.format_count {
      guard let pointer = unsafe start else { break }
      let format = unsafe pointer.loadUnaligned(as: cbl_format.self)
      guard format.size >= UInt32(MemoryLayout<cbl_format>.size), format.size % 8 == 0 else {
        throw AdapterHostError(.malformed, "a format is shorter than version 1.0", adapter: path)
      }
      formats.append(try LoadedFormat(format, index: index, path: path))
      unsafe start = pointer + Int(format.size)
    }
    guard !identifier.isEmpty else {
      throw AdapterHostError(.malformed, "the adapter has no identifier", adapter: path)
    }
    self.formats = formats
  }
}

/// A format of a loaded adapter.
public struct LoadedFormat: Hashable, Sendable {
  /// Index into the adapter's formats.
  public let index: Int
  /// Identifier, as `--from` and `--to` take it.
  public let identifier: String
  /// Another name, or blank.
  public let alias: String
  /// Version of the format.
  public let version: String
  /// Title for people.
  public let title: String
  /// File name extensions without dots.
  public let extensions: [String]
  /// Name of the member when the format has only one.
  public let memberName: String
  /// What it does with each kind of record.
  public let capabilities: [RecordKind: FormatCapability]
  /// Options that it understands.
  public let options: [FormatOption]
  let flags: UInt32

  init(
    index: Int, identifier: String, alias: String, version: String, title: String,
    extensions: [String], memberName: String, flags: UInt32,
    capabilities: [RecordKind: FormatCapability], options: [FormatOption]
  ) {
    self.index = index
    self.identifier = identifier
    self.alias = alias
    self.version = version
    self.title = title
    self.extensions = extensions
    self.memberName = memberName
    self.flags = flags
    self.capabilities = capabilities
    self.options = options
  }

  init(_ format: cbl_format, index: Int, path: String) throws(AdapterHostError) {
    self.index = index
    identifier = try text(format.identifier, path)
    alias = try text(format.alias, path)
    version = try text(format.version, path)
    title = try text(format.title, path)
    extensions = try text(format.extensions, path).split(separator: "|").map(String.init)
    memberName = try text(format.member_name, path)
    flags = format.flags
    var capabilities: [RecordKind: FormatCapability] = [:]
    for entry in 0..<Int(format.capability_count) {
      guard let capability = unsafe format.capabilities?[entry],
        let kind = RecordKind(number: Int(capability.kind))
      else {
        throw AdapterHostError(
          .malformed, "a capability of \(identifier) is not valid", adapter: path)
      }
      capabilities[kind] = FormatCapability(
        reads: capability.reads, writes: capability.writes, reduces: capability.reduces,
        needs: capability.needs, rule: try text(capability.rule, path))
    }
    self.capabilities = capabilities
    var options: [FormatOption] = []
    for entry in 0..<Int(format.option_count) {
      guard let option = unsafe format.options?[entry] else { break }
      options.append(
        FormatOption(
          name: try text(option.name, path),
          values: try text(option.values, path).split(separator: "|").map(String.init),
          defaultValue: try text(option.default_value, path),
          help: try text(option.help, path)))
    }
    self.options = options
  }

  /// Whether the format can be read.
  public var reads: Bool { flags & CBL_READS.bits != 0 }
  /// Whether the format can be written.
  public var writes: Bool { flags & CBL_WRITES.bits != 0 }
  /// Whether reading gives the kinds in order.
  public var isOrdered: Bool { flags & CBL_ORDERED.bits != 0 }
  /// Whether references are not to be checked.
  public var isSelfContained: Bool { flags & CBL_SELF_CONTAINED.bits != 0 }
  /// Whether the output is meant for a spreadsheet.
  public var isSpreadsheet: Bool { flags & CBL_SPREADSHEET.bits != 0 }
  /// Whether writing wants results class by class.
  public var isGrouped: Bool { flags & CBL_GROUPED.bits != 0 }
  /// Whether writing gives several members.
  public var givesSeveralMembers: Bool { flags & CBL_SEVERAL_MEMBERS.bits != 0 }

  /// Whether a name, as a user types it, means this format.
  public func isNamed(_ name: String) -> Bool { name == identifier || name == alias }

  /// The kinds that reading can give, as a mask.
  public var readKinds: UInt64 {
    capabilities.reduce(0) { $1.value.reads != 0 ? $0 | $1.key.bit : $0 }
  }

  /// The kinds that writing uses, as a mask.
  public var writtenKinds: UInt64 {
    capabilities.reduce(0) { $1.value.writes | $1.value.reduces != 0 ? $0 | $1.key.bit : $0 }
  }
}

/// What a format does with one kind of record; bit *n* of a mask stands for field *n*.
public struct FormatCapability: Hashable, Sendable {
  /// Fields that reading can give.
  public let reads: UInt64
  /// Fields that writing keeps whole.
  public let writes: UInt64
  /// Fields that writing keeps in a poorer form.
  public let reduces: UInt64
  /// Fields without which a record cannot be written.
  public let needs: UInt64
  /// How values are reduced, as a sentence.
  public let rule: String
}

/// An option that a format understands.
public struct FormatOption: Hashable, Sendable {
  /// Name.
  public let name: String
  /// `text`, `number`, `boolean`, or the allowed words.
  public let values: [String]
  /// Value when nobody sets it.
  public let defaultValue: String
  /// One sentence for the user.
  public let help: String
}

private func text(_ text: cbl_text, _ path: String) throws(AdapterHostError) -> String {
  guard let start = unsafe text.bytes else { return "" }
  guard text.count <= 1 << 16,
    let string = unsafe String(
      validating: UnsafeRawBufferPointer(start: start, count: text.count), as: UTF8.self)
  else {
    throw AdapterHostError(.malformed, "a text of the table is not valid UTF-8", adapter: path)
  }
  return string
}

extension UInt32 {
  fileprivate var bits: UInt32 { self }
}

extension Int {
  fileprivate var bits: UInt32 { UInt32(self) }
}
