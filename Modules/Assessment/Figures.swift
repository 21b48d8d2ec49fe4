/// Numbers as people read them in sentences.
package enum Figures {
  /// A number with a fixed number of places, halves away from zero.
  package static func text(_ number: Double, places: Int = 2) -> String {
    guard number.isFinite else { return number.isNaN ? "unknown" : (number < 0 ? "-inf" : "inf") }
    var scale = 1.0
    for _ in 0..<max(0, min(9, places)) { scale *= 10 }
    guard abs(number) < 1e15 / scale else { return "\(number)" }
    let units = Int64((abs(number) * scale).rounded())
    let (whole, rest) = units.quotientAndRemainder(dividingBy: Int64(scale))
    let sign = number < 0 && units != 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(whole)" }
    let digits = "\(rest)"
    return "\(sign)\(whole)." + String(repeating: "0", count: places - digits.count) + digits
  }

  /// A share as percent, such as `81 %`.
  package static func percent(_ share: Double, places: Int = 0) -> String {
    "\(text(share * 100, places: places)) %"
  }
}
