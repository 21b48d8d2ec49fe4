/// A format that catalogs come in.
public enum CatalogFormat: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
  /// A package of 1EdTech CASE 1.0 or 1.1.
  case casePackage = "case"
  /// One object of a CASE package a line.
  case jsonLines = "jsonl"
  /// The Achievement Standards Network's RDF/JSON: subjects with their predicates.
  case asnRDF = "asn-rdf"
  /// The Achievement Standards Network's manifest: statements with their children inside.
  case asnManifest = "asn-manifest"
  /// CTDL-ASN as JSON-LD, as the Credential Registry has it.
  case ctdlASN = "ctdl-asn"
  /// Frameworks, competencies and relations of CaSS.
  case cass
  /// Shareable competency definitions, IEEE 1484.20.3.
  case scd
  /// Concepts of a scheme, as JSON-LD, as Turtle or as RDF/XML that was turned into JSON.
  case skos
  /// Tables of the European skills, competences and occupations, as Tabiya has them.
  case esco
  /// The European framework of digital competence, version 3, as JSON-LD.
  case digComp = "digcomp"
  /// A competency framework of Moodle, as CSV.
  case moodle
  /// Outcomes of Canvas, as CSV.
  case canvas
  /// Sheets of items of OpenSALT, as CSV.
  case openSALT = "opensalt"
  /// Rich skill descriptors, as JSON or as CSV.
  case richSkills = "rsd"
  /// School courses by their SCED codes, as CSV.
  case sced
  /// Nodes and what comes before them, as JSON of somebody's own shape.
  case prerequisiteMap = "prerequisite-map"
  /// Pairs of what comes first and what builds on it, as CSV.
  case edgeList = "edge-list"
  /// A plain table of codes and statements, as CSV.
  case codeTable = "code-table"
  /// A list of framework documents without their items, as CSV.
  case documentList = "document-list"

  /// The formats that are written.
  public static let writable: [CatalogFormat] = [.casePackage, .moodle, .canvas, .skos, .jsonLines]

  /// What it is, in words.
  public var title: String {
    switch self {
    case .casePackage: "CASE package"
    case .jsonLines: "CASE as JSON lines"
    case .asnRDF: "ASN RDF/JSON"
    case .asnManifest: "ASN manifest"
    case .ctdlASN: "CTDL-ASN"
    case .cass: "CaSS framework"
    case .scd: "IEEE SCD framework"
    case .skos: "SKOS scheme"
    case .esco: "ESCO tables"
    case .digComp: "DigComp data"
    case .moodle: "Moodle framework"
    case .canvas: "Canvas outcomes"
    case .openSALT: "OpenSALT sheet"
    case .richSkills: "rich skill descriptors"
    case .sced: "SCED courses"
    case .prerequisiteMap: "prerequisite map"
    case .edgeList: "edge list"
    case .codeTable: "code table"
    case .documentList: "document list"
    }
  }

  /// Whether it is always a table.
  package var isTable: Bool {
    switch self {
    case .esco, .moodle, .canvas, .openSALT, .sced, .edgeList, .codeTable, .documentList: true
    default: false
    }
  }

  /// Whether it is a table or JSON, as the first character says.
  package var mayBeTable: Bool { isTable || self == .richSkills }

  /// The name that options and reports use.
  public var description: String { rawValue }
}
