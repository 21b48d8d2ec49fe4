import AdapterHost
import Domain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Who decides now.
enum DecisionNote {
  /// A note of this user and this moment.
  static func now(_ reason: String) throws -> TrustNote {
    TrustNote(by: user, at: try moment(), reason: reason)
  }

  /// What is wrong with a reason, or `nil`.
  static func fault(of reason: String) -> String? {
    let isLine = reason.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    return isLine && reason.utf8.count <= 1000
      ? nil : "--reason wants one line of at most 1,000 bytes"
  }

  /// The day today, in UTC.
  static func today() throws -> CalendarDate {
    guard let day = try moment().date() else { throw ToolFailure(70, "the clock is out of range") }
    return day
  }

  private static func moment() throws -> Instant {
    guard let moment = Instant(secondsSince1970: Int64(time(nil))) else {
      throw ToolFailure(70, "the clock is out of range")
    }
    return moment
  }

  /// The name of the user, or the number where there is no name.
  private static var user: String {
    guard let entry = unsafe getpwuid(geteuid()), let name = unsafe entry.pointee.pw_name else {
      return "user \(geteuid())"
    }
    return unsafe String(cString: name)
  }
}
