// swift-tools-version: 6.3
import PackageDescription

// A vendor's adapter, written with AdapterKit.
let package = Package(
  name: "tiny-adapter",
  products: [
    .library(name: "TinyAdapter", type: .dynamic, targets: ["TinyAdapter"])
  ],
  dependencies: [
    .package(name: "competency-toolkit", path: "../../..", traits: [])
  ],
  targets: [
    .target(
      name: "TinyAdapter",
      dependencies: [.product(name: "AdapterKit", package: "competency-toolkit")],
      swiftSettings: [.strictMemorySafety()])
  ]
)
