#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What a worker tells the process that started it, as lines on descriptor 3.
final class Findings {
  /// Where the lines go.
  static let descriptor: Int32 = 3
  /// Cases that are told of each rule.
  private static let most = 4

  private var failures = 0

  /// Says what is done next, so that a fall has a place.
  func at(_ step: String) { say("@", step) }

  /// The rule is broken; the first few cases are told.
  func fail(_ evidence: String) {
    failures += 1
    if failures <= Self.most { say("!", evidence) }
  }

  /// Whether there are so many cases that more make no difference.
  var isFull: Bool { failures >= Self.most }

  /// The rule cannot be checked.
  func skip(_ reason: String) { say("~", reason) }

  /// Something was measured.
  func figure(_ name: String, _ value: String) { say("=", "\(name)\t\(value)") }

  /// What the adapter gave, in a few characters.
  func digest(_ text: String) { say("#", text) }

  /// The library cannot be loaded.
  func unloadable(_ reason: String) { say("?", reason) }

  /// Who the adapter is.
  func identity(_ identifier: String, _ version: String) { say("&", "\(identifier)\t\(version)") }

  /// All was checked.
  func finish() { say(".", "") }

  private func say(_ mark: String, _ text: String) {
    let line = Array("\(mark)\(Self.plain(text))\n".utf8)
    var done = 0
    while done < line.count {
      let count = unsafe line.withUnsafeBytes { bytes in
        unsafe write(
          Self.descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      // Nobody listens, or the adapter closed the descriptor: there is nobody to tell.
      guard count > 0 else { return }
      done += count
    }
  }

  /// The text in one line; tabs between parts stay.
  static func plain(_ text: String) -> String {
    var plain = ""
    for scalar in text.unicodeScalars {
      let isPlain = scalar.value >= 0x20 && scalar.value != 0x7F || scalar == "\t"
      plain.unicodeScalars.append(isPlain ? scalar : " ")
    }
    return plain
  }
}
