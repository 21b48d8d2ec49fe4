#if CommandLine
  import ArgumentParser
  import Interop

  /// `cbl-tool formats`
  struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "formats",
      abstract: "Lists what each adapter reads and writes, for each kind of record.",
      discussion: """
        In the table of kinds r is read, w is written whole, p is written in a
        poorer form.
          cbl-tool formats
          cbl-tool formats --markdown > Docs/Formats.md
        """)

    @Flag(name: .long, help: "Print Markdown.")
    var markdown = false

    @Flag(name: .long, help: "Print JSON, with the fields of each kind.")
    var json = false

    @OptionGroup var adapters: AdapterOptions

    func validate() throws {
      if markdown, json { throw ValidationError("--markdown and --json exclude each other") }
    }

    func run() throws {
      let formats = try adapters.load().formats
      if json {
        try Console.print(FormatsJSON.formats(formats).pretty + "\n")
      } else if markdown {
        try Console.print(FormatsText.markdown(formats))
      } else {
        try Console.print(FormatsText.text(formats))
      }
    }
  }
#endif
