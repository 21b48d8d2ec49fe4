/// A name that another system has for a thing, one of many that the thing may have.
public struct ExternalIdentifier: Hashable, Sendable, Comparable, Codable,
  CustomStringConvertible
{
  /// The system that gave the name, such as `canvas.example.org`.
  public let system: Identifier
  /// What kind of name it is there, such as `sis_user_id` or `state_id`.
  public let type: Identifier
  /// The name itself.
  public let value: Identifier

  /// Creates a name from its three parts.
  public init(system: Identifier, type: Identifier, value: Identifier) {
    self.system = system
    self.type = type
    self.value = value
  }

  /// The parts as `system/type:value`, for people to read; not meant to be parsed.
  public var description: String { "\(system)/\(type):\(value)" }

  /// Orders names by system, then type, then value, each by its bytes.
  public static func < (left: ExternalIdentifier, right: ExternalIdentifier) -> Bool {
    (left.system, left.type, left.value) < (right.system, right.type, right.value)
  }
}

/// A thing with one identifier of ours and any number of others.
public protocol Identified {
  /// The identifier that our own data uses.
  var id: ID<Self> { get }
  /// What other systems call it, in the order of the source.
  var externalIdentifiers: [ExternalIdentifier] { get }
}

extension Identified {
  /// Finds what a system calls this thing.
  ///
  /// - Parameters:
  ///   - system: The system.
  ///   - type: The kind of name, or `nil` for any.
  /// - Returns: The first name that fits, in the order of the source.
  public func identifier(in system: Identifier, type: Identifier? = nil) -> Identifier? {
    externalIdentifiers.first {
      $0.system == system && (type == nil || $0.type == type)
    }?.value
  }
}
