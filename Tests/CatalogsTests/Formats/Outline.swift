import CatalogFiles
import Catalogs
import Domain

/// A few statements below each other, to be written in any format by hand.
struct Outline {
  struct Entry {
    var identifier: String
    var statement: String
    /// What it stands under; `nil` at the top.
    var parent: String?
  }

  var entries: [Entry]

  /// A strand with two statements.
  static let small = Outline(entries: [
    Entry(identifier: "a", statement: "Numbers", parent: nil),
    Entry(identifier: "b", statement: "Adds to 20.", parent: "a"),
    Entry(identifier: "c", statement: "Adds to 100.", parent: "a"),
  ])

  /// A chain in which each statement stands under the one before.
  static func chain(_ count: Int) -> Outline {
    Outline(
      entries: (0..<count).map { number in
        Entry(
          identifier: "n\(number)", statement: "Statement \(number)",
          parent: number == 0 ? nil : "n\(number - 1)")
      })
  }

  /// The formats in which an entry can name any other as its parent.
  static let withParents: [CatalogFormat] = [
    .asnRDF, .ctdlASN, .cass, .scd, .skos, .esco, .digComp, .moodle, .canvas, .openSALT,
    .prerequisiteMap, .codeTable,
  ]

  /// All formats that have entries but CASE and its lines, which have tests of their own.
  static let foreign = CatalogFormat.allCases.filter {
    $0 != .casePackage && $0 != .jsonLines && $0 != .edgeList
  }

  /// The formats that are always tables.
  static let tables: [CatalogFormat] = [
    .esco, .moodle, .canvas, .openSALT, .sced, .edgeList, .codeTable, .documentList,
  ]

  /// The outline as a file.
  func files(_ format: CatalogFormat) -> [CatalogInput] {
    if format == .esco { return esco.map { CatalogInput(name: "c", bytes: Array($0.utf8)) } }
    return [CatalogInput(name: "c", bytes: bytes(format))]
  }

  /// The outline as one file; for ESCO its items.
  func bytes(_ format: CatalogFormat) -> [UInt8] {
    switch format {
    case .moodle, .canvas, .openSALT, .sced, .edgeList, .codeTable, .documentList:
      Array(table(format).utf8)
    case .esco: Array(esco[0].utf8)
    default: tree(format).text(.indented)
    }
  }

  // MARK: Tables

  private static func cell(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  private func table(_ format: CatalogFormat) -> String {
    let lines = entries.map { entry -> String in
      let (id, text) = (Outline.cell(entry.identifier), Outline.cell(entry.statement))
      let parent = entry.parent.map { Outline.cell($0) } ?? ""
      switch format {
      case .moodle: return "\(parent),\(id),\(text),,,,,,,,,,,"
      case .canvas: return "\(id),outcome,,\(text),,,,active,\(parent),,"
      case .openSALT: return "\(id),\(text),\(parent)"
      case .codeTable: return "\(id),,\(text),\(parent)"
      case .documentList: return ",\(text),1999,\(id)"
      case .edgeList: return "\(parent),\(id)"
      default: return "\(Outline.course(entry)),\(text)"
      }
    }
    return ([Outline.heading(format)] + lines).joined(separator: "\r\n") + "\r\n"
  }

  private static func heading(_ format: CatalogFormat) -> String {
    switch format {
    case .moodle:
      """
      Parent id number,Id number,Shortname,Description,Description format,Scale values,\
      Scale configuration,Rule type (optional),Rule outcome (optional),Rule config (optional),\
      Cross referenced competency id numbers,Exported id (optional),Is framework,Taxonomy
      """
    case .canvas:
      """
      vendor_guid,object_type,title,description,display_name,calculation_method,calculation_int,\
      workflow_state,parent_guids,mastery_points,ratings
      """
    case .openSALT: "Identifier,fullStatement,Is Child Of"
    case .codeTable: "ID,Code,Statement,Parent"
    case .documentList: "jurisdiction,title,valid,id"
    case .edgeList: "from,to"
    default: "Course Code,Course Title"
    }
  }

  private static func course(_ entry: Entry) -> String {
    let number = entry.identifier.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1_000 }
    let digits = String(number)
    return "02" + String(repeating: "0", count: 3 - digits.count) + digits
  }

  private var esco: [String] {
    let items = entries.map { entry in
      "\(Outline.cell(entry.identifier)),,,,\(Outline.cell(entry.statement)),,,"
    }
    let links = entries.compactMap { entry in
      entry.parent.map {
        "skillgroup,\(Outline.cell($0)),\(Outline.cell(entry.identifier)),skillgroup"
      }
    }
    let heading = "ID,ORIGINURI,UUIDHISTORY,CODE,PREFERREDLABEL,ALTLABELS,DESCRIPTION,SCOPENOTE"
    return [
      ([heading] + items).joined(separator: "\n"),
      (["PARENTOBJECTTYPE,PARENTID,CHILDID,CHILDOBJECTTYPE"] + links).joined(separator: "\n"),
    ]
  }

