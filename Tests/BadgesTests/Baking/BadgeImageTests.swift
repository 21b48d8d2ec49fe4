import Badges
import Domain
import LinkedData
import Testing

@Suite("Badges in images")
struct BadgeImageTests {
  /// The smallest PNG: one grey pixel.
  static let png: [UInt8] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9C, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xAF, 0xA4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4E,
    0x44, 0xAE, 0x42, 0x60, 0x82,
  ]

  static let svg = Array(
    """
    <?xml version="1.0"?>
    <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
    <svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><!-- <a> --><path d="M0 0"/></svg>

    """.utf8)

  @Test("a baked badge verifies, and unbaking gives its bytes", arguments: [png, svg])
  func round(_ image: [UInt8]) throws {
    let badge = Array(Fixture.text(try Fixture.badge { $0["description"] = "]]> & <b>" }).utf8)
    let baked = try BadgeImage.bake(badge, into: image, as: .badge3)
    #expect(BadgeVerifier(at: Fixture.now).verify(baked).verdict == .valid)
    let payload = try BadgeImage.payload(of: baked)
    #expect(try JSONNode(reading: payload) == JSONNode(reading: badge))
    #expect(throws: BadgesError.self) { try BadgeImage.bake(badge, into: baked, as: .badge3) }
  }

  @Test("tokens are baked too", arguments: [png, svg])
  func token(_ image: [UInt8]) throws {
    let issuer = BadgeIssuer(key: try Fixture.key())
    let token = try issuer.token(Fixture.draft(issuer: issuer.id))
    let baked = try BadgeImage.bake(token, into: image, as: .badge3)
    #expect(try BadgeImage.payload(of: baked) == token)
    #expect(BadgeVerifier(at: Fixture.now).verify(baked).verdict == .valid)
  }

  static let faults: [(name: String, image: @Sendable () -> [UInt8])] = [
    ("no badge", { png }), ("no badge in an SVG", { svg }),
    ("a cut PNG", { Array(png.dropLast(9)) }),
    ("a wrong checksum", { Array(png[..<29] + [0] + png[30...]) }),
    (
      "entities",
      {
        Array(
          "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>".utf8
        )
      }
    ),
    (
      "two badges",
      {
        Array(
          ("<svg xmlns:o='https://purl.imsglobal.org/ob/v3p0'><o:credential verify='a.b.c'/>"
            + "<o:credential verify='a.b.c'/></svg>").utf8)
      }
    ),
    ("another XML", { Array("<html/>".utf8) }), ("a cut tag", { Array("<svg a='".utf8) }),
  ]

  @Test("images that are refused", arguments: faults.indices)
  func refused(_ index: Int) {
    let report = BadgeVerifier(at: Fixture.now).verify(Self.faults[index].image())
    #expect(report.verdict == .invalid, "\(Self.faults[index].name)")
    #expect(report.reason == .baking)
  }
}
