/// How large a container may be before it is refused.
///
/// The limits hold memory and time in bounds when an archive was made to do harm.
public struct ContainerLimits: Hashable, Sendable {
  /// The most members in one container.
  public var memberCount = 65_536
  /// The most bytes in the name of a member.
  public var nameBytes = 1_024
  /// The most bytes of a zip's directory, which is held in memory.
  public var directoryBytes = 16 << 20
  /// How many folders may lie inside each other.
  public var folderDepth = 16
  /// How many times larger than the archive its contents may be.
  public var expansion = 100
  /// How many times larger than its compressed form a single member may be.
  public var memberExpansion = 250
  /// The size up to which an archive may expand without regard to the ratios.
  public var freeBytes = 64 << 20
  /// The size to which no archive may expand.
  public var expandedBytes = 256 << 30

  /// The limits that hold unless somebody asks for others.
  public static let standard = ContainerLimits()

  /// Creates the standard limits.
  public init() {}
}
