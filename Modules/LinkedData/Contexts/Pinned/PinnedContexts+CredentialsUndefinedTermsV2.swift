extension PinnedContexts {
  /// The terms of `https://www.w3.org/ns/credentials/undefined-terms/v2`.
  static let credentialsUndefinedTermsV2 = #"""
    {"@context":{"@vocab":"https://www.w3.org/ns/credentials/undefined-term#"}}
    """#
}
