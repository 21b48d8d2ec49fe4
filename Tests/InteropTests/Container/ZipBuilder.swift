/// Builds zip archives byte by byte, right ones and wrong ones.
struct ZipBuilder {
  struct Entry {
    var name: [UInt8]
    var contents: [UInt8]
    var method: UInt16 = 0
    var flags: UInt16 = 0
    var attributes: UInt32 = 0
    var checksum: UInt32?
    var size: UInt32?
    var packed: [UInt8]?
    var localName: [UInt8]?
    var localMethod: UInt16?
    var localSize: UInt32?
    var localFlags: UInt16?
    var headerOffset: UInt32?
    var descriptor: [UInt8] = []
    var localExtra: [UInt8] = []
    var centralExtra: [UInt8] = []

    init(_ name: String, _ contents: String = "a,b\n1,2\n") {
      self.name = Array(name.utf8)
      self.contents = Array(contents.utf8)
    }

    /// A change of an entry.
    func with(_ change: (inout Entry) -> Void) -> Entry {
      var copy = self
      change(&copy)
      return copy
    }
  }

  var entries: [Entry]
  var comment: [UInt8] = []
  var count: UInt16?
  var directoryOffset: UInt32?
  var isLarge = false

  init(_ entries: Entry...) {
    self.entries = entries
  }

  func bytes() -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = archive.count
      let packed = entry.packed ?? entry.contents
      let checksum = entry.checksum ?? crc(entry.contents)
      let size = entry.size ?? UInt32(entry.contents.count)
      let hasDescriptor = entry.flags & 8 != 0
      archive += little(0x0403_4b50, 4) + little(20, 2)
      archive += little(entry.localFlags ?? entry.flags, 2)
      archive += little(entry.localMethod ?? entry.method, 2) + little(0, 4)
      archive += little(hasDescriptor ? 0 : checksum, 4)
      archive += little(hasDescriptor ? 0 : entry.localSize ?? UInt32(packed.count), 4)
      archive += little(hasDescriptor ? 0 : entry.localSize ?? size, 4)
      let localName = entry.localName ?? entry.name
      archive += little(UInt16(localName.count), 2) + little(UInt16(entry.localExtra.count), 2)
      archive += localName + entry.localExtra + packed + entry.descriptor
      directory += little(0x0201_4b50, 4) + little(0x0314, 2) + little(20, 2)
      directory += little(entry.flags, 2) + little(entry.method, 2) + little(0, 4)
      directory += little(checksum, 4)
      directory += little(entry.localSize == .max ? .max : UInt32(packed.count), 4)
      directory += little(entry.localSize == .max ? .max : size, 4)
      directory += little(UInt16(entry.name.count), 2)
      directory += little(UInt16(entry.centralExtra.count), 2) + little(0, 2)
      directory += little(0, 2) + little(0, 2) + little(entry.attributes, 4)
      directory += little(entry.headerOffset ?? UInt32(offset), 4)
      directory += entry.name + entry.centralExtra
    }
    let start = archive.count
    archive += directory
    let total = UInt16(entries.count)
    if isLarge {
      let record = archive.count
      archive += little(0x0606_4b50, 4) + little(44, 8) + little(45, 2) + little(45, 2)
      archive += little(0, 8) + little(UInt64(total), 8) + little(UInt64(total), 8)
      archive += little(UInt64(directory.count), 8) + little(UInt64(start), 8)
      archive += little(0x0706_4b50, 4) + little(0, 4) + little(UInt64(record), 8) + little(1, 4)
    }
    archive += little(0x0605_4b50, 4) + little(0, 4)
    archive += little(isLarge ? .max : count ?? total, 2)
    archive += little(isLarge ? .max : count ?? total, 2)
    archive += little(isLarge ? UInt32.max : UInt32(directory.count), 4)
    archive += little(isLarge ? UInt32.max : directoryOffset ?? UInt32(start), 4)
    archive += little(UInt16(comment.count), 2) + comment
    return archive
  }
}

/// A number in little-endian order.
func little(_ value: some FixedWidthInteger, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// The checksum of zip and gzip, one bit at a time.
func crc(_ bytes: [UInt8]) -> UInt32 {
  var value = UInt32.max
  for byte in bytes {
    value ^= UInt32(byte)
    for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
  }
  return ~value
}

/// Deflate without compression: one stored block.
func deflated(_ bytes: [UInt8]) -> [UInt8] {
  [1] + little(bytes.count, 2) + little(~bytes.count, 2) + bytes
}
