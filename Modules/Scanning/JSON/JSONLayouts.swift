/// The layouts that were met last, for texts of few producers.
///
/// Texts that follow no layout are read by ``JSONReader`` and learned from. Where hardly any text
/// has a layout that was met before, looking for one is given up for most texts, so that it costs
/// little.
@safe
public struct JSONLayouts: ~Copyable {
  /// How many layouts are kept.
  public static let capacity = 8

  private let layouts: UnsafeMutablePointer<JSONLayout>
  /// Of each layout, when it was last taken after another one.
  private var uses: [Int] = []
  private var clock = 0
  /// The layout that was used last, or -1.
  private var last = -1
  /// Texts without a layout since the last one that had one.
  private var misses = 0

  /// No layouts.
  public init() { unsafe layouts = .allocate(capacity: Self.capacity) }

  deinit {
    unsafe layouts.deinitialize(count: uses.count)
    unsafe layouts.deallocate()
  }

  /// Whether the next text should be looked up and, when it has no layout, be learned from.
  @inline(__always)
  public var isWorthTrying: Bool { misses < 64 || misses % 32 == 0 }

  /// Looks for a layout of the text at the start of bytes; that of the last text first.
  ///
  /// - Parameter bytes: The bytes, which must stay alive and unmoved while the text is used; less
  ///   than 4 GiB.
  /// - Returns: The number of the layout and the number of bytes of the text.
  public mutating func match(_ bytes: UnsafeRawBufferPointer) -> (layout: Int, length: Int)? {
    guard isWorthTrying, last >= 0 else { return nil }
    if let length = unsafe layouts[last].match(bytes) {
      misses = 0
      return (last, length)
    }
    for index in uses.indices where index != last {
      guard let length = unsafe layouts[index].match(bytes) else { continue }
      touch(index)
      misses = 0
      return (index, length)
    }
    return nil
  }

  /// Notes that a text had no layout and was not learned from.
  public mutating func miss() { misses &+= 1 }

  /// Learns from a text that had no layout.
  ///
  /// - Parameters:
  ///   - text: A sound text.
  ///   - scalars: All its scalars, as ``JSONReader/scalars`` gives them.
  /// - Returns: The number of its layout, and whether that is a new one in the place of another.
  public mutating func learn(
    _ text: UnsafeRawBufferPointer, scalars: [JSONScalar]
  ) -> (layout: Int, isNew: Bool) {
    misses &+= 1
    for index in uses.indices where unsafe layouts[index].takes(text, scalars: scalars) {
      touch(index)
      return (index, false)
    }
    var place = uses.count
    if place < Self.capacity {
      uses.append(0)
    } else {
      place = 0
      for index in uses.indices where uses[index] < uses[place] { place = index }
      unsafe (layouts + place).deinitialize(count: 1)
    }
    unsafe (layouts + place).initialize(to: JSONLayout(text, scalars: scalars))
    touch(place)
    return (place, true)
  }

  private mutating func touch(_ index: Int) {
    clock += 1
    uses[index] = clock
    last = index
  }

  /// Copies scalars of the text that matched last; see ``JSONLayout/copyScalars(_:to:)``.
  public func copyScalars(
    of layout: Int, _ wanted: [Int], to target: UnsafeMutablePointer<JSONString?>
  ) {
    unsafe layouts[layout].copyScalars(wanted, to: target)
  }
}
