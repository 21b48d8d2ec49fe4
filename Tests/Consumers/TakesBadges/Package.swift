// swift-tools-version: 6.3
import PackageDescription

// A school that reads badges, without signatures and without anything fetched.
let package = Package(
  name: "takes-badges",
  dependencies: [
    .package(name: "competency-toolkit", path: "../../..", traits: [])
  ],
  targets: [
    .executableTarget(
      name: "TakesBadges",
      dependencies: [
        .product(name: "Domain", package: "competency-toolkit"),
        .product(name: "Badges", package: "competency-toolkit"),
      ])
  ]
)
