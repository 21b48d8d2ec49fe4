#if CommandLine
  import ArgumentParser
  import Interop

  extension AdapterScaffold.Language: ExpressibleByArgument {}

  extension AdapterCommand {
    /// `cbl-tool adapter new`
    struct NewCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Writes the package of a new adapter, which builds and passes its checks.",
        discussion: """
            cbl-tool adapter new Points --language c
            cbl-tool adapter new Points --language rust --format-id points-2.0
            cbl-tool adapter new Points --language swift --toolkit ../competency-toolkit
          """)

      @Argument(help: "The name of the adapter: letters and digits, such as Points.")
      var name: String

      @Option(help: "What it is written in: swift, c or rust.")
      var language: AdapterScaffold.Language

      @Option(help: "The identifier of its format; made from the name unless given.")
      var formatID: String?

      @Option(
        help: """
          The folder or the address of the toolkit's repository, for a package in \
          Swift; the folder that this tool was built in unless given.
          """)
      var toolkit: String?

      @Option(name: .shortAndLong, help: "The new folder; NAME-adapter unless given.")
      var output: String?

      func run() throws {
        let scaffold = try AdapterScaffold(
          name: name, language: language, format: formatID,
          toolkit: toolkit ?? AdapterScaffold.toolkitOfThisTool())
        let folder = output ?? scaffold.folder
        try scaffold.write(to: folder)
        try Console.print(
          """
          Wrote \(folder), an adapter for the format \(scaffold.format).
          Next:
            cd \(folder)
            ./build
            cbl-tool adapter check "$(./build --where)" --samples samples

          """)
      }
    }
  }
#endif
