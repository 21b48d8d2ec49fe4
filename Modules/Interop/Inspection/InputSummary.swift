/// What is in an input: its format, how it is written, what it holds and what is wrong with it.
public struct InputSummary: Hashable, Sendable {
  /// How a member is written.
  public struct Dialect: Hashable, Sendable {
    /// The name of the member.
    public var member: String
    /// The notes of the adapter on encoding, delimiter, quoting and line ends.
    public var text: String
  }

  /// A scale of the input.
  public struct Scale: Hashable, Sendable {
    /// The identifier.
    public var id: String
    /// The title, or the empty text.
    public var title: String
    /// The labels of the levels, in the order of the input.
    public var levels: [String]
  }

  /// The accounts and problems of reading.
  public var report: ConversionReport
  /// How the members are written, as far as the adapter says it.
  public var dialects: [Dialect] = []
  /// The scales; the first thousand.
  public var scales: [Scale] = []
  /// The first day of any score, result or event, or `nil` when none has a date.
  public var firstDate: String?
  /// The last day of any score, result or event.
  public var lastDate: String?
}
