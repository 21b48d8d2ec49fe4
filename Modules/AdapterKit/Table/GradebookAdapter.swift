/// An adapter for one family of gradebook formats.
///
/// The functions may be called at the same time for different inputs, so an adapter keeps nothing
/// between calls.
public protocol GradebookAdapter: Sendable {
  /// What the adapter is; asked once.
  static var info: AdapterInfo { get }

  /// Says how sure it is that the input has a format, from names and first bytes alone.
  ///
  /// - Parameters:
  ///   - input: The input; members need not be opened.
  ///   - format: Index into the adapter's formats.
  static func probe(_ input: AdapterInput, format: Int) throws(AdapterError) -> Probe

  /// Reads the whole input.
  ///
  /// A bad row is reported and left out, or read with a warning; only input that cannot be read
  /// any further ends the call.
  ///
  /// - Parameters:
  ///   - input: The members.
  ///   - request: The format, flags and options.
  ///   - sink: Takes the rows; flushed by the caller at the end.
  /// - Throws: ``AdapterError`` when the work cannot go on.
  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError)

  /// Begins to write.
  ///
  /// - Returns: `WriterSession.of(writer)`.
  /// - Throws: ``AdapterError`` when the format cannot be written.
  static func write(
    to output: AdapterOutput, request: AdapterRequest, host: HostLink
  ) throws(AdapterError) -> WriterSession
}

extension GradebookAdapter {
  /// Refuses: the adapter does not write.
  public static func write(
    to output: AdapterOutput, request: AdapterRequest, host: HostLink
  ) throws(AdapterError) -> WriterSession {
    throw AdapterError(.unsupported)
  }
}

/// How sure a probe is.
public struct Probe: Hashable, Sendable {
  /// From 0, no, to 100, certain.
  public var confidence: Int
  /// Why, in a few words.
  public var reason: String

  /// A verdict.
  public init(_ confidence: Int, _ reason: String) {
    self.confidence = confidence
    self.reason = reason
  }

  /// The input has another format.
  public static let no = Probe(0, "")
}

/// A writer of one format.
///
/// Batches come in the order of the kinds' numbers; source and attribute records come before the
/// record that they belong to.
public protocol GradebookWriter: ~Copyable {
  /// Takes a batch.
  ///
  /// - Parameter batch: The rows, borrowed for the call.
  mutating func put(_ batch: RecordBatch) throws(AdapterError)

  /// Writes what is left; called once, after the last batch.
  mutating func finish() throws(AdapterError)
}

/// A writer at work, as the host's session.
public class WriterSession {
  /// A session around a writer.
  public static func of<Writer: GradebookWriter & ~Copyable>(
    _ writer: consuming Writer
  ) -> WriterSession {
    TypedSession(writer)
  }

  func put(_ batch: RecordBatch) throws(AdapterError) {
    throw AdapterError(.failed)
  }

  func finish() throws(AdapterError) {
    throw AdapterError(.failed)
  }
}

private final class TypedSession<Writer: GradebookWriter & ~Copyable>: WriterSession {
  private var writer: Writer

  init(_ writer: consuming Writer) {
    self.writer = writer
  }

  override func put(_ batch: RecordBatch) throws(AdapterError) {
    try writer.put(batch)
  }

  override func finish() throws(AdapterError) {
    try writer.finish()
  }
}
