public import AdapterHost
public import Records

/// What a conversion did.
public struct ConversionReport: Hashable, Sendable {
  /// An input and the format that it was read as.
  public struct Input: Hashable, Sendable {
    /// The path.
    public var path: String
    /// The format.
    public var format: String
    /// Why it was taken for that format.
    public var reason: String
    /// How sure the format was, from 1 to 100.
    public var confidence: Int
  }

  /// The rows of a kind: read = written + unwritten + skipped + rejected + dropped.
  public struct Rows: Hashable, Sendable {
    /// The kind.
    public var kind: RecordKind
    /// Rows that were in the input.
    public var read: Int
    /// Rows that the output carries.
    public var written: Int
    /// Rows that needed no record, or stood there twice.
    public var skipped: Int
    /// Rows that were wrong.
    public var rejected: Int
    /// Rows that the user asked to leave out.
    public var dropped: Int
    /// Rows that the output has no place for, see the certificate.
    public var unwritten: Int

    /// Whether the accounts hold.
    public var isBalanced: Bool {
      read == written + unwritten + skipped + rejected + dropped
    }
  }

  /// A code and how often it was reported.
  public struct CodeCount: Hashable, Sendable {
    /// The code.
    public var code: String
    /// The worst severity with which it was reported.
    public var severity: AdapterReport.Severity
    /// How often.
    public var count: Int

    /// Creates a count.
    public init(code: String, severity: AdapterReport.Severity, count: Int) {
      self.code = code
      self.severity = severity
      self.count = count
    }
  }

  /// The inputs.
  public var inputs: [Input]
  /// The format of the output, or `nil` when nothing was written.
  public var outputFormat: String?
  /// The names of the members written.
  public var members: [String] = []
  /// The rows, kind by kind.
  public var rows: [Rows]
  /// The first problems, in the order in which they were found.
  public var problems: [AdapterReport]
  /// All problems by code, in the order in which they were first found.
  public var problemCounts: [CodeCount]
  /// What the output cannot carry.
  public var certificate: LossCertificate
  /// Values that the mapping invented, and how often.
  public var invented: [Invented]
  /// How many rows and lines were rejected, also those that could not be read as any kind.
  public var rejectedCount = 0
  /// Whether the formula guard was on.
  public var guardedFormulas = false

  /// A field that got values which the input did not have.
  public struct Invented: Hashable, Sendable {
    /// The kind.
    public var kind: RecordKind
    /// The name of the field.
    public var field: String
    /// How many values.
    public var count: Int
  }

  /// The rows that were rejected.
  public var rejectedRows: Int { rows.reduce(0) { $0 + $1.rejected } }

  /// Whether anything was rejected, be it a row of a kind or a line that could not be read as any.
  public var hasRejects: Bool {
    rejectedRows > 0 || problemCounts.contains { $0.severity == .rejected }
  }

  /// Whether the accounts of all kinds hold.
  public var isBalanced: Bool { rows.allSatisfy(\.isBalanced) }
}

/// What a format cannot carry: declared from the capability tables before anything is written, and
/// counted while writing.
///
/// What is not in the certificate is equal after the output was read again.
public struct LossCertificate: Hashable, Sendable {
  /// One loss.
  public struct Entry: Hashable, Sendable {
    /// The kind of record.
    public var kind: RecordKind
    /// The field, or `nil` for whole records.
    public var field: String?
    /// Whether a poorer form was kept.
    public var isReduced: Bool
    /// How many values or records were lost; 0 for a loss that was declared and did not happen.
    public var count: Int
    /// Why, as a sentence.
    public var reason: String
    /// Identifier of one such record.
    public var example: String
  }

  /// The losses: by kind, then by field.
  public var entries: [Entry]

  /// The losses that happened.
  public var counted: [Entry] { entries.filter { $0.count > 0 } }

  /// Whether nothing was lost.
  public var isLossless: Bool { counted.isEmpty }

  /// What a reader can give and a writer cannot carry.
  ///
  /// - Parameters:
  ///   - source: The format that is read.
  ///   - target: The format that is written.
  public static func declared(from source: LoadedFormat, to target: LoadedFormat) -> [Entry] {
    var entries: [Entry] = []
    for kind in RecordKind.all where !kind.isSourceLayer {
      guard let reads = source.capabilities[kind]?.reads, reads != 0 else { continue }
      let capability = target.capabilities[kind]
      let writes = capability?.writes ?? 0
      let reduces = capability?.reduces ?? 0
      guard writes | reduces != 0 else {
        entries.append(
          Entry(
            kind: kind, field: nil, isReduced: false, count: 0,
            reason: "\(target.identifier) has no place for records of this kind", example: ""))
        continue
      }
      for field in RecordSchema.of(kind).fields {
        let bit: UInt64 = 1 << UInt64(field.index)
        guard reads & bit != 0, writes & bit == 0 else { continue }
        let isReduced = reduces & bit != 0
        entries.append(
          Entry(
            kind: kind, field: field.name, isReduced: isReduced, count: 0,
            reason: isReduced
              ? capability?.rule ?? "" : "\(target.identifier) has no place for this field",
            example: ""))
      }
    }
    return entries
  }

  /// The declared losses with the counted ones put in.
  init(declared: [Entry], ledger: ConversionLedger) {
    var entries = declared
    for (key, loss) in ledger.losses {
      guard let kind = RecordKind(number: key.kind) else { continue }
      let field = key.field < 0 ? nil : RecordSchema.of(kind).fields[key.field].name
      let counted = Entry(
        kind: kind, field: field, isReduced: key.isReduced, count: loss.count,
        reason: key.reason, example: loss.example)
      let place = entries.firstIndex { entry in
        entry.kind == kind && entry.field == field && entry.isReduced == key.isReduced
          && entry.count == 0
      }
      if let place { entries[place] = counted } else { entries.append(counted) }
    }
    self.entries = entries.sorted { left, right in
      if left.kind != right.kind { return left.kind < right.kind }
      let schema = RecordSchema.of(left.kind)
      let places = [left, right].map { entry in
        entry.field.flatMap { schema.field($0)?.index } ?? -1
      }
      if places[0] != places[1] { return places[0] < places[1] }
      return left.reason < right.reason
    }
  }
}
