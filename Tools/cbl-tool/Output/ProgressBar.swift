import Interop

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One line on the terminal with the part that is done, the rate and the time that is left.
final class ProgressBar {
  private let start: Double
  private var shown = 0.0
  private var isShowing = false

  /// A bar, or `nil` when nobody would see it.
  init?(isQuiet: Bool) {
    guard !isQuiet, Console.isTerminal else { return nil }
    if let terminal = unsafe getenv("TERM"), unsafe String(cString: terminal) == "dumb" {
      return nil
    }
    start = Self.now()
  }

  /// Shows how far the work is, at most ten times a second.
  func show(_ progress: ConversionProgress) {
    let now = Self.now()
    guard now - shown >= 0.1, now - start >= 0.3 else { return }
    shown = now
    isShowing = true
    Console.note("\r\u{1B}[K" + Self.line(progress, seconds: now - start))
  }

  /// Shows how many things of a known number are done, at most ten times a second.
  func show(_ done: Int, of all: Int, _ what: String) {
    let now = Self.now()
    guard now - shown >= 0.1, now - start >= 0.3 else { return }
    shown = now
    isShowing = true
    let part = all > 0 ? done * 100 / all : 100
    Console.note("\r\u{1B}[K\(done) of \(all) \(what), \(part) %")
  }

  /// Shows how many things of an unknown number are done, at most ten times a second.
  func show(_ done: Int, _ what: String) {
    let now = Self.now()
    guard now - shown >= 0.1, now - start >= 0.3 else { return }
    shown = now
    isShowing = true
    Console.note("\r\u{1B}[K\(done) \(what), \(Int(Double(done) / (now - start))) a second")
  }

  /// Takes the line away.
  func finish() {
    if isShowing { Console.note("\r\u{1B}[K") }
    isShowing = false
  }

  /// The line for a moment of the work.
  static func line(_ progress: ConversionProgress, seconds: Double) -> String {
    let rate = seconds > 0 ? Double(progress.bytesRead) / seconds : 0
    let speed = "\(amount(rate))/s"
    guard let total = progress.byteCount, total > 0 else {
      return "\(amount(Double(progress.bytesRead))) read, \(speed)"
    }
    let part = min(1, Double(progress.bytesRead) / Double(total))
    let width = 24
    let filled = Int(part * Double(width))
    let bar =
      String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    let left = rate > 0 ? (Double(total) - Double(progress.bytesRead)) / rate : 0
    return "[\(bar)] \(Int(part * 100)) %, \(speed), \(duration(max(0, left))) left"
  }

  private static func amount(_ bytes: Double) -> String {
    var value = bytes
    for unit in ["B", "kB", "MB", "GB"] {
      if value < 1_000 { return "\(tenths(value, isWhole: unit == "B")) \(unit)" }
      value /= 1_000
    }
    return "\(tenths(value, isWhole: false)) TB"
  }

  private static func tenths(_ value: Double, isWhole: Bool) -> String {
    if isWhole || value >= 100 { return "\(Int(value))" }
    let tenths = Int(value * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    return "\(whole / 60) min \(whole % 60) s"
  }

  private static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
