internal import Domain

/// The temperature of simulated annealing over the share of the effort that is used.
///
/// A long cooling comes first, then shorter ones from the best timetable.
struct Cooling {
  /// The share, the first and the last temperature of each part.
  let parts: [(share: Double, from: Double, to: Double)]

  /// The part and the temperature at a share of the effort.
  func temperature(at used: Double) -> (part: Int, temperature: Double) {
    var rest = used
    for (number, part) in parts.enumerated() {
      if rest < part.share || number == parts.count - 1 {
        let inside = min(1, max(0, rest / part.share))
        let ratio = PortableMath.logarithm(part.to / part.from)
        return (number, part.from * PortableMath.exponential(ratio * inside))
      }
      rest -= part.share
    }
    return (0, 0)
  }

  /// Minus the logarithms of 4,096 numbers from 0 to 1: by how many temperatures a change may be
  /// worse, drawn at random.
  static let allowances: [Double] = (0..<4_096).map {
    -PortableMath.logarithm((Double($0) + 0.5) / 4_096)
  }
}
