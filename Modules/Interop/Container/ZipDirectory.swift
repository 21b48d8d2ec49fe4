/// A file in a zip archive, with its place checked against its neighbours.
struct ZipEntry: Sendable {
  var name: String
  var nameBytes: [UInt8]
  var flags: UInt16
  var method: UInt16
  var checksum: UInt32
  var compressedSize: Int
  var size: Int
  var headerOffset: Int
  /// Where the compressed bytes begin.
  var dataOffset = 0

  var hasDescriptor: Bool { flags & 0x0008 != 0 }
}

/// The directory of a zip archive, read and checked before any member is.
///
/// Nothing in the archive is trusted: every number is compared with the size of the file, with the
/// limits, and with the second copy of it in front of the member.
struct ZipDirectory {
  private(set) var entries: [ZipEntry] = []
  private(set) var ignored: [String] = []

  private let file: OpenFile
  private let limits: ContainerLimits
  private let size: Int

  init(_ file: OpenFile, limits: ContainerLimits) throws(InteropError) {
    self.file = file
    self.limits = limits
    size = Int(file.identity.size)
    let end = try findEnd()
    guard end.offset + end.size == end.directoryEnd else {
      throw damaged("its directory is not where it says")
    }
    guard end.size <= limits.directoryBytes else {
      throw limit("its directory is larger than \(limits.directoryBytes) bytes")
    }
    guard end.count <= limits.memberCount else {
      throw limit("it has \(end.count) entries, more than the \(limits.memberCount) allowed")
    }
    var all = try readDirectory(end)
    try checkSizes(all)
    all.sort { $0.headerOffset < $1.headerOffset }
    for index in all.indices {
      let next = index + 1 < all.count ? all[index + 1].headerOffset : end.offset
      try locate(&all[index], next: next)
    }
    try select(all)
  }

  // MARK: The end record

  private struct End {
    var count: Int
    var size: Int
    var offset: Int
    /// Where the directory must end.
    var directoryEnd: Int
  }

  private func findEnd() throws(InteropError) -> End {
    let tailStart = max(0, size - 65_557)
    let tail = try System.bytes(of: file, from: tailStart, count: size - tailStart)
    guard tail.count == size - tailStart else { throw .changed(file.place) }
    var found: Int?
    var index = tail.count - 22
    while index >= 0 {
      if tail[index] == 0x50, tail.number32(index) == 0x0605_4b50,
        index + 22 + Int(tail.number16(index + 20)) == tail.count
      {
        guard found == nil else { throw damaged("it has two end records") }
        found = index
      }
      index -= 1
    }
    guard let found else {
      throw damaged("its end is missing, so it is cut short or something follows it")
    }
    let position = tailStart + found
    var end = End(
      count: Int(tail.number16(found + 10)), size: Int(tail.number32(found + 12)),
      offset: Int(tail.number32(found + 16)), directoryEnd: position)
    guard tail.number16(found + 8) == tail.number16(found + 10) || end.count == 0xffff,
      [0, 0xffff].contains(tail.number16(found + 4)),
      [0, 0xffff].contains(tail.number16(found + 6))
    else { throw damaged("it is one part of several; join the parts first") }
    if let large = try readLargeEnd(before: position) {
      let agrees =
        (end.count == 0xffff || end.count == large.count)
        && (end.size == 0xffff_ffff || end.size == large.size)
        && (end.offset == 0xffff_ffff || end.offset == large.offset)
      guard agrees else { throw damaged("its two end records disagree") }
      end = large
    }
    return end
  }

