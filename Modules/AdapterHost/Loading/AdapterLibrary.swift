package import CAdapterABI

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// The table is immutable and lives as long as the process.
/// An adapter that was loaded, into this process or into one of its own.
///
/// A library is loaded once and never unloaded: code of the Swift runtime cannot be. Processes of an
/// isolated adapter are ended with the last copy of this value.
@safe
public struct AdapterLibrary: @unchecked Sendable {
  /// Where the adapter runs.
  @safe
  private enum Place {
    case here(UnsafePointer<cbl_adapter>)
    case apart(IsolatedAdapter, SandboxReport)
  }

  /// Where it was loaded from.
  public let path: String
  /// What it is.
  public let info: LoadedAdapterInfo
  /// How far it was trusted when it was loaded; `unknown` when nobody asked.
  ///
  /// Only with `trusted` may the host leave out checks that it would do for strangers.
  public let trust: TrustState
  private let place: Place

  /// The table of an adapter in this process.
  ///
  /// - Precondition: The adapter is not isolated.
  package var table: UnsafePointer<cbl_adapter> {
    guard case .here(let table) = place else {
      preconditionFailure("an isolated adapter has no table in this process")
    }
    return unsafe table
  }

  /// The processes of an isolated adapter.
  var worker: IsolatedAdapter? {
    guard case .apart(let worker, _) = place else { return nil }
    return worker
  }

  /// What holds an isolated adapter; `nil` for one that runs in this process.
  public var sandbox: SandboxReport? {
    guard case .apart(_, let report) = place else { return nil }
    return report
  }

  /// Loads a library into a process of its own, where it can do no harm.
  ///
  /// A call looks as with an adapter in this process, but a fault of the adapter ends the call with
  /// an error, and nothing else.
  ///
  /// - Parameters:
  ///   - path: An absolute path; the folder's and the file's permissions are checked.
  ///   - options: What it may use.
  ///   - trust: How far it is trusted, as somebody decided before.
  /// - Throws: ``AdapterHostError`` when it is missing, not allowed, or not an adapter; with
  ///   `unavailable` when no process can be started.
  public static func isolate(
    _ path: String, options: IsolationOptions = IsolationOptions(), trust: TrustState = .unknown
  ) throws(AdapterHostError) -> AdapterLibrary {
    guard path.utf8.first == UInt8(ascii: "/") else {
      throw AdapterHostError(.notAllowed, "give the absolute path of the library", adapter: path)
    }
    try checkPermissions(path)
    let worker = IsolatedAdapter(path: path, options: options)
    let (info, sandbox) = try worker.describe()
    return AdapterLibrary(path, info, trust, .apart(worker, sandbox))
  }

  private init(_ path: String, _ info: LoadedAdapterInfo, _ trust: TrustState, _ place: Place) {
    self.path = path
    self.info = info
    self.trust = trust
    self.place = place
  }

  /// Loads a library and checks its table.
  ///
  /// Whether it may be loaded is for the caller to ask, see ``AdapterTrust``.
  ///
  /// - Parameters:
  ///   - path: An absolute path; the folder's and the file's permissions are checked.
  ///   - trust: How far it is trusted, which the library then says too.
  /// - Throws: ``AdapterHostError`` when it is missing, not allowed, or not an adapter.
  public static func load(
    _ path: String, trust: TrustState = .unknown
  ) throws(AdapterHostError) -> AdapterLibrary {
    guard path.utf8.first == UInt8(ascii: "/") else {
      throw AdapterHostError(.notAllowed, "give the absolute path of the library", adapter: path)
    }
    try checkPermissions(path)
    guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
      let reason = unsafe dlerror().map { unsafe String(cString: $0) } ?? "unknown reason"
      throw AdapterHostError(.missing, "the library cannot be loaded: \(reason)", adapter: path)
    }
    guard let symbol = unsafe dlsym(handle, "cbl_adapter_v1") else {
      throw AdapterHostError(
        .wrongVersion, "the library does not export cbl_adapter_v1", adapter: path)
    }
    typealias Entry = @convention(c) (UInt32) -> UnsafePointer<cbl_adapter>?
    let entry = unsafe unsafeBitCast(symbol, to: Entry.self)
    guard let table = unsafe entry(hostMinor) else {
      throw AdapterHostError(
        .wrongVersion, "the adapter does not work with this version of the host", adapter: path)
    }
    return try unsafe AdapterLibrary(path: path, checking: table, trust: trust)
  }

  /// The minor version of the boundary that this host speaks.
  public static var hostMinor: UInt32 { 0 }

  /// An adapter whose table is already in memory.
  ///
  /// - Throws: ``AdapterHostError`` when the table breaks the rules.
  package init(
    path: String, checking table: UnsafePointer<cbl_adapter>, trust: TrustState = .unknown
  ) throws(AdapterHostError) {
    guard unsafe table.pointee.size >= UInt32(MemoryLayout<cbl_adapter>.size) else {
      throw AdapterHostError(.wrongVersion, "the table is shorter than version 1.0", adapter: path)
    }
    self.path = path
    self.trust = trust
    unsafe place = .here(table)
    self.info = try unsafe LoadedAdapterInfo(table, path: path)
  }

  static func checkPermissions(_ path: String) throws(AdapterHostError) {
    var status = stat()
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AdapterHostError(.missing, "there is no such library", adapter: path)
    }
    defer { close(descriptor) }
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw AdapterHostError(.missing, "the library cannot be examined", adapter: path)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw AdapterHostError(.notAllowed, "the library is not a regular file", adapter: path)
    }
    guard status.st_mode & S_IWOTH == 0 else {
      throw AdapterHostError(
        .notAllowed, "everybody may write to the library; run chmod o-w on it", adapter: path)
    }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
    let folder = slash == path.utf8.startIndex ? "/" : String(path[..<slash])
    guard unsafe stat(folder, &status) == 0 else { return }
    guard status.st_mode & S_IWOTH == 0 || status.st_mode & S_ISVTX != 0 else {
      throw AdapterHostError(
        .notAllowed, "everybody may write to the folder \(folder); run chmod o-w on it",
        adapter: path)
    }
  }
}
