#if CommandLine
  import ArgumentParser
  import Interop

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #else
    import Darwin
  #endif

  /// The way from the arguments to the code that the process ends with.
  enum Start {
    /// Runs the command that the arguments name, and ends the process.
    static func run() -> Never {
      OutputSignals.prepare()
      let arguments = Array(CommandLine.arguments.dropFirst())
      // Scripts ask this often, so it does not wait for the parser.
      if arguments == ["--version"] { end { try Console.print("\(ToolVersion.text)\n") } }
      end {
        var command = try CBLTool.parseAsRoot(arguments)
        try command.run()
      }
    }

    private static func end(_ body: () throws -> Void) -> Never {
      do {
        try body()
        exit(0)
      } catch {
        if let failure = ToolFailure(error) {
          if !failure.message.isEmpty { Console.error(failure.message) }
          exit(failure.exitCode)
        }
        let code = CBLTool.exitCode(for: error)
        if code == .success { end { try Console.print(CBLTool.fullMessage(for: error) + "\n") } }
        if code == .validationFailure || error is ExitCode {
          CBLTool.exit(withError: error)
        }
        Console.error("a fault of cbl-tool, please report it: \(String(reflecting: error))")
        exit(70)
      }
    }
  }
#endif
