import Catalogs
import Domain
import Foundation
import Testing

@Suite("Names of codes")
struct NamingTests {
  static func names(_ codes: [String], prefix: String? = "") -> CatalogNames {
    CatalogNames(
      codes.enumerated().map { index, code in
        .init(identifier: Identifier("id-\(index)"), code: code, statement: "")
      }, prefix: prefix)
  }

  static let table: [(code: String, name: String)] = [
    ("3.OA.A.1", "s3_OA_A_1"),
    ("K.CC.B.4.a", "K_CC_B_4_a"), ("K.CC.B.4a", "K_CC_B_4a"),
    ("A-SSE.B.3", "A_SSE_B_3"), ("HSA-SSE.B.3", "HSA_SSE_B_3"),
    ("S1.13", "S1_13"), ("S1.1.3", "S1_1_3"),
    ("RST.11-12.1", "RST_11_12_1"), ("RST.1.112", "RST_1_112"),
    ("1.1", "s1_1"), ("1.10", "s1_10"), ("1.01", "s1_01"),
    ("111.27.b.4.D", "s111_27_b_4_D"),
    ("§111.5(b)(1)(A)", "sec_111_5_b_1_A"),
    ("2A.2A", "s2A_2A"), ("7.1A", "s7_1A"),
    ("1B-CS-01", "s1B_CS_01"),
    ("21.6-8.ES.1", "s21_6_8_ES_1"),
    ("9-12.Computing Systems.Devices", "s9_12_Computing_Systems_Devices"),
    (
      "6-8.Impacts of Computing.Safety, Law, and Ethics",
      "s6_8_Impacts_of_Computing_Safety_Law_and_Ethics"
    ),
    ("HS-PS1-6", "HS_PS1_6"), ("HS-PS1-6*", "HS_PS1_6_star"),
    ("N-VM.1", "N_VM_1"), ("N-VM.1 (+)", "N_VM_1_plus"),
    ("C", "C"), ("C#", "C_num"), ("C++", "C_plus_plus"),
    ("数と計算.1", "数と計算_1"), ("Мат.5.2", "Мат_5_2"),
    ("ELA\u{200B}.1", "ELA_1"),
    ("½ unit", "s1_2_unit"), ("①.2", "s1_2"), ("Ⅳ.a", "IV_a"),
    ("in", "in"), ("default", "default"),
    ("none", "none_"), ("some", "some_"), ("init", "init_"), ("Type", "Type_"), ("self", "self_"),
    ("Learner's voice", "Learners_voice"),
  ]

  @Test("one code, one name", arguments: table)
  func spelling(code: String, name: String) {
    #expect(Self.names([code]).names == [name])
  }

  @Test("a prefix that nearly all codes have is left out")
  func prefix() {
    let codes = (1...20).map { "CCSS.Math.Content.3.OA.A.\($0)" }
    let names = Self.names(codes, prefix: nil)
    #expect(names.prefix == "CCSS.Math.Content.")
    #expect(names.names.first == "s3_OA_A_1")
    #expect(Self.names((1...20).map { "111.27.\($0)" }, prefix: nil).prefix == "")
    #expect(Self.names(Array(codes.prefix(9)), prefix: nil).prefix == "")
    #expect(Self.names(codes + ["A.1", "B.1"], prefix: nil).prefix == "")
  }

  @Test("composed and decomposed letters are the same name, byte for byte")
  func composition() {
    for (left, right) in [("\u{E9}.1", "e\u{301}.1"), ("\u{1EC7}", "e\u{323}\u{302}"), ("가", "가")] {
      let names = [left, right].map { Array(Self.names([$0]).names[0].utf8) }
      #expect(names[0] == names[1])
    }
    #expect(Array(Self.names(["\u{212B}"]).names[0].utf8) == Array("\u{C5}".utf8))
  }

  static let collisions: [[String]] = [
    ["PK.1.2", "PK 1.2"], ["4.1.1", "4.1.1."], ["K.3.1", "K.3.1", "K.3.1", "K.3.1"],
  ]