  /// The Zip64 end record, when its locator stands in front of the plain one.
  private func readLargeEnd(before position: Int) throws(InteropError) -> End? {
    guard position >= 76 else { return nil }
    let locator = try System.bytes(of: file, from: position - 20, count: 20)
    guard locator.count == 20, locator.number32(0) == 0x0706_4b50 else { return nil }
    let offset = locator.number64(8)
    guard locator.number32(4) == 0, locator.number32(16) <= 1, offset <= UInt64(position - 76)
    else { throw damaged("its Zip64 locator points outside of it") }
    let record = try System.bytes(of: file, from: Int(offset), count: 56)
    guard record.count == 56, record.number32(0) == 0x0606_4b50,
      record.number64(4) >= 44, record.number64(4) <= UInt64(position),
      Int(offset) + 12 + Int(record.number64(4)) == position - 20,
      record.number64(24) == record.number64(32),
      let count = Int(exactly: record.number64(32)), let size = Int(exactly: record.number64(40)),
      let start = Int(exactly: record.number64(48)), size <= position, start <= position
    else { throw damaged("its Zip64 end record is wrong") }
    return End(count: count, size: size, offset: start, directoryEnd: Int(offset))
  }

  // MARK: The directory

  private func readDirectory(_ end: End) throws(InteropError) -> [ZipEntry] {
    let bytes = try System.bytes(of: file, from: end.offset, count: end.size)
    guard bytes.count == end.size else { throw .changed(file.place) }
    var entries: [ZipEntry] = []
    entries.reserveCapacity(min(end.count, end.size / 46))
    var position = 0
    for _ in 0..<end.count {
      guard position + 46 <= bytes.count, bytes.number32(position) == 0x0201_4b50 else {
        throw damaged("its directory has fewer entries than it says")
      }
      let nameCount = Int(bytes.number16(position + 28))
      let extraCount = Int(bytes.number16(position + 30))
      let next = position + 46 + nameCount + extraCount + Int(bytes.number16(position + 32))
      guard next <= bytes.count else { throw damaged("its directory is cut short") }
      let nameRange = (position + 46)..<(position + 46 + nameCount)
      guard nameCount <= limits.nameBytes else {
        throw limit("a name in it has \(nameCount) bytes, more than \(limits.nameBytes)")
      }
      let nameBytes = Array(bytes[nameRange])
      let flags = bytes.number16(position + 8)
      var entry = ZipEntry(
        name: ZipName.text(nameBytes, isUTF8: flags & 0x0800 != 0), nameBytes: nameBytes,
        flags: flags, method: bytes.number16(position + 10),
        checksum: bytes.number32(position + 16),
        compressedSize: Int(bytes.number32(position + 20)),
        size: Int(bytes.number32(position + 24)),
        headerOffset: Int(bytes.number32(position + 42)))
      try applyLargeSizes(
        &entry, extra: bytes[nameRange.upperBound..<(nameRange.upperBound + extraCount)],
        hasOffset: true)
      try checkEntry(
        entry, disk: bytes.number16(position + 34), attributes: bytes.number32(position + 38))
      entries.append(entry)
      position = next
    }
    guard position == bytes.count else {
      throw damaged("its directory has more entries than it says")
    }
    return entries
  }

  /// Takes sizes that did not fit in 32 bits from the Zip64 field.
  private func applyLargeSizes(
    _ entry: inout ZipEntry, extra: ArraySlice<UInt8>, hasOffset: Bool
  ) throws(InteropError) {
    let needsOffset = hasOffset && entry.headerOffset == 0xffff_ffff
    guard entry.size == 0xffff_ffff || entry.compressedSize == 0xffff_ffff || needsOffset,
      var values = Self.largeSizes(extra)
    else { return }
    func take() throws(InteropError) -> Int {
      guard values.count >= 8, let value = Int(exactly: values.number64(values.startIndex)),
        value <= Int.max / 4
      else { throw damaged("a Zip64 size in it is wrong", entry.name) }
      values = values.dropFirst(8)
      return value
    }
    if entry.size == 0xffff_ffff { entry.size = try take() }
    if entry.compressedSize == 0xffff_ffff { entry.compressedSize = try take() }
    if needsOffset { entry.headerOffset = try take() }
  }

