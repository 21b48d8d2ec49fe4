extension Policy {
  /// The JSON Schema (draft 2020-12) of policy documents.
  ///
  /// It covers fields and their kinds. What fields mean together, such as that a gate's level is on
  /// the scale, is checked on reading.
  public static let schema: [UInt8] = PackageResources.policy_schema_json

  /// The JSON Schema of documents that stand on another policy, see ``init(_:extending:)``.
  public static let extensionSchema: [UInt8] = PackageResources.policy_extension_schema_json
}
