import AdapterHost
import Domain
import Interop

/// Decisions and checks, for people and machines.
enum TrustText {
  /// What was decided, as a line, and where the adapter is looked for when nobody will find it.
  static func line(_ pin: TrustPin, listing: AdapterListing) -> String {
    let version = pin.version.isEmpty ? "" : " \(pin.version)"
    var text = "\(pin.state.rawValue): \(pin.identifier)\(version), library \(pin.library)"
    if let key = pin.key { text += ", key \(key)" }
    text += "\n"
    if pin.state.mayRun, listing.candidate.origin == .named {
      let path = listing.candidate.path
      let command = listing.candidate.bundle == nil ? "pack" : "install"
      text += "It is found with --adapter \(path); to have it found by itself: "
      text += "cbl-tool adapter \(command) \(path)\n"
    }
    return text.split(separator: "\n").map { String($0).escapingControls() + "\n" }.joined()
  }

  /// What was decided, for machines.
  static func json(_ pin: TrustPin, path: String) -> JSONValue {
    [
      "identifier": .text(pin.identifier), "version": .text(pin.version),
      "vendor": .text(pin.vendor), "state": .text(pin.state.rawValue), "path": .text(path),
      "library": .text(pin.library.description),
      "manifest": .optional(pin.manifest?.description), "key": .optional(pin.key),
      "by": .text(pin.note.by), "at": .text(pin.note.at.description),
      "reason": .text(pin.note.reason),
    ]
  }

  /// Checks, a line for each.
  static func checks(_ checks: [AdapterCheck]) -> String {
    TextTable.lines(checks.map { [$0.outcome.rawValue, $0.name, $0.message] })
      .map { $0.escapingControls() + "\n" }.joined()
  }

  /// Checks for machines.
  static func json(_ checks: [AdapterCheck], path: String, state: TrustDecision) -> JSONValue {
    [
      "path": .text(path), "state": .text(state.state.rawValue), "reason": .text(state.reason),
      "passed": .boolean(!checks.contains { $0.outcome == .fail }),
      "checks": .array(
        checks.map {
          [
            "name": .text($0.name), "outcome": .text($0.outcome.rawValue),
            "message": .text($0.message),
          ]
        }),
    ]
  }

  /// What is revoked.
  static func subject(_ subject: RevocationList.Entry.Subject) -> String {
    switch subject {
    case .digest(let digest): "digest \(digest)"
    case .key(let key): "key \(key)"
    case .adapter(let identifier, let version): "\(identifier) \(version ?? "(all versions)")"
    }
  }
}