  private static func largeSizes(_ extra: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = extra
    while rest.count >= 4 {
      let count = Int(rest.number16(rest.startIndex + 2))
      guard rest.count >= 4 + count else { return nil }
      let body = rest[(rest.startIndex + 4)..<(rest.startIndex + 4 + count)]
      if rest.number16(rest.startIndex) == 1 { return body }
      rest = rest[body.endIndex...]
    }
    return nil
  }

  private func checkEntry(
    _ entry: ZipEntry, disk: UInt16, attributes: UInt32
  ) throws(InteropError) {
    if let fault = ZipName.fault(entry.nameBytes) {
      throw refused("a name in it \(fault)", entry.name)
    }
    if entry.flags & 0x2041 != 0 {
      throw refused("it is encrypted; remove the password and save it again", entry.name)
    }
    guard entry.method == 0 || entry.method == 8 else {
      throw refused(
        "it is compressed with method \(entry.method); save it with the usual one (deflate)",
        entry.name)
    }
    guard disk == 0 || disk == 0xffff else { throw damaged("it is one part of several") }
    let type = (attributes >> 16) & 0o170000
    if type == 0o120000 {
      throw refused("it is a symbolic link; put the file itself in the archive", entry.name)
    }
    guard type == 0 || type == 0o100000 || type == 0o040000 else {
      throw refused("it is a special file", entry.name)
    }
    if entry.nameBytes.last == UInt8(ascii: "/"), entry.size != 0 {
      throw damaged("a folder in it has contents", entry.name)
    }
    if ZipName.isArchive(entry.nameBytes) {
      throw refused("it is an archive in an archive; unpack the inner one first", entry.name)
    }
    guard entry.method == 8 || entry.size == entry.compressedSize else {
      throw damaged("its sizes disagree", entry.name)
    }
  }

  private func checkSizes(_ entries: [ZipEntry]) throws(InteropError) {
    var total = 0
    for entry in entries {
      guard entry.compressedSize <= size, entry.headerOffset < size else {
        throw damaged("it lies outside of the archive", entry.name)
      }
      if entry.size > limits.freeBytes / 4,
        entry.size > entry.compressedSize.multipliedClamping(by: limits.memberExpansion)
      {
        throw limit(
          "it expands to more than \(limits.memberExpansion) times its size", entry.name)
      }
      let (sum, overflow) = total.addingReportingOverflow(entry.size)
      total = overflow ? .max : sum
    }
    let allowed = max(limits.freeBytes, size.multipliedClamping(by: limits.expansion))
    guard total <= min(allowed, limits.expandedBytes) else {
      throw limit(
        "it expands to \(total) bytes, more than \(limits.expansion) times its size; "
          + "unpack it into a folder if you trust it")
    }
  }

  // MARK: The header in front of each member

