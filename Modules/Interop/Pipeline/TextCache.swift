internal import Records

/// Identifiers by their numbers, for the rows of one batch; each is made once.
@safe
final class TextCache {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity = 0
  private var used = 0
  /// Of each number, the place of its text, or -1.
  private var places: [Int32] = []
  private var texts: [UnsafeRawBufferPointer] = unsafe []
  private var touched: [UInt32] = []
  private var space: NumberSpace?

  private static let room = 36

  init() { unsafe memory = .allocate(capacity: 1) }

  deinit { unsafe memory.deallocate() }

  /// Forgets all texts, and makes room for some of a kind's.
  func start(_ count: Int, in space: NumberSpace?) {
    self.space = space
    for number in touched { places[Int(number)] = -1 }
    touched.removeAll(keepingCapacity: true)
    unsafe texts.removeAll(keepingCapacity: true)
    used = 0
    guard count * Self.room > capacity else { return }
    unsafe memory.deallocate()
    capacity = count * Self.room
    unsafe memory = .allocate(capacity: capacity)
  }

  /// The identifier of a number; a batch has no more of them than rows.
  func text(of number: UInt32) -> UnsafeRawBufferPointer {
    guard let space else { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
    while places.count <= Int(number) { places.append(-1) }
    if places[Int(number)] >= 0 { return unsafe texts[Int(places[Int(number)])] }
    let text = unsafe space.text(of: number, in: memory + used)
    used += Self.room
    places[Int(number)] = Int32(touched.count)
    touched.append(number)
    unsafe texts.append(text)
    return unsafe text
  }
}
