import CatalogFiles
import Catalogs
import Interop

/// The files that a catalog is read from.
enum CatalogInputs {
  /// The most bytes of all files together.
  private static let limit = 512 << 20

  /// Reads files whole; of folders and archives all members.
  ///
  /// - Throws: ``ToolFailure`` with 65 when there are more bytes than catalogs have.
  static func read(_ paths: [String]) throws -> [CatalogInput] {
    var inputs: [CatalogInput] = []
    var left = limit
    for path in paths {
      let container = try Container.open(path)
      let members = container.members
      for (index, member) in members.enumerated() {
        let name = path == "-" ? "standard input" : path
        var input = CatalogInput(
          name: members.count == 1 ? name : "\(name)/\(member.name)", bytes: [])
        var reader = try container.reader(of: index)
        var block = [UInt8](repeating: 0, count: 1 << 18)
        while true {
          let count = try unsafe block.withUnsafeMutableBytes { buffer in
            try unsafe reader.read(into: buffer)
          }
          guard count > 0 else { break }
          left -= count
          guard left >= 0 else {
            throw ToolFailure(
              65, "\(path): catalogs may have \(limit >> 20) MB together; these have more")
          }
          input.bytes += block[..<count]
        }
        inputs.append(input)
      }
    }
    return inputs
  }
}
