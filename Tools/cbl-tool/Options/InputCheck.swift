/// Looks at the paths of a command before anything is opened.
enum InputCheck {
  /// Refuses inputs that cannot go together.
  static func check(_ inputs: [String]) throws {
    if inputs.filter({ $0 == "-" }).count > 1 {
      throw ToolFailure.usage("standard input (-) can be read only once; name it once")
    }
  }

  /// Refuses outputs that are each other or an input.
  ///
  /// - Parameter outputs: The paths with the options that name them.
  static func check(outputs: [(option: String, path: String?)], inputs: [String]) throws {
    var known: [String: String] = [:]
    for (option, path) in outputs {
      guard let path, path != "-" else { continue }
      if let other = known[path] {
        throw ToolFailure.usage("\(option) and \(other) name the same file; give each its own")
      }
      known[path] = option
      if inputs.contains(path) {
        throw ToolFailure(73, "\(path): \(option) is one of the inputs; name another file")
      }
    }
  }
}
