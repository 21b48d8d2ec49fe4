// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "template-adapter",
  products: [
    .library(name: "TemplateAdapter", type: .dynamic, targets: ["TemplateAdapter"])
  ],
  dependencies: [
    .package(name: "competency-toolkit", path: "TOOLKIT", traits: [])
  ],
  targets: [
    .target(
      name: "TemplateAdapter",
      dependencies: [.product(name: "AdapterKit", package: "competency-toolkit")],
      swiftSettings: [.strictMemorySafety()])
  ]
)
