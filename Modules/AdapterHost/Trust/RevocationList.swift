public import Domain

/// A list of adapters that must not run any more, as a file keeps it.
public struct RevocationList: Hashable, Sendable {
  /// What is revoked, and why.
  public struct Entry: Hashable, Sendable {
    /// What an entry means.
    public enum Subject: Hashable, Sendable {
      /// The library or the manifest with this digest.
      case digest(SHA256.Digest)
      /// Everything that is signed with this key, as 64 hexadecimal digits.
      case key(String)
      /// A version of an adapter; all versions when there is none.
      case adapter(identifier: String, version: String?)
    }

    /// What is revoked.
    public var subject: Subject
    /// Why.
    public var reason: String
    /// Since when.
    public var date: CalendarDate

    /// An entry.
    public init(_ subject: Subject, reason: String, date: CalendarDate) {
      self.subject = subject
      self.reason = reason
      self.date = date
    }
  }

  /// How many entries a list has at most.
  public static let limit = 100_000

  /// The entries.
  public var entries: [Entry]

  /// A list.
  public init(_ entries: [Entry] = []) {
    self.entries = entries
  }

  /// The first entry that is about an adapter, or `nil`.
  ///
  /// - Complexity: O(*n*) in the number of entries.
  public func entry(
    digests: [SHA256.Digest], key: String?, identifier: String?, version: String?
  ) -> Entry? {
    entries.first { entry in
      switch entry.subject {
      case .digest(let digest): digests.contains(digest)
      case .key(let revoked): revoked == key
      case .adapter(let name, let revoked):
        name == identifier && (revoked == nil || revoked == version)
      }
    }
  }
}

extension RevocationList {
  /// Reads the text of a list strictly.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - file: The path, for messages.
  /// - Throws: ``AdapterHostError`` with the code `malformed` and the pointer.
  public init(json bytes: [UInt8], file: String) throws(AdapterHostError) {
    let root = try StrictValue.read(
      bytes, file: file, limits: DocumentReader.Limits(bytes: 32 << 20, depth: 8))
    let members = try root.members(of: ["revocations", "entries"])
    _ = try root.need("revocations", in: members).number(1...1)
    var entries: [Entry] = []
    for item in try root.need("entries", in: members).items(Self.limit) {
      entries.append(try Entry(item))
    }
    self.init(entries)
  }

  /// The text of the file, with a line end.
  public var json: String {
    let document = DocumentValue(members: [
      ("revocations", 1), ("entries", .array(entries.map(\.document))),
    ])
    return document.indentedText + "\n"
  }
}

extension RevocationList.Entry {
  init(_ value: StrictValue) throws(AdapterHostError) {
    let members = try value.members(of: [
      "digest", "key", "identifier", "version", "reason", "date",
    ])
    var subjects: [Subject] = []
    if let digest = members["digest"] { subjects.append(.digest(try digest.digest())) }
    if let key = members["key"] { subjects.append(.key(try key.hexadecimal(bytes: 32...32))) }
    if let identifier = members["identifier"] {
      subjects.append(
        .adapter(identifier: try identifier.text(), version: try members["version"]?.text()))
    }
    guard subjects.count == 1, members["version"] == nil || members["identifier"] != nil else {
      throw value.failure(
        "expected one of \"digest\", \"key\" and \"identifier\", the last with \"version\" or "
          + "without")
    }
    let date = try value.need("date", in: members)
    guard let day = CalendarDate(try date.text(10)) else {
      throw date.failure("expected a day such as 2026-09-30")
    }
    self.init(
      subjects[0], reason: try value.need("reason", in: members).text(4096), date: day)
  }

  var document: DocumentValue {
    let named: [(Identifier, DocumentValue?)] =
      switch subject {
      case .digest(let digest): [("digest", DocumentValue(digest.description))]
      case .key(let key): [("key", DocumentValue(key))]
      case .adapter(let identifier, let version):
        [
          ("identifier", DocumentValue(identifier)), ("version", version.map { DocumentValue($0) }),
        ]
      }
    return DocumentValue(
      members: named + [
        ("reason", DocumentValue(reason)), ("date", DocumentValue(date.description)),
      ])
  }
}
