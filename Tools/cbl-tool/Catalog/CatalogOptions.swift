#if CommandLine
  import ArgumentParser
  import Catalogs
  import Domain

  /// The catalogs that a question is about, and which of their items take part.
  struct CatalogOptions: ParsableArguments {
    @Argument(help: "Catalogs; links may go from one to another.")
    var files: [String]

    @Option(
      name: .customLong("overlay"),
      help: ArgumentHelp(
        "A catalog that changes links of the first one; see 'cbl-tool catalog overlay'.",
        valueName: "file"))
    var overlays: [String] = []

    func validate() throws {
      if files.isEmpty { throw ValidationError("name at least one catalog") }
    }

    /// The catalogs, the first with its overlays.
    func read() throws -> [Catalog] {
      let catalogs = try CatalogFile.read(files)
      guard !overlays.isEmpty else { return catalogs }
      let layers = try CatalogFile.read(overlays)
      let overlay = CatalogOverlay(base: catalogs[0], overlays: layers, files: overlays)
      for conflict in overlay.conflicts where conflict.severity >= .warning {
        Console.note("\(conflict)\n")
      }
      return overlay.catalogs + catalogs.dropFirst()
    }
  }

  /// What a learner knows.
  struct KnownOptions: ParsableArguments {
    @Option(
      name: .long,
      help: ArgumentHelp("Items that are known, with commas.", valueName: "items"))
    var known: [String] = []

    @Option(
      name: .long,
      help: ArgumentHelp("A file of known items, one a line.", valueName: "file"))
    var knownFrom: String?

    /// The names of the known items.
    func names() throws -> [String] {
      var names = NameList.split(known)
      if let knownFrom { names += try NameList.lines(of: knownFrom) }
      return names
    }
  }

  /// Lists of names.
  enum NameList {
    /// Names between commas.
    static func split(_ texts: [String]) -> [String] {
      texts.flatMap { $0.split(separator: ",") }.map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// Names on lines; what follows a `#` at the beginning of a line is a comment.
    static func lines(of path: String) throws -> [String] {
      try String(decoding: DocumentFile.read(path), as: UTF8.self)
        .split(whereSeparator: \.isNewline).map { String($0).trimmed }
        .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }
  }

  extension String {
    /// The text without blanks at its ends.
    fileprivate var trimmed: String {
      var rest = self[...]
      while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
      while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
      return String(rest)
    }
  }
#endif
