/// Rules for the names of members.
enum MemberName {
  /// Whether a name belongs to the operating system or an editor and not to the data.
  static func isHidden(_ name: String.UTF8View) -> Bool {
    for part in name.split(separator: UInt8(ascii: "/")) {
      if part.first == UInt8(ascii: ".") || part.starts(with: "~$".utf8) { return true }
      if part.elementsEqual("__MACOSX".utf8) { return true }
    }
    let last = name.split(separator: UInt8(ascii: "/")).last ?? Substring().utf8
    return last.elementsEqual("Thumbs.db".utf8) || last.elementsEqual("desktop.ini".utf8)
  }

  /// Why a name may not be written, or `nil` when it is a plain relative name.
  static func fault(_ name: String) -> String? {
    if let fault = ZipName.fault(Array(name.utf8)) { return fault }
    if name.utf8.last == UInt8(ascii: "/") { return "ends in /" }
    let parts = name.utf8.split(separator: UInt8(ascii: "/"))
    return parts.contains { $0.elementsEqual(".".utf8) } ? "has a part that is only a dot" : nil
  }
}

/// Rules for the names in a zip archive.
enum ZipName {
  /// Why a name is refused, or `nil` when it is a plain relative name.
  static func fault(_ name: [UInt8]) -> String? {
    if name.isEmpty { return "is empty" }
    if name.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return "has a control character" }
    if name.contains(UInt8(ascii: "\\")) { return "has a backslash" }
    if name[0] == UInt8(ascii: "/") { return "is absolute" }
    if name.count >= 2, name[1] == UInt8(ascii: ":") { return "has a drive letter" }
    var parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if parts.last?.isEmpty == true { parts.removeLast() }
    for part in parts {
      if part.elementsEqual("..".utf8) { return "leads out of the archive (..)" }
      if part.isEmpty { return "has an empty part" }
    }
    return parts.last?.elementsEqual(".".utf8) == true && name.last != UInt8(ascii: "/")
      ? "ends in a dot for a folder" : nil
  }

  /// Whether a name says that its member is an archive.
  static func isArchive(_ name: [UInt8]) -> Bool {
    let end = name.suffix(4).map { $0 | 0x20 }
    return end.elementsEqual(".zip".utf8.map { $0 | 0x20 })
      || end.suffix(3).elementsEqual(".gz".utf8.map { $0 | 0x20 })
  }

  /// The text of a name, without parts that only say "here".
  ///
  /// Names that are marked as UTF-8, or happen to be UTF-8, are that; others are read as code
  /// page 437, which the format prescribes.
  static func text(_ name: [UInt8], isUTF8: Bool) -> String {
    let plain = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .filter { !$0.elementsEqual(".".utf8) }
      .joined(separator: [UInt8(ascii: "/")])
    let bytes = Array(plain)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    if isUTF8 { return String(decoding: bytes, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    for byte in bytes {
      text.append(byte < 0x80 ? Unicode.Scalar(byte) : codePage437[Int(byte) - 0x80])
    }
    return String(text)
  }

  private static let codePage437 = Array(
    ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
      + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}").unicodeScalars)
}
