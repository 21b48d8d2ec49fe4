import Foundation
import PackagePlugin

/// Generates typed code from each `NAME.case.json` of a target.
///
/// Beside the catalog may stand `NAME.catalog.yaml` with options and `NAME.catalog.lock` with the
/// names of earlier editions.
@main
struct StandardsCatalog: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target as? any SourceModuleTarget else { return [] }
    let tool = try context.tool(named: "catalog-compiler").url
    let files = module.sourceFiles.map(\.url)
    return files.filter { $0.lastPathComponent.hasSuffix(".case.json") }.map { catalog in
      let stem = String(catalog.lastPathComponent.dropLast(".case.json".count))
      let name = Self.typeName(stem)
      let output = context.pluginWorkDirectoryURL
      var arguments = [
        "generate", "--catalog", catalog.path, "--name", name, "--output", output.path,
      ]
      var inputs = [catalog]
      for (option, ending) in [("--options", "yaml"), ("--lock", "lock")] {
        let file = catalog.deletingLastPathComponent().appending(path: "\(stem).catalog.\(ending)")
        guard FileManager.default.fileExists(atPath: file.path) else { continue }
        arguments += [option, file.path]
        inputs.append(file)
      }
      let suffixes = ["", "+Names1", "+Names2", "+Names3", "+Names4", "+Data"]
      return .buildCommand(
        displayName: "Generating \(name) from \(catalog.lastPathComponent)", executable: tool,
        arguments: arguments, inputFiles: inputs,
        outputFiles: suffixes.map { output.appending(path: "\(name)\($0).swift") })
    }
  }

  /// `example-math` as `ExampleMath`.
  static func typeName(_ stem: String) -> String {
    stem.split { !$0.isLetter && !$0.isNumber }
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
