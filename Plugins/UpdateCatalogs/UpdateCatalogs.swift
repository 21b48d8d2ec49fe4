import Foundation
import PackagePlugin

/// Brings the lock files beside the catalogs of a package to their catalogs; nothing else writes
/// them.
@main
struct UpdateCatalogs: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {
    let tool = try context.tool(named: "catalog-compiler").url
    for target in context.package.targets {
      guard let module = target as? any SourceModuleTarget else { continue }
      for catalog in module.sourceFiles.map(\.url)
      where catalog.lastPathComponent.hasSuffix(".case.json") {
        try Self.update(catalog, with: tool)
      }
    }
  }

  private static func update(_ catalog: URL, with tool: URL) throws {
    let stem = String(catalog.lastPathComponent.dropLast(".case.json".count))
    let folder = catalog.deletingLastPathComponent()
    let lock = folder.appending(path: "\(stem).catalog.lock")
    var arguments = [
      "update-lock", "--catalog", catalog.path, "--name", "Catalog", "--lock", lock.path,
    ]
    let options = folder.appending(path: "\(stem).catalog.yaml")
    if FileManager.default.fileExists(atPath: options.path) {
      arguments += ["--options", options.path]
    }
    let process = try Process.run(tool, arguments: arguments)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      Diagnostics.error("\(catalog.lastPathComponent) could not be read; nothing was written")
      return
    }
    print("\(stem).catalog.lock is up to date")
  }
}
