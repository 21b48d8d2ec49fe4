public import CAdapterABI

/// What an adapter is, and the formats that it knows.
public struct AdapterInfo: Sendable {
  /// Identifier in reverse domain form, such as `org.example.gradebook`.
  public var identifier: String
  /// Version of the adapter.
  public var version: String
  /// Who made it.
  public var vendor: String
  /// SPDX licence identifier.
  public var license: String
  /// Its formats; an index into this list names a format in every call.
  public var formats: [FormatInfo]

  /// An adapter.
  public init(
    identifier: String, version: String, vendor: String, license: String, formats: [FormatInfo]
  ) {
    self.identifier = identifier
    self.version = version
    self.vendor = vendor
    self.license = license
    self.formats = formats
  }
}

/// A format of an adapter.
public struct FormatInfo: Sendable {
  /// What a format can do; see the flags of `cbl/adapter.h`.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The flags as the C header has them.
    public let rawValue: UInt32

    /// Flags from the C header's bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The format can be read.
    public static let reads = Flags(rawValue: 1 << 0)
    /// The format can be written.
    public static let writes = Flags(rawValue: 1 << 1)
    /// Reading gives the kinds in the order of their numbers.
    public static let ordered = Flags(rawValue: 1 << 2)
    /// Reading gives records that need no others.
    public static let selfContained = Flags(rawValue: 1 << 3)
    /// The output is meant for a spreadsheet.
    public static let spreadsheet = Flags(rawValue: 1 << 4)
    /// Writing wants results, target results and totals class by class.
    public static let grouped = Flags(rawValue: 1 << 5)
    /// Writing gives several members.
    public static let severalMembers = Flags(rawValue: 1 << 6)
  }

  /// Identifier, as `--from` and `--to` take it.
  public var identifier: String
  /// Another name, or blank.
  public var alias: String
  /// Version of the format.
  public var version: String
  /// Title for people.
  public var title: String
  /// File name extensions without dots.
  public var extensions: [String]
  /// Name of the member when the format has only one.
  public var memberName: String
  /// What it can do.
  public var flags: Flags
  /// What it does with each kind of record.
  public var capabilities: [Capability]
  /// Options that it understands.
  public var options: [OptionInfo]

  /// A format.
  public init(
    identifier: String, alias: String = "", version: String, title: String,
    extensions: [String], memberName: String, flags: Flags, capabilities: [Capability],
    options: [OptionInfo] = []
  ) {
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
}

/// What a format does with one kind of record.
///
/// Fields are named as in the table of kinds, such as `lineItem`; a name that the kind lacks stops
/// the program, so a test that loads the adapter finds it.
public struct Capability: Sendable {
  let kind: UInt32
  let reads: UInt64
  let writes: UInt64
  let reduces: UInt64
  let needs: UInt64
  let rule: String

  /// What a format does with one kind of record.
  ///
  /// - Parameters:
  ///   - kind: The kind.
  ///   - reads: Fields that reading can give; `id` is among them unless the format has none.
  ///   - writes: Fields that writing keeps whole.
  ///   - reduces: Fields that writing keeps in a poorer form.
  ///   - needs: Fields without which a record cannot be written.
  ///   - rule: How values are reduced, as a sentence.
  public init(
    _ kind: cbl_kind, reads: [String] = [], writes: [String] = [], reduces: [String] = [],
    needs: [String] = [], rule: String = ""
  ) {
    self.kind = kind.rawValue
    self.reads = Self.mask(kind, reads)
    self.writes = Self.mask(kind, writes)
    self.reduces = Self.mask(kind, reduces)
    self.needs = Self.mask(kind, needs)
    self.rule = rule
  }

  private static func mask(_ kind: cbl_kind, _ names: [String]) -> UInt64 {
    guard let info = unsafe cbl_kind_table(kind.rawValue) else { return 0 }
    var mask: UInt64 = 0
    for name in names {
      let index = (0..<Int(unsafe info.pointee.field_count)).first { index in
        unsafe info.pointee.fields[index].name.string == name
      }
      guard let index else { preconditionFailure("\(kind) has no field \(name)") }
      mask |= 1 << UInt64(index)
    }
    return mask
  }
}

/// An option that a format understands.
public struct OptionInfo: Sendable {
  /// Name, as `--option NAME=VALUE` takes it.
  public var name: String
  /// `text`, `number`, `boolean`, or the allowed words.
  public var values: [String]
  /// Value when nobody sets it.
  public var defaultValue: String
  /// One sentence for the user.
  public var help: String

  /// An option.
  public init(name: String, values: [String], defaultValue: String, help: String) {
    self.name = name
    self.values = values
    self.defaultValue = defaultValue
    self.help = help
  }
}
