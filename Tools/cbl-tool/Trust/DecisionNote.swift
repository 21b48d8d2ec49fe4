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

  /// Refuses a reason that no line can show.
  static func check(_ reason: String) throws {
    guard reason.utf8.count <= 1000, reason.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw ToolFailure.usage("--reason wants one line of at most 1,000 bytes")
    }
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
