// swift-tools-version: 6.3
import PackageDescription

// A school that takes Domain and nothing else.
let package = Package(
  name: "takes-domain",
  dependencies: [
    .package(name: "competency-toolkit", path: "../../..", traits: [])
  ],
  targets: [
    .executableTarget(
      name: "TakesDomain",
      dependencies: [.product(name: "Domain", package: "competency-toolkit")])
  ]
)
