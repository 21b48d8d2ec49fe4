import Badges
import CarriedRecords
import Catalogs
import Domain
import Grading
import Interop

/// Reads and writes the archives of carried records.
enum RecordFiles {
  /// Reads an archive or a folder.
  static func read(_ path: String) throws -> RecordPackage {
    let container = try Container.open(path)
    guard container.kind == .zip || container.kind == .folder else {
      throw ToolFailure(
        65, "\(path): a carried record is a zip archive or a folder; this is one file")
    }
    var files: [(name: String, bytes: [UInt8])] = []
    for (index, member) in container.members.enumerated() {
      // What no record has is refused by its name, before it is read.
      guard RecordPackage.File(rawValue: member.name) != nil else {
        files.append((member.name, []))
        continue
      }
      var reader = try container.reader(of: index)
      files.append((member.name, try reader.readAll(upTo: RecordPackage.limit)))
    }
    do throws(BadgesError) { return try RecordPackage(named: files) } catch {
      throw ToolFailure(65, "\(path): \(error)")
    }
  }

  /// Writes an archive, or a folder; it appears when it is complete.
  static func write(_ package: RecordPackage, to path: String, force: Bool) throws {
    var options = OutputOptions()
    options.force = force
    let kind = OutputKind(path: path, hasSeveralMembers: true)
    let output = try OutputContainer.create(path, kind: kind, options: options)
    for (name, bytes) in package.ordered {
      try output.begin(member: name)
      try output.write(bytes)
    }
    try output.commit()
  }

  /// The targets of a session with the words of a catalog.
  static func targets(_ grader: Grader, catalog path: String?) -> [RecordTarget] {
    var words: [Identifier: (title: String, url: Identifier?)] = [:]
    if let path, path.lowercased().hasSuffix(".json"),
      let catalog = try? CatalogFile.read(path).catalog
    {
      for item in catalog.items {
        let entry = (item.statement, item.uri.map { Identifier($0) })
        words[item.identifier] = entry
        if let code = item.code { words[Identifier(code)] = entry }
      }
    }
    return grader.targets.map { target in
      let found = words[target.id.identifier]
      return RecordTarget(target, title: found?.title, url: found?.url)
    }
  }
}
