internal import CZlib

/// Writes a zip archive: deflate, names in UTF-8, a fixed time, Zip64 where sizes ask for it.
///
/// The same members give the same bytes. Where the output can be rewound, sizes are put into the
/// header of each member afterwards; in a pipe they follow the member.
final class ZipWriter: OutputWriter {
  private struct Member {
    var name: [UInt8]
    var offset: Int
    var checksum: uLong = 0
    var size = 0
    var compressedSize = 0
  }

  private let file: OutputFile
  private let deflater: Deflater
  private let attributes: UInt32
  private var directory: [UInt8] = []
  private var count = 0
  private var member: Member?

  init(_ file: OutputFile, options: OutputOptions) throws(InteropError) {
    self.file = file
    deflater = try Deflater(file, level: options.compressionLevel, windowBits: -15)
    attributes = (0o100000 | options.mode & 0o777) << 16
  }

  private var flags: UInt16 { file.canReplace ? 0x0800 : 0x0808 }

  func begin(_ name: String) throws(InteropError) {
    let name = Array(name.utf8)
    let member = Member(name: name, offset: file.count)
    self.member = member
    var header: [UInt8] = []
    header.append32(0x0403_4b50)
    header.append16(file.canReplace ? 20 : 45)
    header.append16(flags)
    header.appendMethodAndTime()
    header.append32(0)
    header.append32(0)
    header.append32(0)
    header.append16(UInt16(name.count))
    header.append16(20)
    header += name
    if file.canReplace {
      // Room for Zip64 sizes, marked as padding until it is needed.
      header.append16(0xa220)
      header.append16(16)
      header.append16(0xa028)
      header += [UInt8](repeating: 0, count: 14)
    } else {
      // Zip64 from the start, since nobody knows how much will come.
      header.append16(1)
      header.append16(16)
      header += [UInt8](repeating: 0, count: 16)
    }
    try file.write(header)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(InteropError) {
    guard let start = bytes.baseAddress else { return }
    let checksum = member?.checksum ?? 0
    unsafe member?.checksum = crc32_z(
      checksum, start.assumingMemoryBound(to: Bytef.self), bytes.count)
    member?.size += bytes.count
    try unsafe deflater.write(bytes)
  }

  func end() throws(InteropError) {
    guard var member else { return }
    member.compressedSize = try deflater.finish()
    if file.canReplace {
      try complete(member)
    } else {
      var descriptor: [UInt8] = []
      descriptor.append32(0x0807_4b50)
      descriptor.append32(UInt32(member.checksum))
      descriptor.append64(UInt64(member.compressedSize))
      descriptor.append64(UInt64(member.size))
      try file.write(descriptor)
    }
    appendToDirectory(member)
    self.member = nil
  }

  /// Puts the sizes into the header that is already written.
  private func complete(_ member: Member) throws(InteropError) {
    let isLarge = member.size >= 0xffff_ffff || member.compressedSize >= 0xffff_ffff
    var sizes: [UInt8] = []
    sizes.append32(UInt32(member.checksum))
    sizes.append32(isLarge ? .max : UInt32(member.compressedSize))
    sizes.append32(isLarge ? .max : UInt32(member.size))
    try file.replace(at: member.offset + 14, with: sizes)
    guard isLarge else { return }
    var extra: [UInt8] = []
    extra.append16(1)
    extra.append16(16)
    extra.append64(UInt64(member.size))
    extra.append64(UInt64(member.compressedSize))
    try file.replace(at: member.offset + 4, with: [45, 0])
    try file.replace(at: member.offset + 30 + member.name.count, with: extra)
  }

  private func appendToDirectory(_ member: Member) {
    var extra: [UInt8] = []
    for value in [member.size, member.compressedSize, member.offset] where value >= 0xffff_ffff {
      extra.append64(UInt64(value))
    }
    let isLarge = !extra.isEmpty || !file.canReplace
    count += 1
    directory.append32(0x0201_4b50)
    directory.append16(3 << 8 | 45)
    directory.append16(isLarge ? 45 : 20)
    directory.append16(flags)
    directory.appendMethodAndTime()
    directory.append32(UInt32(member.checksum))
    directory.append32(UInt32(clamping: member.compressedSize))
    directory.append32(UInt32(clamping: member.size))
    directory.append16(UInt16(member.name.count))
    directory.append16(extra.isEmpty ? 0 : UInt16(4 + extra.count))
    directory.append16(0)
    directory.append16(0)
    directory.append16(0)
    directory.append32(attributes)
    directory.append32(UInt32(clamping: member.offset))
    directory += member.name
    guard !extra.isEmpty else { return }
    directory.append16(1)
    directory.append16(UInt16(extra.count))
    directory += extra
  }

  func finish() throws(InteropError) {
    let offset = file.count
    try file.write(directory)
    var end: [UInt8] = []
    if count >= 0xffff || offset >= 0xffff_ffff || directory.count >= 0xffff_ffff {
      end.append32(0x0606_4b50)
      end.append64(44)
      end.append16(3 << 8 | 45)
      end.append16(45)
      end.append64(0)
      end.append64(UInt64(count))
      end.append64(UInt64(count))
      end.append64(UInt64(directory.count))
      end.append64(UInt64(offset))
      end.append32(0x0706_4b50)
      end.append32(0)
      end.append64(UInt64(offset + directory.count))
      end.append32(1)
    }
    end.append32(0x0605_4b50)
    end.append32(0)
    end.append16(UInt16(clamping: count))
    end.append16(UInt16(clamping: count))
    end.append32(UInt32(clamping: directory.count))
    end.append32(UInt32(clamping: offset))
    end.append16(0)
    try file.write(end)
  }
}

extension [UInt8] {
  fileprivate mutating func append16(_ value: UInt16) {
    append(UInt8(truncatingIfNeeded: value))
    append(UInt8(truncatingIfNeeded: value >> 8))
  }

  fileprivate mutating func append32(_ value: UInt32) {
    append16(UInt16(truncatingIfNeeded: value))
    append16(UInt16(truncatingIfNeeded: value >> 16))
  }

  fileprivate mutating func append64(_ value: UInt64) {
    append32(UInt32(truncatingIfNeeded: value))
    append32(UInt32(truncatingIfNeeded: value >> 32))
  }

  /// Deflate, and midnight of the first day the format knows, so that outputs can be compared.
  fileprivate mutating func appendMethodAndTime() {
    append16(8)
    append16(0)
    append16(0x0021)
  }
}
