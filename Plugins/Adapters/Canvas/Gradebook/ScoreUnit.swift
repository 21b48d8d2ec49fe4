internal import AdapterKit
internal import CAdapterABI

/// The unit of a score, as far as a gradebook tells units apart.
enum ScoreUnit: UInt8 {
  /// Nothing says it.
  case unsaid
  case points, percent, letter, passFail
  /// A unit that no cell shows.
  case other

  /// The unit that a field names.
  init(_ word: Text) {
    if word.isEmpty {
      self = .unsaid
    } else if word.equals("points") {
      self = .points
    } else if word.equals("percent") {
      self = .percent
    } else if word.equals("letter") {
      self = .letter
    } else {
      self = word.equals("passFail") ? .passFail : .other
    }
  }

  /// The unit that a cell shows.
  init(of cell: ScoreCell) {
    switch cell {
    case .number(let shape): self = shape.isPercent ? .percent : .points
    case .complete, .incomplete: self = .passFail
    case .letter: self = .letter
    default: self = .unsaid
    }
  }
}
