internal import Domain

/// Reads the parts of a manifest and checks each.
struct ManifestReader {
  /// An identifier in reverse domain form: `org.example.points`.
  func identifier(_ value: StrictValue) throws(AdapterHostError) -> String {
    let text = try value.text(128)
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.allSatisfy({ Self.isWord($0, with: "-_") }) else {
      throw value.failure(
        "expected an identifier in reverse domain form, such as org.example.points")
    }
    return text
  }

  /// Letters, digits, dots, dashes, underscores and plus signs.
  func word(_ value: StrictValue, limit: Int = 64) throws(AdapterHostError) -> String {
    let text = try value.text(limit)
    guard Self.isWord(text[...], with: "-_.+") else {
      throw value.failure("expected letters, digits and - _ . + only")
    }
    return text
  }

  private static func isWord(_ text: Substring, with others: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: others.utf8.contains(byte)
        }
      }
  }

  /// The version of the boundary, such as `1.0`.
  func boundary(_ value: StrictValue) throws(AdapterHostError) -> (major: Int, minor: Int) {
    let text = try value.text(16)
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let major = Int(parts[0]), let minor = Int(parts[1]), minor <= 65_535
    else { throw value.failure("expected a version of the boundary, such as 1.0") }
    guard major == 1 else {
      throw AdapterHostError(
        .wrongVersion,
        "the adapter was built for boundary \(text), this host has 1.\(AdapterLibrary.hostMinor)",
        adapter: value.file, pointer: value.pointer)
    }
    return (major, minor)
  }

  func libraries(_ value: StrictValue) throws(AdapterHostError) -> [AdapterManifest.Library] {
    var libraries: [AdapterManifest.Library] = []
    for item in try value.items(32) {
      let members = try item.members(of: ["platform", "path", "sha256"])
      let platformValue = try item.need("platform", in: members)
      let platform = try word(platformValue)
      guard platform.contains("-") else {
        throw platformValue.failure("expected a system and a processor, such as linux-x86_64")
      }
      guard !libraries.contains(where: { $0.platform == platform }) else {
        throw platformValue.failure("the platform \(platform) comes twice")
      }
      libraries.append(
        AdapterManifest.Library(
          platform: platform, path: try path(item.need("path", in: members)),
          digest: try item.need("sha256", in: members).digest()))
    }
    guard !libraries.isEmpty else { throw value.failure("there is no library") }
    return libraries
  }

  func formats(_ value: StrictValue) throws(AdapterHostError) -> [AdapterManifest.Format] {
    var formats: [AdapterManifest.Format] = []
    for item in try value.items(256) {
      let format = try format(item)
      let names = [format.identifier, format.alias].filter { !$0.isEmpty }
      if let name = names.first(where: { name in formats.contains { $0.isNamed(name) } }) {
        throw item.failure("the name \(name) comes twice")
      }
      formats.append(format)
    }
    guard !formats.isEmpty else { throw value.failure("there is no format") }
    return formats
  }

  private func format(_ value: StrictValue) throws(AdapterHostError) -> AdapterManifest.Format {
    let members = try value.members(of: [
      "identifier", "alias", "title", "version", "reads", "writes", "extensions", "mediaTypes",
      "magic", "options", "samples",
    ])
    return AdapterManifest.Format(
      identifier: try word(value.need("identifier", in: members)),
      alias: try members["alias"].map { (alias) throws(AdapterHostError) in try word(alias) } ?? "",
      title: try value.need("title", in: members).text(256),
      version: try members["version"]?.text(64, mayBeBlank: true) ?? "",
      reads: try value.need("reads", in: members).flag(),
      writes: try value.need("writes", in: members).flag(),
      extensions: try list(members["extensions"], 64, fileExtension),
      mediaTypes: try list(members["mediaTypes"], 64, mediaType),
      magic: try list(members["magic"], 64, magic),
      options: try list(members["options"], 64, option),
      samples: try list(members["samples"], 256, path))
  }

  private func list<Element>(
    _ value: StrictValue?, _ limit: Int,
    _ element: (StrictValue) throws(AdapterHostError) -> Element
  ) throws(AdapterHostError) -> [Element] {
    guard let value else { return [] }
    var elements: [Element] = []
    for item in try value.items(limit) { elements.append(try element(item)) }
    return elements
  }

  private func fileExtension(_ value: StrictValue) throws(AdapterHostError) -> String {
    let text = try word(value, limit: 32)
    guard text.first != ".", text == text.lowercased() else {
      throw value.failure("expected an extension in small letters without its dot, such as csv")
    }
    return text
  }

  private func mediaType(_ value: StrictValue) throws(AdapterHostError) -> String {
    let text = try value.text(128)
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ Self.isWord($0, with: "-_.+") }) else {
      throw value.failure("expected a media type such as text/csv")
    }
    return text
  }

  private func magic(_ value: StrictValue) throws(AdapterHostError) -> AdapterManifest.MagicBytes {
    let members = try value.members(of: ["offset", "bytes"])
    let digits = Array(try value.need("bytes", in: members).hexadecimal(bytes: 1...64).utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).map { index in
      Self.nibble(digits[index]) << 4 | Self.nibble(digits[index + 1])
    }
    return AdapterManifest.MagicBytes(
      offset: try members["offset"]?.number(0...4096) ?? 0, bytes: bytes)
  }

  /// The value of a lower-case hexadecimal digit.
  private static func nibble(_ digit: UInt8) -> UInt8 {
    digit < UInt8(ascii: "a") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
  }

  private func option(_ value: StrictValue) throws(AdapterHostError) -> FormatOption {
    let members = try value.members(of: ["name", "values", "default", "help"])
    let name = try word(value.need("name", in: members))
    let values = try list(members["values"], 64) { (item) throws(AdapterHostError) in
      try item.text(64)
    }
    return FormatOption(
      name: name, values: values,
      defaultValue: try members["default"]?.text(256, mayBeBlank: true) ?? "",
      help: try value.need("help", in: members).text())
  }

  /// A path in the bundle that cannot lead out of it.
  func path(_ value: StrictValue) throws(AdapterHostError) -> String {
    let text = try value.text(512)
    if let fault = BundlePath.fault(text) { throw value.failure(fault) }
    return text
  }
}
