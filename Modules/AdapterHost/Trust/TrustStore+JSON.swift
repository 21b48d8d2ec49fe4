internal import Domain

extension TrustStore {
  /// The version of the file's layout.
  static let layout = 1

  /// Reads the text of a store strictly.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - file: The path, for messages.
  /// - Throws: ``AdapterHostError`` with the code `malformed` and the pointer.
  public init(json bytes: [UInt8], file: String) throws(AdapterHostError) {
    let root = try StrictValue.read(
      bytes, file: file, limits: DocumentReader.Limits(bytes: 16 << 20, depth: 8))
    let members = try root.members(of: ["trust", "locked", "adapters", "keys"])
    _ = try root.need("trust", in: members).number(Self.layout...Self.layout)
    self.init(isLocked: try members["locked"]?.flag() ?? false)
    for item in try members["adapters"]?.items(Self.limit) ?? [] { pins.append(try TrustPin(item)) }
    for item in try members["keys"]?.items(Self.limit) ?? [] { keys.append(try PinnedKey(item)) }
  }

  /// The text of the file, with a line end.
  public var json: String {
    let document = DocumentValue(members: [
      ("trust", 1), ("locked", .bool(isLocked)), ("adapters", .array(pins.map(\.document))),
      ("keys", .array(keys.map(\.document))),
    ])
    return document.indentedText + "\n"
  }
}

extension TrustPin {
  init(_ value: StrictValue) throws(AdapterHostError) {
    let members = try value.members(of: [
      "library", "manifest", "identifier", "version", "vendor", "key", "state", "by", "at",
      "reason",
    ])
    let stateValue = try value.need("state", in: members)
    guard let state = TrustState(rawValue: try stateValue.text(32)), state != .unknown else {
      throw stateValue.failure("expected allowed, trusted or blocked")
    }
    self.init(
      library: try value.need("library", in: members).digest(),
      manifest: try members["manifest"]?.digest(),
      identifier: try value.need("identifier", in: members).text(),
      version: try members["version"]?.text(mayBeBlank: true) ?? "",
      vendor: try members["vendor"]?.text(mayBeBlank: true) ?? "",
      key: try members["key"]?.hexadecimal(bytes: 32...32), state: state,
      note: try TrustNote(value, members))
  }

  var document: DocumentValue {
    DocumentValue(members: [
      ("library", DocumentValue(library.description)),
      ("manifest", manifest.map { DocumentValue($0.description) }),
      ("identifier", DocumentValue(identifier)), ("version", DocumentValue(version)),
      ("vendor", DocumentValue(vendor)), ("key", key.map { DocumentValue($0) }),
      ("state", DocumentValue(state.rawValue)),
    ]).appending(note.members)
  }
}

extension TrustNote {
  init(_ value: StrictValue, _ members: [String: StrictValue]) throws(AdapterHostError) {
    self.init(
      by: try value.need("by", in: members).text(mayBeBlank: true),
      at: try value.need("at", in: members).moment(),
      reason: try members["reason"]?.text(4096, mayBeBlank: true) ?? "")
  }

  var members: [DocumentValue.Member] {
    [
      DocumentValue.Member("by", DocumentValue(by)),
      DocumentValue.Member("at", DocumentValue(at.description)),
      DocumentValue.Member("reason", DocumentValue(reason)),
    ]
  }
}

extension PinnedKey {
  init(_ value: StrictValue) throws(AdapterHostError) {
    let members = try value.members(of: ["vendor", "identifiers", "key", "by", "at", "reason"])
    var identifiers: [String] = []
    for item in try value.need("identifiers", in: members).items(TrustStore.limit) {
      identifiers.append(try item.text())
    }
    self.init(
      vendor: try value.need("vendor", in: members).text(mayBeBlank: true),
      identifiers: identifiers,
      key: try value.need("key", in: members).hexadecimal(bytes: 32...32),
      note: try TrustNote(value, members))
  }

  var document: DocumentValue {
    DocumentValue(members: [
      ("vendor", DocumentValue(vendor)), ("identifiers", DocumentValue(texts: identifiers)),
      ("key", DocumentValue(key)),
    ]).appending(note.members)
  }
}
