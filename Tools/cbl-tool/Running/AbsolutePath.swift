#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Paths that stay true when the working folder changes.
enum AbsolutePath {
  /// The path without links and dots; as it is when nothing is there.
  static func of(_ path: String) -> String {
    guard let found = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}

extension AbsolutePath {
  /// The path from the root, with its links; nothing has to be there.
  static func lexical(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(of("."))/\(path)"
  }
}
