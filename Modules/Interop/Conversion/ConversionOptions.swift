public import Records

/// How a conversion is done.
public struct ConversionOptions: Sendable {
  /// The format of the inputs; recognised when `nil`.
  public var from: String?
  /// The format of the output.
  public var to: String
  /// Refuse what the format's rules forbid, and write nothing when a row was rejected.
  public var isStrict = false
  /// Kinds that are left out, such as demographics.
  public var droppedKinds: Set<RecordKind> = []
  /// Makes pseudonyms, and so takes personal data out; `nil` keeps all as it is.
  public var pseudonymizer: (any Pseudonymizer)?
  /// Guard cells that a spreadsheet would take as formulas; the format decides when `nil`.
  public var guardsFormulas: Bool?
  /// Values for fields that the input lacks, and replacements.
  public var mapping = RecordMapping()
  /// The most rejected rows before the work stops.
  public var maximumRejects: Int?
  /// Options of the formats, by name.
  public var formatOptions: [String: String] = [:]
  /// How the output is written.
  public var output = OutputOptions()
  /// Where rejected rows are written, or `nil`.
  public var rejectsPath: String?

  /// A conversion to a format.
  public init(to: String) {
    self.to = to
  }
}

/// What a mapping file says: values that are given to records on the way.
public struct RecordMapping: Hashable, Sendable {
  /// A field of a kind.
  public struct Field: Hashable, Sendable {
    /// The kind.
    public var kind: RecordKind
    /// The field, from 0.
    public var field: Int

    /// A field by the names of the table of kinds.
    ///
    /// - Throws: ``InteropError`` when there is no such field.
    public init(kind kindName: String, field fieldName: String) throws(InteropError) {
      guard let kind = RecordKind(name: kindName) else {
        throw InteropError(.usage, "there is no kind of record named \(kindName)")
      }
      guard let field = RecordSchema.of(kind).field(fieldName) else {
        let names = RecordSchema.of(kind).fields.map(\.name).joined(separator: ", ")
        throw InteropError(.usage, "a \(kindName) has no field \(fieldName); it has: \(names)")
      }
      self.kind = kind
      self.field = field.index
    }
  }

  /// Values for rows that have none; each use is reported as invented.
  public var defaults: [Field: String] = [:]
  /// Values that become others, such as levels of a scale.
  public var replacements: [Field: [String: String]] = [:]
  /// Identifiers of one and the same thing, by its kind: the one that is read, and the one it
  /// becomes.
  public var same: [RecordKind: [String: String]] = [:]

  /// A mapping that changes nothing.
  public init() {}

  /// Whether nothing is changed.
  public var isEmpty: Bool { defaults.isEmpty && replacements.isEmpty && same.isEmpty }

  /// What is done to each field of each kind, by the kind's number.
  var edits: [[(field: Int, edit: FieldEdit)]] {
    var edits: [[(field: Int, edit: FieldEdit)]] = Array(repeating: [], count: RecordKind.limit)
    for (field, table) in replacements.sorted(by: Self.inOrder) {
      edits[field.kind.number].append((field.field, .replace(Self.bytes(table))))
    }
    for (field, value) in defaults.sorted(by: Self.inOrder) {
      edits[field.kind.number].append((field.field, .fill(Array(value.utf8))))
    }
    for (kind, table) in same.sorted(by: { $0.key < $1.key }) {
      let table = Self.bytes(table)
      for schema in RecordSchema.all {
        for field in schema.fields where field.reference == kind {
          let edit =
            field.type == .referenceList ? FieldEdit.replaceList(table) : .replace(table)
          edits[schema.kind.number].append((field.index, edit))
        }
      }
      edits[kind.number].append((0, .replace(table)))
    }
    return edits
  }

  private static func bytes(_ table: [String: String]) -> [[UInt8]: [UInt8]] {
    Dictionary(
      table.map { (Array($0.key.utf8), Array($0.value.utf8)) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func inOrder<Value>(
    _ left: (key: Field, value: Value), _ right: (key: Field, value: Value)
  ) -> Bool {
    (left.key.kind.number, left.key.field) < (right.key.kind.number, right.key.field)
  }
}
