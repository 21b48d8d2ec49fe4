import AdapterConformance
import AdapterHost
import Assessment
import Catalogs
import Domain
import Interop

/// A failure of the tool itself, with the code that it ends with.
struct ToolFailure: Error {
  /// The code that the process ends with.
  var exitCode: Int32
  /// What went wrong and how to repair it; blank when everything was said already.
  var message: String

  init(_ exitCode: Int32, _ message: String) {
    self.exitCode = exitCode
    self.message = message
  }

  /// The command was used in a way that makes no sense.
  static func usage(_ message: String) -> ToolFailure { ToolFailure(64, message) }

  /// Ends quietly, with a code.
  static func ended(_ exitCode: Int32) -> ToolFailure { ToolFailure(exitCode, "") }

  /// The failure that an error of a library is, or `nil` for an error that is nobody's.
  init?(_ error: any Error) {
    switch error {
    case let failure as ToolFailure: self = failure
    case let error as InteropError:
      exitCode = error.exitCode
      message = error.code == .closedPipe ? "" : error.description
    case let error as AdapterHostError:
      exitCode = Self.exitCode(of: error)
      message = error.description
    case let error as AdapterConformanceError:
      exitCode = Self.exitCode(of: error)
      message = error.description
    case let error as AssessmentError:
      exitCode = 65
      message = error.description
    case let error as CatalogsError:
      exitCode = error.code == .option ? 64 : 65
      message = error.description
    default: return nil
    }
    message = message.escapingControls()
  }

  private static func exitCode(of error: AdapterConformanceError) -> Int32 {
    switch error.code {
    case .missing, .samples: 66
    case .unknownRule: 64
    case .notLoadable: 69
    default: 70
    }
  }

  private static func exitCode(of error: AdapterHostError) -> Int32 {
    switch error.code {
    case .badData, .limit, .malformed: 65
    case .inputOutput: 74
    case .notAllowed, .unprotected: 77
    case .stopped: 130
    case .busy: 75
    case .inputOutput: 74
    default: 69
    }
  }
}
