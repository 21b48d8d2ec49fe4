#if CommandLine
  import ArgumentParser
  import Domain
  import Grading

  /// `cbl-tool policy`
  struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "policy",
      abstract: "Checks a policy and shows its canonical form or hash.",
      discussion: """
        A policy is a JSON or YAML document, or the name of a pack.
          cbl-tool policy packs
          cbl-tool policy show spaulding
          cbl-tool policy lint Docs/Examples/math-5.policy.yaml
        """,
      subcommands: [
        ShowCommand.self, HashCommand.self, LintCommand.self, SchemaCommand.self,
        PacksCommand.self,
      ])

    /// `cbl-tool policy show`
    struct ShowCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Prints the canonical form (RFC 8785) of a policy.",
        discussion: "  cbl-tool policy show spaulding")

      @Argument(help: "A file, or the name of a pack.")
      var policy: String

      @Flag(name: .long, help: "Print JSON: the hash, and the policy as its member.")
      var json = false

      func run() throws {
        let policy = try DocumentFile.policy(policy)
        let text = policy.document.canonicalText
        try Console.print(
          json ? "{\"hash\":\"\(policy.digest)\",\"policy\":\(text)}\n" : text + "\n")
      }
    }

    /// `cbl-tool policy hash`
    struct HashCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "hash", abstract: "Prints the content hash that results carry.",
        discussion: "  cbl-tool policy hash spaulding")

      @Argument(help: "A file, or the name of a pack.")
      var policy: String

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      func run() throws {
        let policy = try DocumentFile.policy(policy)
        guard json else { return try Console.print("\(policy.digest)\n") }
        let value: JSONValue = [
          "policy": .text(policy.id.text), "hash": .text(policy.digest.description),
        ]
        try Console.print(value.pretty + "\n")
      }
    }

    /// `cbl-tool policy schema`
    struct SchemaCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of policies.",
        discussion: """
            cbl-tool policy schema > policy.schema.json
            cbl-tool policy schema --extending > policy-extension.schema.json
          """)

      @Flag(name: .long, help: "Print the schema of documents that extend another policy.")
      var extending = false

      @Flag(name: .long, help: "Print JSON; the schema is JSON anyway.")
      var json = false

      func run() throws {
        try Console.print(
          String(
            decoding: extending ? Policy.extensionSchema : Policy.schema, as: UTF8.self))
      }
    }

    /// `cbl-tool policy packs`
    struct PacksCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "packs", abstract: "Lists the packs, the published rules of schools.",
        discussion: "  cbl-tool policy packs --json")

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      func run() throws {
        let policies = try PolicyPack.all.map { try $0.policy() }
        guard json else {
          try Console.print(policies.map { "\($0.id): \($0.title)\n" }.joined())
          return
        }
        let entries = policies.map { policy in
          JSONValue.object([
            ("policy", .text(policy.id.text)), ("title", .text(policy.title)),
            ("hash", .text(policy.digest.description)),
          ])
        }
        try Console.print(JSONValue.object([("packs", .array(entries))]).pretty + "\n")
      }
    }
  }
#endif
