#if CommandLine
  import ArgumentParser
  import Catalogs
  import Domain
  import Interop

  /// `cbl-tool catalog overlay`
  struct CatalogOverlayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "overlay",
      abstract: "Shows what overlays change in a catalog, and what contradicts.",
      discussion: """
        An overlay is a catalog whose items and links are added to another one.
        Its links of the types ext:overlay.hide, ext:overlay.weaken and
        ext:overlay.reverse change the prerequisite with the same ends; others
        are named as in ext:overlay.hide.isRelatedTo. Ends with 65 when something
        contradicts. Other commands take overlays with --overlay.
          cbl-tool catalog overlay state.case.json district.case.json
        """)

    @Argument(help: "The catalog.")
    var base: String

    @Argument(help: "Overlays; later ones change what earlier ones left.")
    var overlays: [String]

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      if overlays.isEmpty { throw ValidationError("name at least one overlay") }
    }

    func run() throws {
      let catalogs = try CatalogFile.read([base] + overlays)
      let overlay = CatalogOverlay(
        base: catalogs[0], overlays: Array(catalogs.dropFirst()), files: overlays)
      let items = CatalogItems(catalogs)
      if json {
        try printJSON(overlay)
      } else {
        try printText(overlay, items)
      }
      if overlay.conflicts.contains(where: { $0.severity >= .error }) {
        throw ToolFailure.ended(65)
      }
    }

    private func printText(_ overlay: CatalogOverlay, _ items: CatalogItems) throws {
      var output = OutputText()
      for change in overlay.changes {
        try output.line("\(change.action.rawValue): \(LinkText.line(change.link, items))")
        if let changed = change.changed {
          try output.line("    instead of \(LinkText.line(changed, items))")
        }
      }
      for conflict in overlay.conflicts { try output.line("\(conflict)") }
      try output.line(
        "\(overlay.changes.count) changes, \(overlay.conflicts.count) things to look at")
      try output.flush()
    }

    private func printJSON(_ overlay: CatalogOverlay) throws {
      let changes = overlay.changes.map { change -> JSONValue in
        [
          "action": .text(change.action.rawValue), "link": LinkText.json(change.link),
          "changed": change.changed.map { LinkText.json($0) } ?? .null,
        ]
      }
      let conflicts = overlay.conflicts.map { conflict -> JSONValue in
        [
          "severity": .text(conflict.severity.description),
          "code": .text(conflict.code.description), "message": .text(conflict.message),
          "file": .optional(conflict.place.file),
          "line": conflict.place.line.map { .number($0) } ?? .null,
          "pointer": .optional(conflict.place.pointer),
        ]
      }
      let whole: JSONValue = ["changes": .array(changes), "conflicts": .array(conflicts)]
      try Console.print(whole.pretty + "\n")
    }
  }
#endif
