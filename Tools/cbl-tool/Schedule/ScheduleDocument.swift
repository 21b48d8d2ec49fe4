import Domain
import Scheduling

/// A document about schedules that was read, with the place of what is wrong in it.
struct ScheduleDocument {
  private let source: SourceDocument

  /// Reads a JSON or YAML file of a format.
  init(_ path: String, format: String) throws {
    source = try SourceDocument(path: path, limit: 64 << 20)
    let found = source.value["format"]?.text?.text
    guard found == format else {
      throw ToolFailure(
        65,
        "\(source.place(of: "/format")): the format is \(found.map { "\"\($0)\"" } ?? "missing"), "
          + "expected \"\(format)\"")
    }
  }

  /// Reads values out of the document; what fails is told with line and column.
  func reading<Value>(_ body: (DocumentNode) throws -> Value) throws -> Value {
    do { return try body(DocumentNode(source.value)) } catch let error as DomainError {
      let place = source.place(of: error.place?.pointer ?? "")
      throw ToolFailure(65, SchedulingError(.malformed, error.message, at: place).description)
    } catch let error as SchedulingError {
      var placed = error
      placed.place = source.place(of: error.place?.pointer ?? "")
      throw ToolFailure(65, placed.description)
    }
  }
}

extension DocumentNode {
  /// A date.
  func day() throws(DomainError) -> CalendarDate {
    guard let date = CalendarDate(try text().text) else {
      throw malformed("a date such as 2026-08-24")
    }
    return date
  }

  /// The days from `first` to `last`.
  func span() throws -> DateSpan {
    let (first, last) = (try need("first").day(), try need("last").day())
    do { return try DateSpan(first, through: last) } catch {
      throw SchedulingError(error.code, error.message, at: Place(pointer: pointer))
    }
  }

  /// Whole numbers.
  func numbers() throws(DomainError) -> [Int] {
    guard value.elements != nil else { throw malformed("an array of whole numbers") }
    var numbers: [Int] = []
    for item in items { numbers.append(try item.count()) }
    return numbers
  }

  /// A whole number that may be left out.
  func number(_ name: Identifier, or standard: Int) throws(DomainError) -> Int {
    guard let node = self[name] else { return standard }
    return try node.count()
  }

  /// A time of day such as `13:30`, as its minute.
  func minute() throws(DomainError) -> Int {
    let parts = try text().text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]), (0...24).contains(hour), (0..<60).contains(minute)
    else { throw malformed("a time of day such as \"13:30\"") }
    return hour * 60 + minute
  }
}
