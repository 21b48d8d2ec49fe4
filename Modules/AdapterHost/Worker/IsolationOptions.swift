/// How an adapter is kept in a process of its own.
public struct IsolationOptions: Hashable, Sendable {
  /// The absolute path of `adapter-worker`; `nil` for the one beside the running program.
  public var worker: String?
  /// Bytes of address space that the process may have.
  public var memoryBytes = 4 << 30
  /// Seconds without any progress after which the process counts as hanging.
  public var secondsOfSilence = 10
  /// Seconds of CPU time that the process may take in all.
  public var cpuSeconds = 4 * 3_600
  /// Whether to refuse when a layer of the sandbox is missing.
  public var requiresEveryLayer = false

  /// The usual limits, and whatever layers there are.
  public init() {}
}

/// Which layers of the sandbox hold a worker.
public struct SandboxReport: Hashable, Sendable {
  /// One layer.
  public enum Layer: UInt32, Hashable, Sendable, CaseIterable {
    /// Limits of memory, CPU time, descriptors, file size and stack.
    case limits = 1
    /// The worker dies with the program that started it.
    case parent = 2
    /// It can gain no privileges and has no capabilities.
    case privileges = 4
    /// Landlock: it can open libraries of the system and its own, and no other file.
    case files = 8
    /// seccomp: it can use no socket, process, signal to others, and the like.
    case calls = 16

    /// The name for people.
    public var name: String {
      switch self {
      case .limits: "limits"
      case .parent: "parent-death signal"
      case .privileges: "no new privileges"
      case .files: "Landlock"
      case .calls: "seccomp"
      }
    }
  }

  /// The layers that hold.
  public let active: Set<Layer>
  /// The version of Landlock that the kernel has; 0 for none.
  public let landlockVersion: Int

  /// The layers that do not, in the order of their definition.
  public var missing: [Layer] { Layer.allCases.filter { !active.contains($0) } }

  /// What holds the workers of this system; starts one, and loads nothing.
  ///
  /// - Throws: ``AdapterHostError`` when no worker can be started.
  public static func ofThisSystem(
    _ options: IsolationOptions = IsolationOptions()
  ) throws(AdapterHostError) -> SandboxReport {
    var options = options
    options.requiresEveryLayer = false
    return try WorkerConnection(library: "", options: options).sandbox
  }

  init(mask: UInt32, landlockVersion: Int) {
    active = Set(Layer.allCases.filter { mask & $0.rawValue != 0 })
    self.landlockVersion = landlockVersion
  }
}
