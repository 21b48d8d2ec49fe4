public import Records

/// A difference between two inputs in one record.
public struct RecordDifference: Hashable, Sendable {
  /// What happened to the record.
  public enum Change: Hashable, Sendable {
    /// Only the first input has it.
    case removed
    /// Only the second input has it.
    case added
    /// Both have it, with other values.
    case changed([Field])
  }

  /// A field with two values.
  public struct Field: Hashable, Sendable {
    /// The name of the field.
    public var name: String
    /// The value of the first input; `nil` when it is absent.
    public var first: String?
    /// The value of the second input; `nil` when it is absent.
    public var second: String?
  }

  /// The kind of record.
  public var kind: RecordKind
  /// What names the record: its identifier, or its references with commas between them.
  public var key: String
  /// What happened to it.
  public var change: Change
}

/// How many records of a kind are the same in two inputs.
public struct KindDifference: Hashable, Sendable {
  /// The kind.
  public var kind: RecordKind
  /// Records that are equal.
  public var same = 0
  /// Records with other values.
  public var changed = 0
  /// Records that only the second input has.
  public var added = 0
  /// Records that only the first input has.
  public var removed = 0
  /// Whether records were matched by their references, because some have no identifier.
  public var isMatchedByReferences = false
  /// Fields that one of the two formats never has, so that they cannot be compared.
  public var fieldsLeftOut: [String] = []

  /// Whether nothing differs.
  public var isEqual: Bool { changed + added + removed == 0 }
}

/// What two inputs have in common.
public struct DifferenceSummary: Hashable, Sendable {
  /// How the first input was read.
  public var first: ConversionReport
  /// How the second input was read.
  public var second: ConversionReport
  /// The kinds that were compared, in the order of their numbers.
  public var kinds: [KindDifference] = []
  /// Kinds with records in one input that the format of the other has no place for.
  public var kindsLeftOut: [RecordKind] = []

  /// Whether nothing differs.
  public var isEqual: Bool { kinds.allSatisfy(\.isEqual) }
}