  /// Checks the second copy of the numbers and finds where the compressed bytes begin.
  private func locate(_ entry: inout ZipEntry, next: Int) throws(InteropError) {
    let fixed = 30 + entry.nameBytes.count
    let header = try System.bytes(of: file, from: entry.headerOffset, count: fixed)
    guard header.count == fixed, header.number32(0) == 0x0403_4b50 else {
      throw damaged("its header is missing", entry.name)
    }
    guard header[30...].elementsEqual(entry.nameBytes),
      Int(header.number16(26)) == entry.nameBytes.count, header.number16(8) == entry.method,
      header.number16(6) & 0x2049 == entry.flags & 0x2049
    else { throw damaged("its header and the directory disagree", entry.name) }
    let extraCount = Int(header.number16(28))
    entry.dataOffset = entry.headerOffset + fixed + extraCount
    let end = entry.dataOffset + entry.compressedSize
    guard end <= next else { throw damaged("it overlaps what follows it", entry.name) }
    var local = entry
    local.compressedSize = Int(header.number32(18))
    local.size = Int(header.number32(22))
    if local.size == 0xffff_ffff || local.compressedSize == 0xffff_ffff {
      let extra = try System.bytes(
        of: file, from: entry.headerOffset + fixed, count: extraCount)
      try applyLargeSizes(&local, extra: extra[...], hasOffset: false)
    }
    local.checksum = header.number32(14)
    let isSame =
      local.size == entry.size && local.compressedSize == entry.compressedSize
      && local.checksum == entry.checksum
    guard entry.hasDescriptor else {
      guard isSame else { throw damaged("its header and the directory disagree", entry.name) }
      return
    }
    let isOpen =
      [0, entry.size, 0xffff_ffff].contains(local.size)
      && [0, entry.compressedSize, 0xffff_ffff].contains(local.compressedSize)
    guard isOpen, local.checksum == 0 || local.checksum == entry.checksum else {
      throw damaged("its header and the directory disagree", entry.name)
    }
    let count = min(24, next - end)
    let descriptor = try System.bytes(of: file, from: end, count: count)
    // Some writers set the flag for members without contents and write no descriptor.
    guard isSame || Self.isDescriptor(descriptor, of: entry) else {
      throw damaged("the record behind it and the directory disagree", entry.name)
    }
  }

  /// Whether bytes begin with a data descriptor, in any of its four forms.
  private static func isDescriptor(_ bytes: [UInt8], of entry: ZipEntry) -> Bool {
    let start = bytes.count >= 4 && bytes.number32(0) == 0x0807_4b50 ? 4 : 0
    for start in Set([start, 0]) {
      if bytes.count >= start + 12, bytes.number32(start) == entry.checksum {
        if bytes.number32(start + 4) == UInt32(truncatingIfNeeded: entry.compressedSize),
          bytes.number32(start + 8) == UInt32(truncatingIfNeeded: entry.size)
        {
          return true
        }
        if bytes.count >= start + 20, bytes.number64(start + 4) == UInt64(entry.compressedSize),
          bytes.number64(start + 12) == UInt64(entry.size)
        {
          return true
        }
      }
    }
    return false
  }

  // MARK: The members

  /// Keeps the files, sorted by name, and refuses doubled names.
  private mutating func select(_ all: [ZipEntry]) throws(InteropError) {
    for entry in all where entry.nameBytes.last != UInt8(ascii: "/") {
      if MemberName.isHidden(entry.name.utf8) {
        ignored.append(entry.name)
      } else {
        entries.append(entry)
      }
    }
    entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for (first, second) in zip(entries, entries.dropFirst())
    where first.name.utf8.elementsEqual(second.name.utf8) {
      throw damaged("the same name is in it twice", first.name)
    }
  }

  private func damaged(_ reason: String, _ name: String? = nil) -> InteropError {
    InteropError(
      .badArchive, "the zip file cannot be trusted: \(reason); export or zip it again",
      place: place(name))
  }

  private func refused(_ reason: String, _ name: String) -> InteropError {
    InteropError(.unsupported, "refused: \(reason)", place: place(name))
  }

  private func limit(_ reason: String, _ name: String? = nil) -> InteropError {
    InteropError(.limit, "the zip file is refused: \(reason)", place: place(name))
  }

  private func place(_ name: String?) -> String {
    name.map { "\(file.place)/\($0)" } ?? file.place
  }
}

extension RandomAccessCollection where Element == UInt8, Index == Int {
  /// The little-endian number of two bytes.
  func number16(_ index: Int) -> UInt16 {
    UInt16(self[index]) | UInt16(self[index + 1]) << 8
  }

  /// The little-endian number of four bytes.
  func number32(_ index: Int) -> UInt32 {
    UInt32(number16(index)) | UInt32(number16(index + 2)) << 16
  }

  /// The little-endian number of eight bytes.
  func number64(_ index: Int) -> UInt64 {
    UInt64(number32(index)) | UInt64(number32(index + 4)) << 32
  }
}
