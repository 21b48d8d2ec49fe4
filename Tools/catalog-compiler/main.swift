internal import Catalogs
internal import Domain
internal import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
do {
  try CatalogCompiler(arguments: arguments).run()
} catch let error as CatalogsError {
  CatalogCompiler.print(error.problem)
  exit(65)
} catch {
  CatalogCompiler.write("error: \(error)\n")
  exit(74)
}
