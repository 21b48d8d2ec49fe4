/// What a frame between the host and a worker says.
///
/// A frame is 8 bytes of heading, its type and the count of bytes that follow, and then those bytes,
/// a multiple of 8. Numbers are as the machine has them: both ends are one build on one machine.
enum FrameType: UInt32 {
  // From the worker.
  /// The version of the frames and the layers that hold; nothing of the adapter has run yet.
  case hello = 0xCB01_0001
  /// What the adapter says of itself.
  case table
  /// The call is over and did what it should; with counts of what was sent.
  case done
  /// The call is over, or the library cannot be loaded: a code and a sentence.
  case failed
  /// How sure a probe is.
  case verdict
  /// The first bytes of a member are wanted.
  case wantsHead
  /// A member is opened.
  case wantsMember
  /// The next bytes of the open member are wanted.
  case wantsBytes
  /// Rows of one kind, column by column.
  case batch
  /// A problem.
  case problem
  /// A loss.
  case loss
  /// How far the work is; also a sign of life.
  case progress
  /// A member of the output begins.
  case beginMember
  /// Bytes of the output.
  case bytes
  /// The member of the output ends.
  case endMember

  // From the host.
  /// The library may be loaded.
  case load
  /// A probe of the members that are listed.
  case probe
  /// A reading of the members that are listed.
  case read
  /// A writing.
  case write
  /// The rows were the last: finish the output.
  case finish
  /// Bytes that were wanted; fewer than wanted only at the end.
  case given
  /// The open member comes as a descriptor.
  case lent
  /// The open member comes on request, as bytes.
  case opened
}

/// Limits of frames; both ends keep to them.
enum FrameLimit {
  /// The version of the frames; host and worker are of one build.
  static let version: UInt32 = 1
  /// Bytes of the heading.
  static let heading = 8
  /// Bytes of the longest frame.
  static let bytes = 65 << 20
  /// Bytes of the longest row that is carried.
  static let rowBytes = 64 << 20
  /// Rows of the longest batch that is sent.
  static let rows = 1_024
  /// Bytes of texts after which a batch is sent in another frame.
  static let textBytes = 1 << 20
  /// Bytes that a worker may ask for at once.
  static let wantedBytes = 16 << 20
}

/// A frame that breaks the rules.
struct FrameFault: Error {
  /// What is wrong with it.
  let reason: String
}
