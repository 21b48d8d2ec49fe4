import CatalogFiles
import Catalogs
import Domain

/// Whatever bytes come in, each reader ends with a catalog and findings or with an error, and what
/// was read is written and read again with the same items.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (choice, bytes) = unsafe input(start, count)
  let formats = CatalogFormat.allCases
  // The upper half of the choices leaves it to the content.
  let format = choice < 128 ? formats[Int(choice) % formats.count] : nil
  guard let reading = try? Catalog.reading(bytes, as: format, file: "input") else { return 0 }
  for finding in reading.findings {
    must(finding.place.file == nil || finding.place.file == "input", "another file")
    must(finding.place.line ?? 1 >= 1, "a line before the first")
    must(!finding.message.isEmpty, "a finding that says nothing")
  }
  must(reading.catalog.outline.count == reading.catalog.items.count, "the outline loses items")
  let targets = CatalogFormat.writable
  let target = targets[Int(choice) % targets.count]
  guard let writing = try? reading.catalog.writing(target),
    let again = try? Catalog.reading(writing.bytes, as: target)
  else {
    must(false, "what was read is not written")
    return 0
  }
  let losesItems = writing.losses.entries.contains { $0.kind == "CFItem" && $0.field == "all" }
  must(
    losesItems || again.catalog.items.count == reading.catalog.items.count,
    "items are lost and nobody says so")
  return 0
}
