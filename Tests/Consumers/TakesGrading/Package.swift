// swift-tools-version: 6.3
import PackageDescription

// A school that takes Grading and nothing else.
let package = Package(
  name: "takes-grading",
  dependencies: [
    .package(name: "competency-toolkit", path: "../../..", traits: [])
  ],
  targets: [
    .executableTarget(
      name: "TakesGrading",
      dependencies: [
        .product(name: "Domain", package: "competency-toolkit"),
        .product(name: "Grading", package: "competency-toolkit"),
      ])
  ]
)
