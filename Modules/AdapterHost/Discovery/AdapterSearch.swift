#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Finds the libraries of adapters.
///
/// Looks in this order, so that an adapter found earlier hides one of the same identifier that is
/// found later: paths that the user names, `CBL_ADAPTER_PATH`, beside the executable, the folder of
/// the user, the folders of the system. Nothing is opened; only names are looked at.
public struct AdapterSearch: Hashable, Sendable {
  /// The families that come with the tool, as their libraries are named.
  public static let bundledFamilies = ["OneRoster", "Canvas", "Moodle", "XAPI", "CBL", "Evidence"]

  /// Files and folders that the user names.
  public var named: [String]
  /// The value of `CBL_ADAPTER_PATH`: files and folders with colons between them.
  public var path: String?
  /// The folder of the executable, or `nil` when it is not known.
  public var executableFolder: String?
  /// The folder of the user's own adapters.
  public var userFolder: String?
  /// The folders of adapters for everybody.
  public var systemFolders: [String]

  /// The places of this process.
  ///
  /// - Parameter named: Files and folders that the user names.
  public init(named: [String] = []) {
    self.named = named
    path = Self.variable("CBL_ADAPTER_PATH")
    executableFolder = Self.resolved("/proc/self/exe").flatMap(Self.folder)
    if let data = Self.variable("XDG_DATA_HOME"), data.utf8.first == UInt8(ascii: "/") {
      userFolder = "\(data)/cbl-tool/adapters"
    } else if let home = Self.variable("HOME"), home.utf8.first == UInt8(ascii: "/") {
      userFolder = "\(home)/.local/share/cbl-tool/adapters"
    }
    systemFolders = ["/usr/local/lib/cbl-tool/adapters", "/usr/lib/cbl-tool/adapters"]
  }

  /// The libraries that were found, each once, in the order of the search.
  ///
  /// - Parameter families: Of the families that come with the tool only these; `nil` for all.
  /// - Returns: Absolute paths. What the user named is given even when nothing is there, so that
  ///   loading it says so.
  public func libraries(families: [String]? = nil) -> [String] {
    var found: [String] = []
    for name in namedPlaces { found += Self.libraries(at: name) }
    if let executableFolder {
      let folders = [executableFolder, "\(executableFolder)/../lib/cbl-tool"]
      for family in families ?? Self.bundledFamilies {
        let paths = folders.map { "\($0)/lib\(family)Adapter\(Self.ending)" }
        if let path = paths.first(where: Self.isThere) { found.append(Self.resolved(path) ?? path) }
      }
    }
    for folder in [userFolder].compactMap({ $0 }) + systemFolders {
      found += Self.names(in: folder).map { "\(folder)/\($0)" }
    }
    var known: Set<String> = []
    return found.filter { known.insert($0).inserted }
  }

  /// The absolute paths of libraries and of what is in folders, as ``libraries(families:)`` gives
  /// them.
  public static func resolving(_ named: [String]) -> [String] { named.flatMap(libraries(at:)) }

  /// What the user named, on the command line or in the environment.
  private var namedPlaces: [String] {
    named + (path ?? "").split(separator: ":").map(String.init)
  }

  /// The ending of a library's name on this system.
  private static var ending: String {
    #if canImport(Darwin)
      ".dylib"
    #else
      ".so"
    #endif
  }

  /// The libraries of a folder, or the path itself when it is none.
  private static func libraries(at path: String) -> [String] {
    let place = resolved(path) ?? absolute(path)
    var status = stat()
    guard unsafe stat(place, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      return [place]
    }
    return names(in: place).map { "\(place)/\($0)" }
  }

  /// The names of the libraries of adapters in a folder, sorted by their bytes.
  private static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.utf8.first != UInt8(ascii: "."), name.hasSuffix("Adapter\(ending)") {
        names.append(name)
      }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func isThere(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// The path without links and dots, or `nil` when there is nothing.
  private static func resolved(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  private static func absolute(_ path: String) -> String {
    guard path.utf8.first != UInt8(ascii: "/") else { return path }
    return "\(resolved(".") ?? "")/\(path)"
  }

  private static func folder(_ path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }
}
