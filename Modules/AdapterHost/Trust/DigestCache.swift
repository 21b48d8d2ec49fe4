internal import Domain
internal import Synchronization

/// The digests of libraries, kept so that a library is read once and not at each start.
///
/// A digest is known for a file as long as its device, inode, size and both times are the same. Who
/// can set the time of the last change of a file's inode owns the machine, and who can write to the
/// cache can write to the trust store beside it, so it protects no less than the store does. A file
/// that changed less than two seconds before it was digested is digested again: its times may not
/// tell two states apart.
final class DigestCache: Sendable {
  private struct State {
    var digests: [HostFile.Stamp: SHA256.Digest] = [:]
    var isChanged = false
  }

  /// How many digests are kept.
  private static let limit = 256
  private static let nanosecondsOfDoubt: Int64 = 2_000_000_000

  /// The file, or `nil` for a cache that is not kept.
  private let path: String?
  // Guards the digests; a decision holds it while one library is read.
  private let state: Mutex<State>

  /// Reads a cache; one that cannot be read, or that others can write to, is empty.
  init(path: String?) {
    self.path = path
    var digests: [HostFile.Stamp: SHA256.Digest] = [:]
    if let path, let status = HostFile.status(path), PlaceCheck().isPrivate(status),
      let bytes = (try? HostFile.bytes(path, limit: 1 << 20)) ?? nil
    {
      let kept = HostFile.Stamp(status)
      for line in bytes.split(separator: UInt8(ascii: "\n")).prefix(Self.limit) {
        guard let (stamp, digest) = Self.entry(String(decoding: line, as: UTF8.self)),
          stamp.changed < kept.modified - Self.nanosecondsOfDoubt
        else { continue }
        digests[stamp] = digest
      }
    }
    state = Mutex(State(digests: digests))
  }

  /// The digest of a file, or `nil` when there is nothing.
  func digest(_ path: String) throws(AdapterHostError) -> SHA256.Digest? {
    guard let stamp = HostFile.stamp(path) else { return nil }
    if let known = state.withLock({ $0.digests[stamp] }) { return known }
    guard let digest = try HostFile.digest(path) else { return nil }
    // A file that is written meanwhile has another stamp now, and its digest is of no use later.
    guard HostFile.stamp(path) == stamp else { return digest }
    state.withLock {
      if $0.digests.count >= Self.limit { $0.digests = [:] }
      $0.digests[stamp] = digest
      $0.isChanged = true
    }
    return digest
  }

  /// Keeps what was learned; a cache that cannot be written costs time and nothing else.
  func save() {
    guard let path else { return }
    let text = state.withLock { state -> String? in
      guard state.isChanged else { return nil }
      state.isChanged = false
      return state.digests.map { Self.line($0.key, $0.value) }.sorted().joined()
    }
    if let text { try? HostFile.replace(path, Array(text.utf8)) }
  }

  private static func line(_ stamp: HostFile.Stamp, _ digest: SHA256.Digest) -> String {
    "\(stamp.device) \(stamp.inode) \(stamp.size) \(stamp.modified) \(stamp.changed) \(digest)\n"
  }

  private static func entry(_ line: String) -> (HostFile.Stamp, SHA256.Digest)? {
    let words = line.split(separator: " ")
    guard words.count == 6, let device = UInt64(words[0]), let inode = UInt64(words[1]),
      let size = Int64(words[2]), let modified = Int64(words[3]), let changed = Int64(words[4]),
      let digest = SHA256.Digest(String(words[5]))
    else { return nil }
    return (
      HostFile.Stamp(
        device: device, inode: inode, size: size, modified: modified, changed: changed), digest
    )
  }
}
