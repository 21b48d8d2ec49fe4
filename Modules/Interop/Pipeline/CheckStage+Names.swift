internal import AdapterHost
internal import Records

extension CheckStage {
  /// Fields of a person that are shown as names.
  private static let nameFields: [RecordField] = RecordSchema.of(.person).fields.filter { field in
    field.name == "name" || field.name.hasSuffix("Name")
  }

  /// Tells of names with characters that nobody sees and that turn text around or make two names
  /// look alike; they are kept, since some scripts need them.
  func noteInvisible(in batch: HostBatch, without faulty: [Int]) throws {
    for row in 0..<batch.count where !faulty.contains(row) {
      for field in Self.nameFields {
        let name = unsafe batch.text(field.index, of: row)
        guard let scalar = unsafe InvisibleCharacter.first(in: name) else { continue }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        try ledger.report(
          AdapterReport(
            .note, "record.invisible_character",
            "the \(field.name) of this person holds the invisible character U+\(code), which was "
              + "kept; take it out in the source unless the name is written so",
            member: memberNames(batch.member(of: row)), line: batch.line(of: row),
            kind: batch.kind), countsRow: false)
        break
      }
    }
  }
}

/// Characters without a width, and those that set the direction of text.
enum InvisibleCharacter {
  /// The first such character of valid UTF-8, or `nil`.
  ///
  /// - Complexity: O(*n*); looks at ASCII eight bytes at a time.
  static func first(in bytes: UnsafeRawBufferPointer) -> Unicode.Scalar? {
    var index = 0
    while index &+ 8 <= bytes.count,
      unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080
        == 0
    {
      index &+= 8
    }
    while index < bytes.count {
      if unsafe bytes[index] >= 0x80, let found = unsafe character(at: index, of: bytes) {
        return found
      }
      index &+= 1
    }
    return nil
  }

  private static func character(
    at index: Int, of bytes: UnsafeRawBufferPointer
  ) -> Unicode.Scalar? {
    if unsafe bytes[index] == 0xD8 {
      // The Arabic letter mark.
      return unsafe index + 1 < bytes.count && bytes[index + 1] == 0x9C ? "\u{61C}" : nil
    }
    guard index + 2 < bytes.count, unsafe bytes[index] == 0xE2 || bytes[index] == 0xEF else {
      return nil
    }
    let value =
      unsafe UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
      | UInt32(bytes[index + 2] & 0x3F)
    switch value {
    // Zero width, marks of direction, embeddings and overrides, joiners, isolates, byte order mark.
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF:
      return Unicode.Scalar(value)
    default: return nil
    }
  }
}
