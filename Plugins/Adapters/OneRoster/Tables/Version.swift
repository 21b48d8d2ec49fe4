internal import AdapterKit
internal import CAdapterABI

/// A version of the format.
enum Version: Int, CaseIterable {
  case v12
  case v11
  case v10

  /// As the manifest has it.
  var number: String {
    switch self {
    case .v12: "1.2"
    case .v11: "1.1"
    case .v10: "1.0"
    }
  }

  /// As `--from` takes it.
  var identifier: String { "oneroster-" + number }

  /// Its files in the order of their kinds, so that reading them one after another gives records
  /// in the order that writers want.
  var files: [FileTable] {
    switch self {
    case .v12: Self.files12
    case .v11: Self.files11
    case .v10: Self.files10
    }
  }

  /// Names of the files in the order in which the manifest lists them.
  var manifestNames: [String] {
    switch self {
    case .v12: Self.names12.split(separator: " ").map(String.init)
    case .v11: Self.names11.split(separator: " ").map(String.init)
    case .v10: []
    }
  }

  /// The table of a file, or `nil` when the version does not have it.
  func file(_ name: String) -> FileTable? {
    files.first { $0.name == name }
  }

  /// Names of all files of all versions.
  static let allNames: [String] = files12.map(\.name)

  private static let names11 = """
    academicSessions categories classes classResources courses courseResources demographics \
    enrollments lineItems orgs resources results users
    """
  private static let names12 = """
    academicSessions categories classes classResources courses courseResources demographics \
    enrollments lineItemLearningObjectiveIds lineItems lineItemScoreScales orgs resources \
    resultLearningObjectiveIds results resultScoreScales roles scoreScales userProfiles \
    userResources users
    """
}
