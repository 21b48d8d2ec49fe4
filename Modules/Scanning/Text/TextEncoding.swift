/// How text is stored as bytes.
public enum TextEncoding: String, Hashable, Sendable, CaseIterable {
  /// UTF-8.
  case utf8
  /// UTF-16, low byte first.
  case utf16LE
  /// UTF-16, high byte first.
  case utf16BE
  /// ISO 8859-1.
  case latin1
  /// Windows code page 1252.
  case windows1252

  /// The encoding of a name that a user types, such as `latin1` or `UTF-16LE`.
  public init?(named name: String) {
    let plain = name.lowercased().filter { $0 != "-" && $0 != "_" }
    switch plain {
    case "utf8": self = .utf8
    case "utf16", "utf16le": self = .utf16LE
    case "utf16be": self = .utf16BE
    case "latin1", "iso88591": self = .latin1
    case "windows1252", "cp1252": self = .windows1252
    default: return nil
    }
  }

  /// The encoding that the first bytes of a file show, and the length of its byte order mark.
  ///
  /// Without a mark, a file whose every second byte is 0 is UTF-16; everything else counts as
  /// UTF-8. Encodings of one byte a character show nothing and must be named by the user.
  public static func detect(
    _ head: UnsafeRawBufferPointer
  ) -> (encoding: TextEncoding, markLength: Int) {
    if head.count >= 3, unsafe head[0] == 0xEF, unsafe head[1] == 0xBB,
      unsafe head[2] == 0xBF
    {
      return (.utf8, 3)
    }
    guard head.count >= 2 else { return (.utf8, 0) }
    if unsafe head[0] == 0xFF && head[1] == 0xFE { return (.utf16LE, 2) }
    if unsafe head[0] == 0xFE && head[1] == 0xFF { return (.utf16BE, 2) }
    let sample = min(head.count, 512) / 2
    guard sample >= 8 else { return (.utf8, 0) }
    var even = 0
    var odd = 0
    for index in 0..<sample {
      if unsafe head[index * 2] == 0 { even += 1 }
      if unsafe head[index * 2 + 1] == 0 { odd += 1 }
    }
    if odd * 10 > sample * 7, even == 0 { return (.utf16LE, 0) }
    if even * 10 > sample * 7, odd == 0 { return (.utf16BE, 0) }
    return (.utf8, 0)
  }

  /// The byte order mark, which says the encoding; none for encodings of one byte a character.
  public var byteOrderMark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LE: [0xFF, 0xFE]
    case .utf16BE: [0xFE, 0xFF]
    case .latin1, .windows1252: []
    }
  }
}

/// The characters of Windows code page 1252 from 128 to 159; 0 where it has none.
let windows1252High: [UInt16] = [
  0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
  0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
  0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
]
