internal import AdapterKit

extension Repair {
  /// A date that is not written as the format has it.
  static func date(
    _ text: Text, _ type: CellType, _ order: DateOrder, _ sink: inout RecordSink
  ) -> Repair {
    let expected = type == .date ? "2024-09-01" : "2024-09-01T08:30:00.000Z"
    let form = Finding("oneroster.date_form", "write dates like \(expected)")
    if Shape.isDay(text) || Shape.isInstant(text) { return .read(text, form) }
    if Shape.isLooseInstant(text) {
      var bytes = text.array
      bytes[10] = UInt8(ascii: "T")
      return .read(sink.copy(bytes), form)
    }
    if let day = dayOfParts(text, order) {
      let message = "\(form.message); the order of the parts was read as \(order.words)"
      return .read(sink.copy(day), Finding(form.code, message))
    }
    let wrong = Finding(
      "oneroster.date_invalid", "there is no such date; write dates like \(expected)")
    return type == .date ? .refused(wrong) : .kept(wrong)
  }

  /// The day of `d/m/yyyy` or `yyyy-m-d`, in its ISO form.
  private static func dayOfParts(_ text: Text, _ order: DateOrder) -> String? {
    let bytes = text.array
    guard bytes.count <= 10, let mark = bytes.first(where: { !Shape.isDigit($0) }),
      mark == UInt8(ascii: "/") || mark == UInt8(ascii: "-") || mark == UInt8(ascii: ".")
    else { return nil }
    let parts = bytes.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count == 3,
      parts.allSatisfy({ !$0.isEmpty && $0.count <= 4 && $0.allSatisfy(Shape.isDigit) })
    else { return nil }
    let numbers = parts.map { part in part.reduce(0) { $0 * 10 + Int($1 - 48) } }
    var (year, month, day) = (numbers[0], numbers[1], numbers[2])
    if parts[2].count == 4 {
      year = numbers[2]
      month = order == .dayFirst ? numbers[1] : numbers[0]
      day = order == .dayFirst ? numbers[0] : numbers[1]
    } else if parts[0].count != 4 {
      return nil
    }
    guard Shape.isDay(year: year, month: month, day: day) else { return nil }
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
