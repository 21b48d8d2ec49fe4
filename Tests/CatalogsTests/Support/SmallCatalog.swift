import CatalogFiles
import Catalogs
import Domain

/// Catalogs for tests, from a line for each item and link.
enum SmallCatalog {
  /// The text of a package, one item or link a line; the document is on line 1, the first item on
  /// line 2.
  ///
  /// - Parameters:
  ///   - items: `identifier|code|level|statement`; what is left out at the end is absent.
  ///   - links: `origin type destination`; items without an `isChildOf` get one to the document.
  static func text(
    _ items: [String], _ links: [String] = [], document: String = "doc", edition: String = "1",
    changed: String = "2026-01-01T00:00:00Z", places: Bool = true
  ) -> String {
    func quoted(_ text: some StringProtocol) -> String {
      String(decoding: JSONValue.string(String(text)).text(), as: UTF8.self)
    }
    var all = links
    let items = items.map { line in
      let parts = line.split(separator: "|", omittingEmptySubsequences: false)
      if places, !links.contains(where: { $0.hasPrefix("\(parts[0]) isChildOf") }) {
        all.append("\(parts[0]) isChildOf \(document)")
      }
      var members = ["\"identifier\": \(quoted(parts[0]))"]
      for (name, place) in [("humanCodingScheme", 1), ("fullStatement", 3)]
      where parts.count > place && !parts[place].isEmpty {
        members.append("\"\(name)\": \(quoted(parts[place]))")
      }
      if parts.count > 2, !parts[2].isEmpty {
        members.append("\"educationLevel\": [\(quoted(parts[2]))]")
      }
      return "{\(members.joined(separator: ", "))}"
    }
    let associations = all.map { line in
      let parts = line.split(separator: " ").map { quoted($0) }
      return """
        {"identifier": \(quoted(line)), "associationType": \(parts[1]), "originNodeURI": \
        {"identifier": \(parts[0])}, "destinationNodeURI": {"identifier": \(parts[2])}}
        """
    }
    return """
      {"CFDocument": {"identifier": \(quoted(document)), "title": \(quoted("Title of " + document)), \
      "version": \(quoted(edition)), "lastChangeDateTime": \(quoted(changed)), \
      "licenseURI": {"title": "CC0", "identifier": "l", "uri": "urn:l"}}, "CFItems": [
      \(items.joined(separator: ",\n"))], "CFAssociations": [
      \(associations.joined(separator: ",\n"))]}
      """
  }

  /// The catalog of such a package.
  static func catalog(
    _ items: [String], _ links: [String] = [], document: String = "doc", edition: String = "1",
    changed: String = "2026-01-01T00:00:00Z", places: Bool = true
  ) throws -> Catalog {
    let text = text(
      items, links, document: document, edition: edition, changed: changed, places: places)
    return try Catalog.reading(case: Array(text.utf8), file: "\(document).json").catalog
  }
}
