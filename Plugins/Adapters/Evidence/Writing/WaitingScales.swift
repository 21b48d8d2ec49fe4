internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Scales that wait for their line items, by the identifiers of these.
struct WaitingScales: ~Copyable {
  private struct Entry {
    var start: Int
    var end: Int
    var piece: UInt32
    /// The next entry of the same hash, or -1.
    var next: Int
    var isTaken = false
  }

  private var identifiers = ByteBuffer()
  private var entries: [Entry] = []
  private var firsts: [UInt64: Int] = [:]
  private let seed = UInt64.random(in: .min ... .max)

  /// Whether a scale waits for a line item.
  func contains(_ id: Text) -> Bool { place(of: id) != nil }

  /// Lets a scale wait.
  mutating func add(_ piece: UInt32, for id: Text) {
    let hash = unsafe hash64(id.rawBytes, seed: seed)
    let start = identifiers.count
    unsafe identifiers.append(id.rawBytes)
    entries.append(
      Entry(
        start: start, end: identifiers.count, piece: piece, next: firsts[hash] ?? -1))
    firsts[hash] = entries.count - 1
  }

  /// The scale that waits for a line item, which waits no longer; or `nil`.
  mutating func take(for id: Text) -> UInt32? {
    guard let place = place(of: id) else { return nil }
    entries[place].isTaken = true
    return entries[place].piece
  }

  private func place(of id: Text) -> Int? {
    guard !entries.isEmpty else { return nil }
    var place = firsts[unsafe hash64(id.rawBytes, seed: seed)] ?? -1
    while place >= 0 {
      let entry = entries[place]
      let known = unsafe Text(
        UnsafeRawBufferPointer(rebasing: identifiers.bytes[entry.start..<entry.end]))
      if !entry.isTaken, known.equals(id) { return place }
      place = entry.next
    }
    return nil
  }
}
