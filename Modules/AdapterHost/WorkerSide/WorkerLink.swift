internal import CAdapterSandbox

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The worker's ends of the ways to the host; every call blocks.
///
/// Without a host there is nothing to do, so the process ends when one of them breaks.
final class WorkerLink {
  /// Frames that wait to be sent.
  var output = FrameWriter()
  private var input = FrameStream()
  private var files: [Int32] = []
  private var sentAt: UInt64 = 0

  /// Bytes after which frames are sent.
  private static let enough = 1 << 16
  /// Nanoseconds after which a few frames are sent too, as a sign of life.
  private static let soon: UInt64 = 50_000_000

  /// Sends the frames when they are many or have waited for long.
  func sendSoon() {
    Self.sendSoon(&output, &sentAt)
  }

  /// Sends the frames.
  func send() {
    Self.send(&output, &sentAt)
  }

  /// The next frame of the host; borrowed until the next one is asked for. All frames are sent
  /// before.
  func receive() -> (type: FrameType, contents: FrameReader) {
    send()
    do throws(FrameFault) {
      while true {
        if let frame = try input.next() { return frame }
        let room = unsafe try input.room()
        var file: Int32 = -1
        let count = unsafe cbl_receive_descriptor(
          WorkerChannel.requests, room.baseAddress, room.count, &file)
        if file >= 0 { files.append(file) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { _exit(0) }
        input.filled(count)
      }
    } catch {
      _exit(70)
    }
  }

  /// The file that came with the last frame.
  func takeFile() -> Int32? { files.isEmpty ? nil : files.removeFirst() }

  /// Writes a batch.
  func put(_ batch: HostBatch, _ batches: inout BatchWriter, adapter: String) throws {
    var sentAt = sentAt
    try unsafe batches.write(batch, adapter: adapter, to: &output) { output in
      Self.sendSoon(&output, &sentAt)
    }
    self.sentAt = sentAt
  }

  private static func sendSoon(_ output: inout FrameWriter, _ sentAt: inout UInt64) {
    if output.count >= enough || now &- sentAt >= soon { send(&output, &sentAt) }
  }

  private static func send(_ output: inout FrameWriter, _ sentAt: inout UInt64) {
    sentAt = now
    let bytes = unsafe output.bytes
    var done = 0
    while done < bytes.count {
      let count = unsafe write(
        WorkerChannel.replies, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { _exit(0) }
      done += count
    }
    output.removeAll()
  }

  /// Nanoseconds since some moment.
  static var now: UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
