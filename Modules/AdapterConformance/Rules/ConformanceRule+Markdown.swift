extension ConformanceRule {
  /// The list of rules as a page of documentation.
  public static var markdown: String {
    var text = """
      # Conformance of adapters

      Every rule that `cbl-tool adapter check` checks, in the order of the check. The list is made by
      `cbl-tool adapter rules --markdown`. Rules of the level *strict* are checked with
      `--level strict` only.

      | Rule | Level | What a sound adapter does |
      |---|---|---|

      """
    for rule in all {
      text += "| [\(rule.id)](#\(rule.id)) | \(rule.level.rawValue) | \(rule.title) |\n"
    }
    for rule in all {
      text += "\n## \(rule.id)\n\n\(rule.title).\n\n\(rule.demand)\n\n*To mend:* \(rule.remedy)\n"
    }
    return text
  }
}
