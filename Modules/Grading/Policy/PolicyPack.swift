public import Domain

/// The published rule of a school, ready to use.
///
/// Each is a policy document of at most 40 lines in the folder `Packs`. A pack shows how a
/// rule is written; a school copies it and makes it its own.
public struct PolicyPack: Hashable, Sendable {
  /// The name, which is also the policy's identifier.
  public let name: Identifier
  /// The document as JSON.
  public let json: [UInt8]

  private init(_ name: Identifier, _ json: [UInt8]) {
    self.name = name
    self.json = json
  }

  /// Reads the policy.
  ///
  /// - Throws: ``GradingError``, which the tests rule out.
  public func policy() throws(GradingError) -> Policy {
    try Policy(json: json, file: "\(name).json")
  }

  /// All packs, in the order of their names.
  public static let all: [PolicyPack] = [
    PolicyPack("adams-50", PackageResources.adams_50_json),
    PolicyPack("advance-path", PackageResources.advance_path_json),
    PolicyPack("boston-day-evening", PackageResources.boston_day_evening_json),
    PolicyPack("chugach", PackageResources.chugach_json),
    PolicyPack("diploma-plus", PackageResources.diploma_plus_json),
    PolicyPack("drivers-licence", PackageResources.drivers_licence_json),
    PolicyPack("excellence-for-all", PackageResources.excellence_for_all_json),
    PolicyPack("federal-way", PackageResources.federal_way_json),
    PolicyPack("florida-virtual", PackageResources.florida_virtual_json),
    PolicyPack("kennebec", PackageResources.kennebec_json),
    PolicyPack("lake-park", PackageResources.lake_park_json),
    PolicyPack("ohio-credit-flexibility", PackageResources.ohio_credit_flexibility_json),
    PolicyPack("schools-for-the-future", PackageResources.schools_for_the_future_json),
    PolicyPack("spaulding", PackageResources.spaulding_json),
    PolicyPack("summit-teachers", PackageResources.summit_teachers_json),
    PolicyPack("third-grade-reading", PackageResources.third_grade_reading_json),
    PolicyPack("young-womens-leadership", PackageResources.young_womens_leadership_json),
  ]

  /// The pack of a name, or `nil` when there is none.
  public static func named(_ name: Identifier) -> PolicyPack? {
    all.first { $0.name == name }
  }
}