  // MARK: Trees

  private static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(JSONObject(members.compactMap { name, value in value.map { .init(name, $0) } }))
  }

  private func tree(_ format: CatalogFormat) -> JSONValue {
    switch format {
    case .asnRDF: rdf
    case .asnManifest: manifest
    case .richSkills:
      .array(
        entries.map {
          Outline.object([
            ("uuid", .string($0.identifier)), ("skillName", .string("")),
            ("skillStatement", .string($0.statement)),
          ])
        })
    case .prerequisiteMap: map
    case .scd:
      Outline.object([
        ("id", "f"), ("competencyDefinition", .array(entries.map(Outline.definition))),
        (
          "resourceAssociation",
          .array(
            entries.compactMap { entry in
              entry.parent.map { Outline.relation(entry, "isChildOf", $0, "destination") }
            })
        ),
      ])
    default: Outline.object([("@graph", .array(graph(format)))])
    }
  }

  private static func definition(_ entry: Entry) -> JSONValue {
    object([("id", .string(entry.identifier)), ("competencyStatement", .string(entry.statement))])
  }

  private static func relation(
    _ entry: Entry, _ type: String, _ parent: String, _ target: String
  ) -> JSONValue {
    object([
      ("@type", "Relation"), ("source", .string(entry.identifier)), (target, .string(parent)),
      (target == "target" ? "relationType" : "associationType", .string(type)),
    ])
  }

  private func graph(_ format: CatalogFormat) -> [JSONValue] {
    entries.flatMap { entry -> [JSONValue] in
      let id = JSONValue.string(entry.identifier)
      let parent = entry.parent.map { JSONValue.string($0) }
      let text = JSONValue.string(entry.statement)
      switch format {
      case .ctdlASN:
        return [
          Outline.object([
            ("@id", id), ("@type", "ceasn:Competency"),
            ("ceasn:competencyText", Outline.object([("en-US", text)])),
            ("ceasn:isChildOf", parent),
          ])
        ]
      case .skos:
        return [
          Outline.object([
            ("@id", id), ("@type", "skos:Concept"), ("skos:prefLabel", text),
            ("skos:broader", parent.map { Outline.object([("@id", $0)]) }),
          ])
        ]
      case .digComp:
        return [
          Outline.object([
            ("@id", id), ("@type", "LearningOutcome"), ("description", text),
            ("competence_id", parent),
          ])
        ]
      default:
        let competency = Outline.object([
          ("@id", id), ("@type", "Competency"), ("name", text),
        ])
        return [competency]
          + (entry.parent.map { [Outline.relation(entry, "narrows", $0, "target")] } ?? [])
      }
    }
  }

  /// Nodes, and one link from the first to the last.
  private var map: JSONValue {
    let nodes = entries.map { entry in
      Outline.object([
        ("id", .string(entry.identifier)), ("statement", .string(entry.statement)),
        ("parent", entry.parent.map { .string($0) }),
      ])
    }
    let link = Outline.object([
      ("from", .string(entries.first?.identifier ?? "")),
      ("to", .string(entries.last?.identifier ?? "")),
    ])
    return Outline.object([("nodes", .array(nodes)), ("edges", .array([link]))])
  }

  private var rdf: JSONValue {
    let value = { (text: String, type: String) -> JSONValue in
      .array([Outline.object([("value", .string(text)), ("type", .string(type))])])
    }
    return .object(
      JSONObject(
        entries.map { entry in
          .init(
            entry.identifier,
            Outline.object([
              (
                "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
                value("http://purl.org/ASN/schema/core/Statement", "uri")
              ),
              ("http://purl.org/dc/terms/description", value(entry.statement, "literal")),
              ("http://purl.org/gem/qualifiers/isChildOf", entry.parent.map { value($0, "uri") }),
            ]))
        }))
  }

  /// Children inside of their parents; entries must come after what they stand under.
  private var manifest: JSONValue {
    var inner: [String: [JSONValue]] = [:]
    var top: [JSONValue] = []
    for entry in entries.reversed() {
      let children = inner[entry.identifier].map { JSONValue.array($0.reversed()) }
      let node = Outline.object([
        ("id", .string(entry.identifier)),
        ("asn_identifier", .string("urn:x:\(entry.identifier)")),
        ("text", .string(entry.statement)), ("children", children),
      ])
      if let parent = entry.parent {
        inner[parent, default: []].append(node)
      } else {
        top.append(node)
      }
    }
    return .array(top.reversed())
  }
}
