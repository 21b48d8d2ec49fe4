public import Domain

/// A language in which traces are told.
public enum TraceLanguage: String, Hashable, Sendable, CaseIterable {
  /// English.
  case english = "en"
  /// Spanish.
  case spanish = "es"

  /// The catalog of sentences as JSON: names of sentences and texts with `{places}`.
  public var catalog: [UInt8] {
    switch self {
    case .english: PackageResources.sentences_en_json
    case .spanish: PackageResources.sentences_es_json
    }
  }
}

/// Tells a trace in plain sentences.
public struct TraceSentences: Sendable {
  private let texts: [Identifier: String]

  /// Reads the catalog of a language.
  ///
  /// - Parameters:
  ///   - language: The language.
  ///   - changes: Sentences of a school's own, which stand before those of the language.
  /// - Throws: ``GradingError`` with the code `malformed`, which the tests rule out.
  public init(
    _ language: TraceLanguage, changes: [Identifier: String] = [:]
  ) throws(GradingError) {
    do throws(DomainError) {
      let catalog = try DocumentReader.read(language.catalog)
      let pairs = (catalog.members ?? []).map { ($0.name, $0.value.text?.text ?? "") }
      texts = Dictionary(pairs) { first, _ in first }.merging(changes) { $1 }
    } catch { throw GradingError(error) }
  }

  /// Tells a trace.
  ///
  /// - Parameters:
  ///   - trace: A trace, as ``Grader/trace(of:)`` gives it.
  ///   - target: Only this target; without it all.
  ///   - gate: Only this gate; without it all, or none when a target is named.
  /// - Returns: One sentence or two a line, in the order of the trace.
  public func tell(
    _ trace: DocumentValue, target: Identifier? = nil, gate: Identifier? = nil
  ) -> [String] {
    var lines = [
      say(
        "policy",
        [
          "learner": text(trace["learner"]), "title": text(trace["policy"]?["title"]),
          "occurred": text(trace["asOf"]?["occurred"]), "known": text(trace["asOf"]?["known"]),
        ])
    ]
    let method = trace["policy"]?["method"]
    let isAll = target == nil && gate == nil
    func isAsked(_ value: DocumentValue?, _ name: Identifier?) -> Bool {
      isAll || (name != nil && value?.text == name)
    }
    for one in trace["targets"]?.elements ?? [] where isAsked(one["target"], target) {
      lines += tellTarget(one, method)
    }
    for one in trace["gates"]?.elements ?? [] where isAsked(one["name"], gate) {
      lines += tellGate(one, trace["policy"])
    }
    for override in trace["facts"]?["overrides"]?.elements ?? []
    where isAsked(override["target"], target) || isAsked(override["gate"], gate) {
      let decision = override["level"] ?? override["open"]
      lines.append(
        say(
          "override",
          [
            "actor": text(override["actor"]), "decision": text(decision),
            "reason": text(override["reason"]),
          ]))
    }
    return lines
  }

  private func tellTarget(_ target: DocumentValue, _ method: DocumentValue?) -> [String] {
    let result = target["result"]
    var lines = [
      say(Identifier(text(result?["outcome"])), ["target": text(target["target"])])
    ]
    if let level = result?["level"] { lines[0] += " " + say("level", ["level": text(level)]) }
    if let number = result?["number"] {
      lines.append(say("number", ["number": text(number), "shown": text(result?["shown"])]))
    }
    let observations = target["observations"]?.elements ?? []
    if !observations.isEmpty, let method {
      let parameters = (method.members ?? []).map { ($0.name.text, text($0.value)) }
      lines.append(
        say(
          Identifier("method." + text(method["name"])),
          Dictionary(parameters) { first, _ in first }))
    }
    for observation in observations {
      lines.append(
        say(
          "observation",
          [
            "evidence": list(observation["evidence"]), "kind": text(observation["kind"]),
            "value": text(observation["value"]),
          ]))
    }
    if let steps = target["steps"], steps.elements?.isEmpty == false {
      lines.append(say("steps", ["steps": list(steps)]))
    }
    for omission in target["leftOut"]?.elements ?? [] {
      lines.append(
        say("left_out", ["evidence": text(omission["evidence"]), "why": why(omission["why"])]))
    }
    return lines
  }

  private func why(_ word: DocumentValue?) -> String {
    let word = text(word)
    guard word.hasPrefix("counts_") else { return say(Identifier("why.\(word)"), [:]) }
    return say("why.counts", ["field": String(word.dropFirst("counts_".utf8.count))])
  }

  func text(_ value: DocumentValue?) -> String {
    value?.text?.text ?? value?.canonicalText ?? ""
  }

  func list(_ value: DocumentValue?) -> String {
    (value?.elements ?? []).map { text($0) }.joined(separator: ", ")
  }

  /// Puts values into a sentence; what a value holds is never taken for a place.
  func say(_ name: Identifier, _ values: [String: String]) -> String {
    var result = ""
    var rest = (texts[name] ?? name.text)[...]
    while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
      let place = String(rest[rest.index(after: start)..<end])
      result += rest[..<start] + (values[place] ?? "")
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
