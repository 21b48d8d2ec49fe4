/// Which fields of the model each format has, as tables for people.
package enum CatalogFieldTable {
  /// The fields that the reader of a format sets where the file gives them, besides `extensions`.
  package static func fieldsRead(_ format: CatalogFormat) -> Set<String> {
    let groups = read[format] ?? []
    return Set(
      groups.flatMap { group -> [String] in
        let parts = group.split(separator: ":", maxSplits: 1)
        return parts[1].split(separator: " ").map { "\(parts[0]).\($0)" }
      })
  }

  private static let read: [CatalogFormat: [String]] = [
    .asnRDF: [
      "CFDocument:identifier uri title creator publisher description subject language "
        + "adoptionStatus statusStartDate licenseURI officialSourceURL lastChangeDateTime",
      "CFItem:identifier uri fullStatement alternativeLabel CFItemType humanCodingScheme "
        + "listEnumeration notes subject language educationLevel lastChangeDateTime",
      "CFAssociation:isChildOf isPartOf exactMatchOf precedes isRelatedTo sequenceNumber",
    ],
    .asnManifest: [
      "CFDocument:identifier title",
      "CFItem:identifier uri fullStatement alternativeLabel CFItemType humanCodingScheme "
        + "listEnumeration notes subject language educationLevel",
      "CFAssociation:isChildOf sequenceNumber",
    ],
    .ctdlASN: [
      "CFDocument:identifier uri title creator publisher description language version "
        + "adoptionStatus licenseURI officialSourceURL lastChangeDateTime",
      "CFItem:identifier uri fullStatement abbreviatedStatement alternativeLabel CFItemType "
        + "humanCodingScheme listEnumeration conceptKeywords notes language educationLevel "
        + "lastChangeDateTime",
      "CFAssociation:isChildOf isPartOf exactMatchOf precedes isRelatedTo sequenceNumber",
    ],
    .cass: [
      "CFDocument:identifier uri title description lastChangeDateTime",
      "CFItem:identifier uri fullStatement CFItemType humanCodingScheme notes language "
        + "lastChangeDateTime",
      "CFAssociation:identifier isChildOf exactMatchOf precedes isRelatedTo notes sequenceNumber "
        + "lastChangeDateTime",
    ],
    .scd: [
      "CFDocument:identifier uri title description version officialSourceURL lastChangeDateTime",
      "CFItem:identifier uri fullStatement abbreviatedStatement CFItemType humanCodingScheme "
        + "language lastChangeDateTime",
      "CFAssociation:identifier isChildOf precedes sequenceNumber",
    ],
    .skos: [
      "CFDocument:identifier uri title creator publisher description subject language version "
        + "licenseURI officialSourceURL notes lastChangeDateTime",
      "CFItem:identifier uri fullStatement abbreviatedStatement alternativeLabel CFItemType "
        + "humanCodingScheme conceptKeywords notes subject language educationLevel "
        + "lastChangeDateTime",
      "CFAssociation:isChildOf isPartOf exactMatchOf isRelatedTo sequenceNumber",
    ],
    .esco: [
      "CFDocument:identifier title",
      "CFItem:identifier uri fullStatement abbreviatedStatement alternativeLabel CFItemType "
        + "humanCodingScheme notes",
      "CFAssociation:isChildOf precedes sequenceNumber",
    ],
    .digComp: [
      "CFDocument:identifier title",
      "CFItem:identifier fullStatement abbreviatedStatement CFItemType humanCodingScheme",
      "CFAssociation:isChildOf hasSkillLevel sequenceNumber",
      "CFConcept:identifier title hierarchyCode description",
    ],
    .moodle: [
      "CFDocument:identifier title description",
      "CFItem:identifier fullStatement abbreviatedStatement humanCodingScheme",
      "CFAssociation:isChildOf isRelatedTo sequenceNumber",
    ],
    .canvas: [
      "CFDocument:identifier title",
      "CFItem:identifier fullStatement abbreviatedStatement CFItemType humanCodingScheme",
      "CFAssociation:isChildOf sequenceNumber",
    ],
    .openSALT: [
      "CFDocument:identifier title",
      "CFItem:identifier uri fullStatement abbreviatedStatement alternativeLabel CFItemType "
        + "humanCodingScheme listEnumeration conceptKeywords notes subject language "
        + "educationLevel licenseURI lastChangeDateTime",
      "CFAssociation:isChildOf isPartOf isPeerOf exactMatchOf precedes isRelatedTo replacedBy "
        + "exemplar hasSkillLevel isTranslationOf sequenceNumber",
    ],
    .richSkills: [
      "CFDocument:identifier uri title creator description",
      "CFItem:identifier uri fullStatement abbreviatedStatement CFItemType conceptKeywords "
        + "lastChangeDateTime",
      "CFAssociation:isChildOf sequenceNumber",
    ],
    .sced: [
      "CFDocument:identifier title frameworkType",
      "CFItem:identifier fullStatement abbreviatedStatement CFItemType humanCodingScheme",
      "CFAssociation:isChildOf sequenceNumber",
    ],
    .prerequisiteMap: [
      "CFDocument:identifier title description version publisher",
      "CFItem:identifier uri fullStatement abbreviatedStatement CFItemType humanCodingScheme "
        + "listEnumeration notes educationLevel",
      "CFAssociation:isChildOf precedes isRelatedTo notes sequenceNumber",
    ],
    .edgeList: [
      "CFDocument:identifier title",
      "CFItem:identifier uri fullStatement humanCodingScheme",
      "CFAssociation:identifier isChildOf precedes isRelatedTo notes sequenceNumber",
    ],
    .codeTable: [
      "CFDocument:identifier title",
      "CFItem:identifier fullStatement abbreviatedStatement CFItemType humanCodingScheme notes "
        + "subject educationLevel",
      "CFAssociation:isChildOf sequenceNumber",
    ],
    .documentList: [
      "CFDocument:identifier title",
      "CFItem:identifier uri fullStatement CFItemType subject language statusStartDate",
      "CFAssociation:isChildOf sequenceNumber",
    ],
  ]

  /// Both tables as Markdown.
  package static var markdown: String {
    let formats = CatalogFormat.allCases.filter { read[$0] != nil }
    var lines = [
      "# Formats of catalogs", "",
      "What the readers and writers of catalogs carry; a test keeps this page true. CASE packages "
        + "and JSON",
      "lines carry everything and are not listed. What a file has beyond these "
        + "fields is kept in `extensions`.", "", "## Read", "",
      "`x`: read from the format, or made from its structure.", "",
    ]
    lines += table(formats.map(\.rawValue)) { kind, field in
      formats.map { fieldsRead($0).contains("\(kind.rawValue).\(field)") ? "x" : "" }
    }
    let written = CatalogFormat.writable.filter { $0 != .casePackage && $0 != .jsonLines }
    lines += [
      "", "## Written", "",
      "`x`: carried whole; words: the condition; blank: dropped, and counted in "
        + "the loss report.", "",
    ]
    lines += table(written.map(\.rawValue)) { kind, field in
      written.map { format in
        CatalogCarriage.words(format, kind, field).map { $0.isEmpty ? "x" : $0 } ?? ""
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func table(
    _ headings: [String], _ cells: (CASEKind, String) -> [String]
  ) -> [String] {
    var lines = [
      "| field | " + headings.map { "`\($0)`" }.joined(separator: " | ") + " |",
      "| --- |" + String(repeating: " --- |", count: headings.count),
    ]
    for (kind, field) in CatalogCarriage.rows {
      let values = cells(kind, field)
      guard values.contains(where: { !$0.isEmpty }) else { continue }
      lines.append("| \(kind.rawValue).\(field) | " + values.joined(separator: " | ") + " |")
    }
    return lines
  }
}
