#if CommandLine
  import ArgumentParser
  import Interop

  /// How inputs are read.
  struct InputOptions: ParsableArguments {
    @Flag(
      name: .long, help: "Refuse what the rules of the format forbid, and every rejected row.")
    var strict = false

    @Flag(
      name: .long,
      help: ArgumentHelp(
        "Accept what shipped files do, with warnings, and leave out rows that are wrong; only "
          + "commands that judge would not do so anyway."))
    var lenient = false

    @Option(
      name: .long,
      help: ArgumentHelp(
        "An option of the format, see 'cbl-tool adapter info'; may be given often.",
        valueName: "name=value"))
    var option: [String] = []

    @Option(
      name: .long, help: "The encoding of text, such as latin1, when it is not UTF-8.")
    var encoding: String?

    @Option(
      name: .long, help: "What separates fields: comma, semicolon, tab, bar or one character.")
    var delimiter: String?

    @Flag(
      name: .long, help: "Show the values at fault, which may be personal, in messages.")
    var showValues = false

    func validate() throws {
      if strict, lenient { throw ValidationError("--strict and --lenient exclude each other") }
      _ = try formatOptions()
    }

    /// The options of formats, by name.
    func formatOptions() throws -> [String: String] {
      var options: [String: String] = [:]
      for text in option {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
          throw ValidationError("--option wants NAME=VALUE, not '\(text)'")
        }
        options[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      if let encoding { options["encoding"] = encoding }
      if let delimiter { options["delimiter"] = try Self.delimiter(delimiter) }
      return options
    }

    private static func delimiter(_ text: String) throws -> String {
      let names = ["comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|"]
      if let known = names[text.lowercased()] { return known }
      guard text.utf8.count == 1 else {
        throw ValidationError(
          "--delimiter wants comma, semicolon, tab, bar or one character, not '\(text)'")
      }
      return text
    }

    /// Options for reading as a format, or as the one that is recognised.
    func reading(as format: String?) throws -> ConversionOptions {
      var options = ConversionOptions(to: "")
      options.from = format
      options.isStrict = strict
      options.formatOptions = try formatOptions()
      return options
    }
  }
#endif
