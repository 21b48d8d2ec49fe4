extension PinnedContexts {
  /// The terms of `https://www.w3.org/ns/credentials/examples/v2`.
  static let credentialsExamplesV2 = #"""
    {"@context":{"@vocab":"https://www.w3.org/ns/credentials/examples#"}}
    """#
}
