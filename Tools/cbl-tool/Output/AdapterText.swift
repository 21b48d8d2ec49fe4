import AdapterHost
import Domain
import Interop
import Records

/// Adapters, for people and machines.
enum AdapterText {
  /// One line for each adapter, and why some may not run.
  static func list(_ listings: [AdapterListing]) -> String {
    let rows = listings.map { listing in
      [
        listing.name, listing.version.isEmpty ? "-" : listing.version,
        listing.decision.state.rawValue, listing.formats?.joined(separator: " ") ?? "-",
        listing.candidate.path,
      ]
    }
    var lines = TextTable.lines([["adapter", "version", "state", "formats", "path"]] + rows)
    let idle = listings.filter { !$0.decision.state.mayRun }
    if !idle.isEmpty { lines.append("") }
    for listing in idle {
      lines.append("\(listing.name) is \(listing.decision.state.rawValue): \(why(listing))")
    }
    return lines.map { $0.escapingControls() + "\n" }.joined()
  }

  /// Why an adapter has its state, or cannot be used at all.
  private static func why(_ listing: AdapterListing) -> String {
    listing.candidate.failure?.description ?? listing.decision.reason
  }

  /// All that is known of an adapter.
  static func info(_ listing: AdapterListing) -> String {
    var lines = ["adapter: \(listing.name)"]
    if !listing.version.isEmpty { lines.append("version: \(listing.version)") }
    if !listing.vendor.isEmpty { lines.append("vendor: \(listing.vendor)") }
    if !listing.license.isEmpty { lines.append("licence: \(listing.license)") }
    if let info = listing.library?.info {
      lines.append("boundary: 1.\(info.minor)")
    } else if let manifest = listing.candidate.bundle?.manifest {
      lines.append("boundary: \(manifest.major).\(manifest.minor)")
      lines.append("platforms: \(manifest.libraries.map(\.platform).joined(separator: ", "))")
    }
    if let key = listing.candidate.bundle?.signature?.key { lines.append("signed with: \(key)") }
    lines.append("path: \(listing.candidate.path)")
    lines.append("state: \(listing.decision.state.rawValue): \(why(listing))")
    if let info = listing.library?.info {
      for format in info.formats {
        lines += self.format(
          format.identifier, title: format.title, alias: format.alias,
          extensions: format.extensions, options: format.options)
      }
    } else if let manifest = listing.candidate.bundle?.manifest {
      for format in manifest.formats {
        lines += self.format(
          format.identifier, title: format.title, alias: format.alias,
          extensions: format.extensions, options: format.options)
      }
    } else {
      lines += ["", "Its formats are known when it runs, and nobody trusts it yet."]
    }
    return lines.map { $0.escapingControls() + "\n" }.joined()
  }

  private static func format(
    _ identifier: String, title: String, alias: String, extensions: [String],
    options: [FormatOption]
  ) -> [String] {
    var lines = ["", "format: \(identifier)", "  \(title)"]
    if !alias.isEmpty { lines.append("  also named: \(alias)") }
    if !extensions.isEmpty {
      lines.append("  file names end with: \(extensions.joined(separator: ", "))")
    }
    for option in options {
      let values = option.values.isEmpty ? "text" : option.values.joined(separator: "|")
      let preset = option.defaultValue.isEmpty ? "" : " (\(option.defaultValue))"
      lines.append("  --option \(option.name)=\(values)\(preset): \(option.help)")
    }
    return lines
  }

  /// What holds an isolated adapter on this system.
  static func sandbox(_ report: Result<SandboxReport, AdapterHostError>) -> String {
    switch report {
    case .failure(let error): return "\nsandbox: none; \(error)\n".escapingControls()
    case .success(let report):
      var text = "\nsandbox of isolated adapters:\n"
      for layer in SandboxReport.Layer.allCases {
        text += "  \(report.active.contains(layer) ? "active " : "MISSING")  \(layer.name)"
        text += layer == .files ? " (version \(report.landlockVersion))\n" : "\n"
      }
      return text
    }
  }

  /// One adapter for machines, with what holds it.
  static func json(
    _ listing: AdapterListing, _ sandbox: Result<SandboxReport, AdapterHostError>
  ) -> JSONValue {
    guard case .members(var members) = json(listing) else { return json(listing) }
    let report = try? sandbox.get()
    let layers = SandboxReport.Layer.allCases.map { layer in
      (layer.name, JSONValue.boolean(report?.active.contains(layer) ?? false))
    }
    members.append(JSONMember(key: "sandbox", value: .object(layers)))
    return .members(members)
  }

  /// All adapters for machines.
  static func json(_ listings: [AdapterListing]) -> JSONValue {
    ["adapters": .array(listings.map(json))]
  }

  /// One adapter for machines.
  static func json(_ listing: AdapterListing) -> JSONValue {
    let manifest = listing.candidate.bundle?.manifest
    let minor = listing.library.map { Int($0.info.minor) } ?? manifest?.minor
    return [
      "identifier": .text(listing.name), "version": .text(listing.version),
      "vendor": .text(listing.vendor), "license": .text(listing.license),
      "minor": minor.map { .number($0) } ?? .null, "path": .text(listing.candidate.path),
      "origin": .text(listing.candidate.origin.rawValue),
      "state": .text(listing.decision.state.rawValue),
      "basis": .text(listing.decision.basis.rawValue), "reason": .text(why(listing)),
      "digest": .optional(listing.decision.digest?.description),
      "key": .optional(listing.candidate.bundle?.signature?.key),
      "formats": formats(listing),
    ]
  }

  private static func formats(_ listing: AdapterListing) -> JSONValue {
    if let library = listing.library {
      return .array(
        library.info.formats.map {
          FormatsJSON.format($0, adapter: library.info.identifier)
        })
    }
    guard let manifest = listing.candidate.bundle?.manifest else { return .null }
    return .array(
      manifest.formats.map { FormatsJSON.format($0, adapter: manifest.identifier) })
  }
}
