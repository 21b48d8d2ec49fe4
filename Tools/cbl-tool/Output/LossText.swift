import Domain
import Interop

/// What was lost, in words: a summary for the report, and the whole certificate for a file.
enum LossText {
  /// Fields or kinds that one line names; the others are counted.
  private static let named = 8

  /// The losses in a few lines, grouped by what they have in common.
  ///
  /// - Parameters:
  ///   - report: The report of the conversion.
  ///   - stated: Losses that the mapping file states.
  ///   - file: Where the whole list stands, or `nil`.
  static func summary(_ report: ConversionReport, stated: [String], file: String?) -> String {
    let counted = report.certificate.counted
    if counted.isEmpty, stated.isEmpty {
      return report.hasRejects ? "Nothing else was lost.\n" : "Nothing was lost.\n"
    }
    let format = report.outputFormat ?? "the output"
    let lost = counted.filter { !$0.isReduced }
    var lines = kinds(lost.filter { $0.field == nil && isPlaceless($0) }, format)
    for entry in lost where entry.field == nil && !isPlaceless(entry) {
      lines.append("Lost: \(words(entry))")
    }
    lines += fields(lost.filter { $0.field != nil }, format)
    lines += poorer(counted.filter(\.isReduced))
    for loss in stated {
      lines.append("Lost, as the mapping file says: \(loss.escapingControls())")
    }
    let whole = file.map { "is in \($0.escapingControls())" } ?? "comes with --loss-report FILE"
    lines.append("Each loss with its reason \(whole).")
    return lines.map { $0 + "\n" }.joined()
  }

  /// Whether the format has no place at all for what was lost, so that no reason needs telling.
  private static func isPlaceless(_ entry: LossCertificate.Entry) -> Bool {
    entry.reason.contains(" has no place for ")
  }

  private static func kinds(_ entries: [LossCertificate.Entry], _ format: String) -> [String] {
    guard !entries.isEmpty else { return [] }
    let list = listing(entries.map { "\($0.count) \($0.kind)" }, "kinds")
    return ["Lost, because \(format) has no place for such records: \(list)"]
  }

  /// One line for each kind.
  private static func fields(_ entries: [LossCertificate.Entry], _ format: String) -> [String] {
    groups(entries, by: { "\($0.kind)" }).map { kind, entries in
      let parts = entries.map { "\($0.field ?? "") \($0.count)" }
      let isPlain = entries.allSatisfy(isPlaceless)
      let why = isPlain ? ", for which \(format) has no place" : ""
      return "Lost fields of \(kind)\(why): \(listing(parts, "fields"))"
    }
  }

  /// One line for each reason.
  private static func poorer(_ entries: [LossCertificate.Entry]) -> [String] {
    groups(entries, by: \.reason).map { reason, entries in
      let parts = entries.map { entry in
        "\(entry.count) \(entry.kind)" + (entry.field.map { "." + $0 } ?? "")
      }
      return "Kept in a poorer form: \(listing(parts, "others")): \(reason.escapingControls())"
    }
  }

  /// Entries by a key, in the order in which the keys first come.
  private static func groups(
    _ entries: [LossCertificate.Entry], by key: (LossCertificate.Entry) -> String
  ) -> [(String, [LossCertificate.Entry])] {
    var order: [String] = []
    let groups = Dictionary(grouping: entries, by: key)
    for entry in entries where !order.contains(key(entry)) { order.append(key(entry)) }
    return order.map { ($0, groups[$0] ?? []) }
  }

  private static func listing(_ parts: [String], _ what: String) -> String {
    guard parts.count > named else { return parts.joined(separator: ", ") }
    let first = parts.prefix(named - 1).joined(separator: ", ")
    return "\(first) and \(parts.count - named + 1) more \(what)"
  }

  private static func words(_ entry: LossCertificate.Entry) -> String {
    let reason = entry.reason.escapingControls()
    let what =
      entry.field.map { field in
        "\(entry.count) value\(entry.count == 1 ? "" : "s") of \(entry.kind).\(field)"
      } ?? "\(entry.count) record\(entry.count == 1 ? "" : "s") of \(entry.kind)"
    return "\(what)\(entry.isReduced ? " are kept in a poorer form" : ""): \(reason)"
  }

  /// The whole certificate: what happened, and what could have.
  static func certificate(_ certificate: LossCertificate, stated: [String]) -> String {
    var text = "What was lost\n"
    let counted = certificate.counted
    if counted.isEmpty, stated.isEmpty { text += "  nothing\n" }
    for entry in counted { text += "  \(words(entry))\n" }
    for loss in stated { text += "  \(loss)\n" }
    let others = certificate.entries.filter { $0.count == 0 }
    guard !others.isEmpty else { return text }
    text += "What would be lost if the input had it\n"
    for entry in others {
      let what = entry.field.map { "\(entry.kind).\($0)" } ?? "all records of \(entry.kind)"
      text += "  \(what): \(entry.reason)\n"
    }
    return text
  }
}
