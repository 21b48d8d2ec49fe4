import CatalogFiles
import Catalogs
import Domain
import Testing

/// Compares a catalog with what was written and read again, field by field, by the typed
/// properties: a witness beside the comparison that the report is made of.
enum RoundTrip {
  typealias ItemField = (name: String, value: @Sendable (CatalogItem) -> [String])
  typealias DocumentField = (name: String, value: @Sendable (CatalogDocument) -> [String])

  static let itemFields: [ItemField] = [
    ("fullStatement", { list($0.fullStatement) }),
    ("abbreviatedStatement", { list($0.abbreviatedStatement) }),
    ("alternativeLabel", { list($0.alternativeLabel) }),
    ("humanCodingScheme", { list($0.code) }),
    ("listEnumeration", { list($0.listEnumeration) }),
    ("CFItemType", { list($0.itemType) }),
    ("educationLevel", { $0.educationLevels }),
    ("conceptKeywords", { $0.keywords }),
    ("subject", { $0.subjects }),
    ("language", { list($0.language) }),
    ("notes", { list($0.notes) }),
    ("uri", { list($0.uri) }),
    ("lastChangeDateTime", { list($0.lastChange?.description) }),
    ("statusStartDate", { list($0.validFrom?.isoText) }),
    ("statusEndDate", { list($0.validThrough?.isoText) }),
    ("licenseURI", { list($0.license?.identifier.text) }),
  ]

  static let documentFields: [DocumentField] = [
    ("identifier", { [$0.identifier.text] }),
    ("title", { list($0.title) }), ("creator", { list($0.creator) }),
    ("publisher", { list($0.publisher) }), ("description", { list($0.summary) }),
    ("subject", { $0.subjects }), ("language", { list($0.language) }),
    ("version", { list($0.edition) }), ("adoptionStatus", { list($0.adoptionStatus) }),
    ("notes", { list($0.notes) }), ("officialSourceURL", { list($0.officialSource) }),
    ("licenseURI", { list($0.license?.identifier.text) }),
  ]

  private static func list(_ text: String?) -> [String] { text.map { [$0] } ?? [] }

  /// Writes, reads, and expects equality wherever the report says nothing.
  static func check(_ catalog: Catalog, _ format: CatalogFormat) throws {
    let writing = try catalog.writing(format)
    let again = try Catalog.reading(writing.bytes, as: format).catalog
    let named = Set(writing.losses.entries.map { "\($0.kind).\($0.field)" })
    #expect(CatalogFormat.recognizing(writing.bytes) == format)
    for (name, value) in documentFields where !named.contains("CFDocument.\(name)") {
      #expect(value(again.document) == value(catalog.document), "CFDocument.\(name)")
    }
    if !named.contains("CFItem.all") { #expect(again.items.count == catalog.items.count) }
    let keepsNames = !named.contains("CFItem.identifier") && !named.contains("CFItem.all")
    for (name, value) in itemFields where !named.contains("CFItem.\(name)") {
      let key = { (item: CatalogItem) in
        (keepsNames ? CatalogKey(item.identifier).description : "") + "|"
          + value(item).joined(separator: "|")
      }
      #expect(again.items.map(key).sorted() == catalog.items.map(key).sorted(), "CFItem.\(name)")
    }
    if keepsNames { checkLinks(catalog, again, named) }
  }

  private static func checkLinks(_ catalog: Catalog, _ again: Catalog, _ named: Set<String>) {
    let links = { (catalog: Catalog) -> [AssociationType: Set<[String]>] in
      var links: [AssociationType: Set<[String]>] = [:]
      for link in catalog.associations {
        let ends = [link.origin, link.destination].map { end -> String in
          let key = CatalogKey(end?.identifier ?? "?")
          return key == CatalogKey(catalog.identifier) ? "document" : key.description
        }
        links[link.type, default: []].insert(ends)
      }
      return links
    }
    let (before, after) = (links(catalog), links(again))
    for type in Set(before.keys).union(after.keys)
    where !named.contains("CFAssociation.\(type)")
      && !named.contains("CFAssociation.associationType")
    {
      #expect(after[type] == before[type], "\(type)")
    }
  }
}