  @Test("codes that spell one name all get a mark of their identifiers", arguments: collisions)
  func collision(codes: [String]) {
    let names = Self.names(codes + ["X.1"])
    #expect(Set(names.names).count == codes.count + 1)
    #expect(names.names.dropLast().allSatisfy { $0.contains("__") && $0.utf8.count <= 12 })
    #expect(names.names.last == "X_1")
    #expect(names.groups.count == 1)
    #expect(names.groups.first?.names == names.names.dropLast().sorted())
  }

  @Test("marks are the first digits of SHA-256 of the identifier")
  func marks() {
    let names = CatalogNames([
      .init(identifier: "abc", code: "A.1", statement: ""),
      .init(identifier: "", code: "A 1", statement: ""),
    ])
    // The digests of "abc" and of nothing are published in FIPS 180-4's examples.
    #expect(names.names == ["A_1__ba78", "A_1__e3b0"])
  }

  @Test("order and other items change no name")
  func stability() {
    let subjects = (0..<200).map { index in
      CatalogNames.Subject(
        identifier: Identifier("id-\(index)"), code: "A.\(index % 150)", statement: "")
    }
    let names = CatalogNames(subjects).names
    let reversed = CatalogNames(subjects.reversed()).names
    #expect(names == reversed.reversed())
    let more = CatalogNames(subjects + [.init(identifier: "new", code: "B.1", statement: "")])
    #expect(more.names.dropLast() == names[...])
  }

  static let statements: [(code: String?, statement: String, name: String)] = [
    ("", "<p>The <b>Area</b> of a circle</p>", "areaCircle"),
    ("...", "3-D figures", "s3DFigures"),
    (nil, "", "item_id_abcd"),
    (nil, "&nbsp;— · —", "item_id_abcd"),
  ]

  @Test("items without a code are named by their statements", arguments: statements)
  func statement(code: String?, statement: String, name: String) {
    let names = CatalogNames([.init(identifier: "id-abcd", code: code, statement: statement)])
    #expect(names.names == [name])
  }

  @Test("a statement gives its first five words that say something")
  func fiveWords() {
    let names = CatalogNames([
      .init(identifier: "x", code: nil, statement: "Count to 100 by ones and tens, then go on.")
    ])
    #expect(names.names == ["count100OnesTensThen"])
  }

  @Test("long names are cut at a break and marked")
  func long() {
    let code = (0..<60).map { "abcd\($0 % 10)" }.joined(separator: ".")
    let name = Self.names([code]).names[0]
    #expect(name.utf8.count <= 71)
    #expect(name.hasPrefix("abcd0_abcd1_"))
    #expect(name.hasSuffix("_" + SHA256.hash(code).description.prefix(6)))
    #expect(Self.names([String(repeating: "x", count: 300)]).names[0].utf8.count == 71)
    #expect(Self.names([String(repeating: "x", count: 72)]).names[0].utf8.count == 72)
  }

  @Test("what cannot be seen or looks alike is a finding")
  func findings() {
    #expect(Self.names(["ELA\u{200B}.1"]).findings.map(\.code) == ["names.hidden_character"])
    #expect(Self.names(["M\u{430}t.5.2"]).findings.map(\.code) == ["names.mixed_scripts"])
    #expect(Self.names(["Мат.5.2 Math"]).findings.isEmpty)
  }

  @Test("real codes collide as seldom as was measured, and never in the end")
  func realCodes() throws {
    guard let bytes = try Samples.bytes("naming/codes.csv") else { return }
    var catalogs: [String: [String]] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .dropFirst()
    {
      let cells = line.split(separator: ",", maxSplits: 1)
      guard cells.count == 2 else { continue }
      let code = cells[1].trimmingCharacters(in: ["\""]).replacingOccurrences(
        of: "\"\"", with: "\"")
      catalogs[String(cells[0]), default: []].append(code)
    }
    catalogs["tricky"] = nil
    var (colliding, count) = (0, 0)
    for (catalog, codes) in catalogs {
      let distinct = Array(Set(codes)).sorted()
      let names = Self.names(distinct, prefix: nil)
      #expect(Set(names.names).count == distinct.count, "\(catalog)")
      colliding += names.groups.reduce(0) { $0 + $1.names.count }
      count += distinct.count
    }
    #expect(count > 8_000)
    #expect(colliding * 200 < count, "\(colliding) of \(count)")
  }
}
