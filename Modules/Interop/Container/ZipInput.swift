internal import CZlib

/// A member of a zip archive; its size and checksum are checked with its last byte.
final class ZipInput: MemberInput {
  private let archive: OpenFile
  private let entry: ZipEntry
  private let place: String
  private let part: FileInput
  private let inflater: Inflater?
  private var produced = 0
  private var checksum: uLong
  private var isAtEnd = false

  init(_ archive: OpenFile, _ entry: ZipEntry) throws(InteropError) {
    self.archive = archive
    self.entry = entry
    place = "\(archive.place)/\(entry.name)"
    part = FileInput(archive, part: entry.dataOffset..<(entry.dataOffset + entry.compressedSize))
    inflater = entry.method == 0 ? nil : try Inflater(part, windowBits: -15, place: place)
    checksum = 0
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InteropError) -> Int {
    if isAtEnd { return 0 }
    // One byte more than is left shows a member that is larger than it says.
    let wanted = min(buffer.count, entry.size - produced)
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
    let count: Int
    if let inflater {
      let (inflated, outcome) = try unsafe inflater.inflate(into: target)
      count = inflated
      if outcome == .cut || (outcome == .ended && produced + count < entry.size) {
        throw damaged("is shorter than it says")
      }
      if produced + count == entry.size, outcome == .full { try checkEnd(inflater) }
    } else {
      count = try unsafe part.read(into: target)
      guard count == wanted else { throw InteropError.changed(archive.place) }
    }
    if let start = target.baseAddress {
      unsafe checksum = crc32_z(checksum, start.assumingMemoryBound(to: Bytef.self), count)
    }
    produced += count
    if produced == entry.size { try finish() }
    return count
  }

  /// Checks that the compressed stream ends where the member does.
  private func checkEnd(_ inflater: Inflater) throws(InteropError) {
    var extra: UInt8 = 0
    let (count, outcome) = try unsafe withUnsafeMutableBytes(of: &extra) {
      (buffer) throws(InteropError) in
      try unsafe inflater.inflate(into: buffer)
    }
    guard count == 0 else { throw damaged("is longer than it says") }
    guard outcome == .ended else { throw damaged("is cut short") }
  }

  private func finish() throws(InteropError) {
    isAtEnd = true
    if let inflater, inflater.consumed != entry.compressedSize {
      throw damaged("has bytes behind its end")
    }
    guard checksum == uLong(entry.checksum) else { throw damaged("fails its checksum") }
    try archive.checkUnchanged()
  }

  private func damaged(_ reason: String) -> InteropError {
    InteropError(
      .badArchive, "this member of the zip file \(reason); export or zip it again", place: place)
  }
}
