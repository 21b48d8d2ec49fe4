// swift-tools-version: 6.3
import PackageDescription

// A school that takes Scanning and nothing else.
let package = Package(
  name: "takes-scanning",
  dependencies: [
    .package(name: "competency-toolkit", path: "../../..", traits: [])
  ],
  targets: [
    .executableTarget(
      name: "TakesScanning",
      dependencies: [.product(name: "Scanning", package: "competency-toolkit")])
  ]
)
