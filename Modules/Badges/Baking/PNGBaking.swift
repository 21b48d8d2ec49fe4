/// Badges in iTXt chunks of PNG images.
enum PNGBaking {
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func isPNG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

  /// A chunk: its type, and where its data is.
  private struct Chunk {
    var type: String
    var data: Range<Int>
  }

  /// The chunks up to the end of the image.
  private static func chunks(of image: [UInt8]) throws(BadgesError) -> [Chunk] {
    var chunks: [Chunk] = []
    var place = signature.count
    while true {
      guard place + 12 <= image.count else {
        throw BadgesError(.image, "The PNG is cut short.")
      }
      let length = image[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let data = place + 8..<place + 8 + length
      guard data.upperBound + 4 <= image.count else {
        throw BadgesError(.image, "The PNG is cut short.")
      }
      let type = String(decoding: image[place + 4..<place + 8], as: UTF8.self)
      let sum = image[data.upperBound..<data.upperBound + 4].reduce(UInt32(0)) {
        $0 << 8 | UInt32($1)
      }
      guard sum == Gzip.checksum(image[place + 4..<data.upperBound]) else {
        throw BadgesError(.image, "The checksum of a chunk of the PNG is wrong.")
      }
      chunks.append(Chunk(type: type, data: data))
      place = data.upperBound + 4
      if type == "IEND" { return chunks }
    }
  }

  private static let keywords = Set(BadgeImage.Kind.allCases.map(\.keyword))

  private static func keyword(of chunk: Chunk, in image: [UInt8]) -> String? {
    guard ["iTXt", "tEXt", "zTXt"].contains(chunk.type) else { return nil }
    let word = String(decoding: image[chunk.data].prefix { $0 != 0 }, as: UTF8.self)
    return keywords.contains(word) ? word : nil
  }

  static func payload(of image: [UInt8]) throws(BadgesError) -> [UInt8] {
    let chunks = try chunks(of: image).filter { keyword(of: $0, in: image) != nil }
    guard let chunk = chunks.first else {
      throw BadgesError(.image, "The PNG carries no badge.")
    }
    guard chunks.count == 1 else { throw BadgesError(.image, "The PNG carries two badges.") }
    guard chunk.type == "iTXt" else {
      throw BadgesError(.image, "The badge stands in a chunk \(chunk.type), not in iTXt.")
    }
    var rest = image[chunk.data].drop { $0 != 0 }.dropFirst()
    guard rest.count >= 2, rest.removeFirst() == 0, rest.removeFirst() == 0 else {
      throw BadgesError(.image, "The badge is compressed, which is not allowed.")
    }
    // Language tag and translated keyword end with a zero byte each.
    for _ in 0..<2 {
      rest = rest.drop { $0 != 0 }
      guard !rest.isEmpty else { throw BadgesError(.image, "The chunk of the badge is cut.") }
      rest.removeFirst()
    }
    return Array(rest)
  }

  static func bake(
    _ payload: [UInt8], into image: [UInt8], as kind: BadgeImage.Kind
  ) throws(BadgesError) -> [UInt8] {
    let chunks = try chunks(of: image)
    guard chunks.allSatisfy({ keyword(of: $0, in: image) == nil }) else {
      throw BadgesError(.image, "The PNG carries a badge already; take another image.")
    }
    guard let head = chunks.first, head.type == "IHDR" else {
      throw BadgesError(.image, "The PNG does not begin with its header.")
    }
    guard !payload.contains(0) else { throw BadgesError(.image, "The badge has a NUL byte.") }
    let data =
      Array("iTXt".utf8) + Array(kind.keyword.utf8) + [0, 0, 0, 0, 0] + payload
    func word(_ value: UInt32) -> [UInt8] {
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
    let place = head.data.upperBound + 4
    return Array(image[..<place]) + word(UInt32(data.count - 4)) + data
      + word(Gzip.checksum(data)) + Array(image[place...])
  }
}
