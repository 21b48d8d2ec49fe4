#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The file of a trust store: read whole, replaced at once, changed by one process at a time.
public struct TrustFile: Hashable, Sendable {
  /// The path of the file.
  public let path: String

  /// A file, whether it is there or not.
  ///
  /// - Parameter path: An absolute path.
  public init(path: String) {
    self.path = path
  }

  /// The file of the user: the one that `CBL_TRUST_STORE` names, or `cbl-tool/trust.json` in the
  /// folder for data.
  ///
  /// - Returns: `nil` when neither `CBL_TRUST_STORE` nor `XDG_DATA_HOME` nor `HOME` is set.
  public static func ofUser() -> TrustFile? {
    if let path = HostFile.variable("CBL_TRUST_STORE") { return TrustFile(path: absolute(path)) }
    return dataFolder().map { TrustFile(path: "\($0)/trust.json") }
  }

  /// The policy of the system, which the administrator writes: `/etc/cbl-tool/trust.json`.
  public static let ofSystem = TrustFile(path: "/etc/cbl-tool/trust.json")

  /// The list of revocations beside the file.
  public var revocations: String { "\(HostFile.folder(of: path))/revocations.json" }

  /// The store; an empty one when there is no file.
  ///
  /// - Throws: ``AdapterHostError`` with `malformed` when it is not a store, with `notAllowed` when
  ///   others can write to it, with `inputOutput` when it cannot be read. A store that cannot be
  ///   read is no empty store: what it blocks must stay blocked.
  public func read() throws(AdapterHostError) -> TrustStore {
    guard let bytes = try Self.privateBytes(path, limit: 16 << 20) else { return TrustStore() }
    do throws(AdapterHostError) {
      return try TrustStore(json: bytes, file: path)
    } catch {
      var error = error
      error.message += "; this is the trust store: repair it, or move it away to begin a new one"
      throw error
    }
  }

  /// Changes the store under the lock of the file, so that no other writer's change is lost.
  ///
  /// - Parameter body: Changes the store as it is now; when it throws, nothing is written.
  /// - Throws: What `body` throws; ``AdapterHostError`` with `busy` when another process holds the
  ///   lock for long, or as ``read()`` does.
  public func update<Value>(
    _ body: (inout TrustStore) throws(AdapterHostError) -> Value
  ) throws(AdapterHostError) -> Value {
    try HostFile.locked("\(path).lock") { () throws(AdapterHostError) -> Value in
      let before = try read()
      var store = before
      let value = try body(&store)
      if store != before {
        let text = Array(store.json.utf8)
        // Read back first: a store that nobody can read would stop every later run.
        _ = try TrustStore(json: text, file: path)
        try HostFile.replace(path, text)
      }
      return value
    }
  }

  /// Changes the list of revocations beside the file, as ``update(_:)`` changes the store.
  public func updateRevocations<Value>(
    _ body: (inout RevocationList) throws(AdapterHostError) -> Value
  ) throws(AdapterHostError) -> Value {
    try HostFile.locked("\(path).lock") { () throws(AdapterHostError) -> Value in
      let before = try Self.revocations(at: revocations)
      var list = before
      let value = try body(&list)
      if list != before {
        let text = Array(list.json.utf8)
        _ = try RevocationList(json: text, file: revocations)
        try HostFile.replace(revocations, text)
      }
      return value
    }
  }

  /// The list of revocations at a path; an empty one when there is no file.
  static func revocations(at path: String) throws(AdapterHostError) -> RevocationList {
    guard let bytes = try privateBytes(path, limit: 32 << 20) else { return RevocationList() }
    return try RevocationList(json: bytes, file: path)
  }

  /// The bytes of a file that nobody else can write to, or `nil` when there is none, also because
  /// the home folder is somebody else's: nothing can lie there for this user.
  private static func privateBytes(
    _ path: String, limit: Int
  ) throws(AdapterHostError) -> [UInt8]? {
    guard let status = HostFile.status(path) else {
      guard errno == ENOENT || errno == ENOTDIR || errno == EACCES else {
        throw HostFile.failure("cannot be examined", path)
      }
      return nil
    }
    guard status.st_mode & S_IWOTH == 0 else {
      throw AdapterHostError(
        .notAllowed, "everybody may write to the file; run: chmod 600 \(path)", adapter: path)
    }
    guard PlaceCheck().owners.contains(status.st_uid) else {
      throw AdapterHostError(
        .notAllowed,
        "the file belongs to user \(status.st_uid), neither to you nor to the administrator",
        adapter: path)
    }
    return try HostFile.bytes(path, limit: limit)
  }

  /// The folder of the tool in the user's folder for data.
  static func dataFolder() -> String? {
    if let data = HostFile.variable("XDG_DATA_HOME"), data.utf8.first == UInt8(ascii: "/") {
      return "\(data)/cbl-tool"
    }
    guard let home = HostFile.variable("HOME"), home.utf8.first == UInt8(ascii: "/") else {
      return nil
    }
    return "\(home)/.local/share/cbl-tool"
  }

  /// The absolute form of a path, which need not be there.
  static func absolute(_ path: String) -> String {
    guard path.utf8.first != UInt8(ascii: "/") else { return path }
    return "\(HostFile.resolved(".") ?? "")/\(path)"
  }
}
