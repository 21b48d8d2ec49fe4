internal import AdapterKit

/// What the user chose of the evidence table.
struct EvidenceOptions {
  var columns: [EvidenceColumn]
  /// Whether the user named the columns.
  var namesColumns = false
  /// Whether results whose line item has no target are written, with a blank target; `nil` when
  /// only an input without any alignment keeps them.
  var keepsUnaligned: Bool?
  /// Whether results without a score are written.
  var keepsUnscored: Bool
  /// Whether the scores of single targets are written as rows of their own.
  var keepsTargetScores: Bool

  static func infos(isJSON: Bool) -> [OptionInfo] {
    [
      OptionInfo(
        name: "columns", values: ["text"],
        defaultValue: standardColumns(isJSON: isJSON).map(\.name).joined(separator: ","),
        help: "Columns of the table, with commas between them."),
      OptionInfo(
        name: "unaligned", values: ["auto", "leave", "keep"], defaultValue: "auto",
        help: "Whether results of line items without a target are written with a blank target; "
          + "auto keeps them when the input aligns nothing with a target."),
      OptionInfo(
        name: "states", values: ["scored", "all"], defaultValue: "scored",
        help: "Whether results without a score are written with a blank score."),
      OptionInfo(
        name: "targetScores", values: ["ignore", "own"], defaultValue: "ignore",
        help: "Whether scores that a result gives to single targets get rows of their own."),
    ]
  }

  /// What is written when the user names no columns.
  private static func standardColumns(isJSON: Bool) -> [EvidenceColumn] {
    isJSON ? EvidenceColumn.allCases.filter { $0 != .lineItemTitle } : EvidenceColumn.standard
  }

  init(_ request: AdapterRequest, isJSON: Bool) throws(AdapterError) {
    columns = Self.standardColumns(isJSON: isJSON)
    if let list = request.option("columns"), !list.isEmpty {
      guard let chosen = EvidenceColumn.list(list) else {
        throw AdapterError(
          badData: RecordProblem(
            .fatal, "evidence.unknown_column",
            "the option columns names a column that does not exist, or one twice; choose from "
              + EvidenceColumn.allCases.map(\.name).joined(separator: ","), value: list))
      }
      columns = chosen
      namesColumns = true
    }
    switch request.option("unaligned") {
    case "keep": keepsUnaligned = true
    case "leave": keepsUnaligned = false
    default: keepsUnaligned = nil
    }
    keepsUnscored = request.option("states") == "all"
    keepsTargetScores = request.option("targetScores") == "own"
  }
}
