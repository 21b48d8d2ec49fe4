#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Finds adapters: bundles and libraries alone.
///
/// Looks in this order, so that an adapter found earlier hides one of the same identifier that is
/// found later: paths that the user names, `CBL_ADAPTER_PATH`, beside the executable, the folder of
/// the user, the folders of the system. No adapter is loaded; of bundles the manifests are read.
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
    path = HostFile.variable("CBL_ADAPTER_PATH")
    executableFolder = HostFile.resolved("/proc/self/exe").map(HostFile.folder)
    userFolder = TrustFile.dataFolder().map { "\($0)/adapters" }
    systemFolders = ["/usr/local/lib/cbl-tool/adapters", "/usr/lib/cbl-tool/adapters"]
  }

  /// What a search found.
  public struct Findings: Hashable, Sendable {
    /// The adapters, each once, in the order of the search.
    public var candidates: [AdapterCandidate] = []
    /// Folders that were left out because others can put files into them, one sentence for each.
    public var warnings: [String] = []
    private var known: Set<String> = []

    mutating func add(_ paths: [String], _ origin: AdapterOrigin) {
      for path in paths where known.insert(path).inserted {
        candidates.append(AdapterCandidate(path: path, origin: origin))
      }
    }

    /// Adds what is in a folder, but nothing that others can put there.
    mutating func addSafe(_ paths: [String], in folder: String, _ origin: AdapterOrigin) {
      guard !paths.isEmpty else { return }
      let check = PlaceCheck()
      if let fault = check.fault(folder) {
        warnings.append("adapters in \(folder) are left out: \(fault)")
        return
      }
      for path in paths {
        // A link is followed first, so that what it leads to is what is looked at.
        let place = HostFile.resolved(path) ?? path
        if let fault = check.fault(place) {
          warnings.append("\(path) is left out: \(fault)")
        } else {
          add([place], origin)
        }
      }
    }
  }

  /// Looks for adapters.
  ///
  /// A folder in which others can put files, or one below such a folder, is left out with a
  /// warning. What the user names on the command line is given even when nothing is there, so that
  /// loading it says so.
  ///
  /// - Parameter families: Of the families that come with the tool only these; `nil` for all.
  public func find(families: [String]? = nil) -> Findings {
    var findings = Findings()
    for name in named { findings.add(Self.adapters(at: name), .named) }
    for name in (path ?? "").split(separator: ":").map(String.init) {
      guard let place = HostFile.resolved(name) else {
        findings.add([TrustFile.absolute(name)], .environment)
        continue
      }
      findings.addSafe(Self.adapters(at: place), in: place, .environment)
    }
    findings.add(bundled(families), .bundled)
    let folders = [(userFolder, AdapterOrigin.user)] + systemFolders.map { ($0, .system) }
    for (folder, origin) in folders {
      guard let folder, let place = HostFile.resolved(folder) else { continue }
      findings.addSafe(Self.names(in: place).map { "\(place)/\($0)" }, in: place, origin)
    }
    return findings
  }

  /// The absolute paths of what the user named, with what is in folders.
  public static func resolving(_ named: [String]) -> [String] { named.flatMap(adapters(at:)) }

  /// What came with the tool.
  private func bundled(_ families: [String]?) -> [String] {
    guard let executableFolder else { return [] }
    let folders = [executableFolder, "\(executableFolder)/../lib/cbl-tool"]
    return (families ?? Self.bundledFamilies).compactMap { family in
      let paths = folders.map { "\($0)/lib\(family)Adapter\(Self.ending)" }
      return paths.lazy.compactMap(HostFile.resolved).first
    }
  }

  /// The ending of a library's name on this system.
  private static var ending: String {
    #if canImport(Darwin)
      ".dylib"
    #else
      ".so"
    #endif
  }

  /// The adapters in a folder, or the path itself when it is none, or is a bundle.
  private static func adapters(at path: String) -> [String] {
    let place = HostFile.resolved(path) ?? TrustFile.absolute(path)
    guard let status = HostFile.status(place), status.st_mode & S_IFMT == S_IFDIR,
      !place.hasSuffix(BundlePath.ending)
    else { return [place] }
    return names(in: place).map { "\(place)/\($0)" }
  }

  /// The names of adapters in a folder, sorted by their bytes.
  private static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      let isAdapter = name.hasSuffix("Adapter\(ending)") || name.hasSuffix(BundlePath.ending)
      if name.utf8.first != UInt8(ascii: "."), isAdapter { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
