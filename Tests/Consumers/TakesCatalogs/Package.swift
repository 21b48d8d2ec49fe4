// swift-tools-version: 6.3
import PackageDescription

// A school that compiles a catalog of its own.
let package = Package(
  name: "takes-catalogs",
  dependencies: [
    .package(name: "competency-toolkit", path: "../../..", traits: [])
  ],
  targets: [
    .executableTarget(
      name: "TakesCatalogs",
      dependencies: [.product(name: "Catalogs", package: "competency-toolkit")],
      plugins: [.plugin(name: "StandardsCatalog", package: "competency-toolkit")])
  ]
)
