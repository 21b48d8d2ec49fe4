/// Takes the problems that are found in the user's data.
///
/// A reporter may be called from several threads at the same time and must not block for long:
/// readers call it in the middle of their work. Calls of one thread keep the order of the input.
public protocol ProblemReporter: Sendable {
  /// Takes problems in the order in which they were found.
  ///
  /// Called once per batch or file, or once per problem where problems are rare.
  ///
  /// - Parameter problems: The problems; never empty.
  func report(_ problems: [Problem])
}

extension ProblemReporter {
  /// Takes one problem.
  ///
  /// - Parameter problem: The problem.
  public func report(_ problem: Problem) {
    report([problem])
  }
}
