private import Synchronization

/// Keeps reported problems in memory, up to a limit, and counts all of them.
///
/// Problems of one thread keep their order. It may be used from several threads at the same time.
public final class ProblemList: ProblemReporter {
  private struct Contents {
    var kept: [Problem] = []
    var counts: [Severity: Int] = [:]
  }

  private let limit: Int
  // Guards the kept problems and the counts; held only while they are changed or copied.
  private let contents = Mutex(Contents())

  /// Creates an empty list.
  ///
  /// - Parameter limit: How many problems to keep; later ones are only counted.
  public init(limit: Int = 1_000) {
    self.limit = limit
  }

  /// Keeps problems up to the limit and counts them all.
  public func report(_ problems: [Problem]) {
    contents.withLock { contents in
      contents.kept.append(contentsOf: problems.prefix(max(0, limit - contents.kept.count)))
      for problem in problems { contents.counts[problem.severity, default: 0] += 1 }
    }
  }

  /// The problems that were kept, in the order in which they were reported.
  public var problems: [Problem] {
    contents.withLock { $0.kept }
  }

  /// How many problems of a severity were reported, kept or not.
  public func count(of severity: Severity) -> Int {
    contents.withLock { $0.counts[severity, default: 0] }
  }
}
