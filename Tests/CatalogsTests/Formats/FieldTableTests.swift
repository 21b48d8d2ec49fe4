import CatalogFiles
import Catalogs
import Domain
import Foundation
import Testing

@Suite("Table of formats and fields")
struct FieldTableTests {
  @Test("the table says which fields each reader sets", arguments: Outline.foreign + [.edgeList])
  func read(format: CatalogFormat) throws {
    let catalog = try Catalog.reading(WholeFiles.inputs(format)).catalog
    var fields: Set<String> = []
    let add = { (kind: String, object: JSONObject) in
      for member in object.members where member.name != "extensions" {
        fields.insert("\(kind).\(member.name)")
      }
    }
    add("CFDocument", catalog.document.members)
    for item in catalog.items { add("CFItem", item.members) }
    for concept in catalog.definitions.concepts { add("CFConcept", concept.members) }
    let ends = ["associationType", "originNodeURI", "destinationNodeURI"]
    for link in catalog.associations {
      if AssociationType.standard.contains(link.type) {
        fields.insert("CFAssociation.\(link.type)")
      }
      for member in link.members.members
      where !ends.contains(member.name) && member.name != "extensions" {
        fields.insert("CFAssociation.\(member.name)")
      }
    }
    #expect(fields.subtracting(CatalogFieldTable.fieldsRead(format)).sorted() == [])
    #expect(CatalogFieldTable.fieldsRead(format).subtracting(fields).sorted() == [])
  }

  @Test("the page in the documentation is this table")
  func page() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let page = try String(
      contentsOf: root.appending(path: "Docs/CatalogFormats.md"), encoding: .utf8)
    #expect(page == CatalogFieldTable.markdown)
  }
}
