#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Two threads that do the same work and wait for each other at every callback, so that their calls
/// interleave on a machine with one processor too.
@safe
final class ThreadPair {
  private let work: (Int, @escaping () -> Void) -> Bool
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  // Guarded by the mutex.
  private var arrivals = 0
  private var finished = 0
  private var differs = false
  private var nextSide = 0

  /// How long one waits for the other: a lock of the adapter may keep it away.
  private static let patienceNanoseconds = 5_000_000

  /// - Parameter work: Gets the number of its thread and what to call to meet the other; answers
  ///   whether something was not as it should be.
  init(_ work: @escaping (Int, @escaping () -> Void) -> Bool) {
    self.work = work
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Runs both to their ends; whether one of them found a difference.
  func run() -> Bool {
    var threads: [pthread_t] = []
    for _ in 0..<2 {
      #if canImport(Darwin)
        var thread: pthread_t?
      #else
        var thread = pthread_t()
      #endif
      let context = unsafe Unmanaged.passRetained(self).toOpaque()
      let status = unsafe pthread_create(&thread, nil, Self.start, context)
      guard status == 0 else {
        unsafe Unmanaged<ThreadPair>.fromOpaque(context).release()
        continue
      }
      #if canImport(Darwin)
        if let thread { threads.append(thread) }
      #else
        threads.append(thread)
      #endif
    }
    for thread in threads { _ = pthread_join(thread, nil) }
    return differs
  }

  #if canImport(Darwin)
    private typealias Context = UnsafeMutableRawPointer
  #else
    private typealias Context = UnsafeMutableRawPointer?
  #endif

  private static let start: @convention(c) (Context) -> UnsafeMutableRawPointer? = { context in
    let optional: UnsafeMutableRawPointer? = unsafe context
    if let context = unsafe optional {
      unsafe Unmanaged<ThreadPair>.fromOpaque(context).takeRetainedValue().side()
    }
    return nil
  }

  private func side() {
    unsafe pthread_mutex_lock(mutex)
    let side = nextSide
    nextSide += 1
    unsafe pthread_mutex_unlock(mutex)
    let isDifferent = work(side) { self.meet() }
    unsafe pthread_mutex_lock(mutex)
    differs = differs || isDifferent
    finished += 1
    unsafe pthread_cond_broadcast(condition)
    unsafe pthread_mutex_unlock(mutex)
  }

  private func meet() {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe _ = pthread_mutex_unlock(mutex) }
    arrivals += 1
    unsafe pthread_cond_broadcast(condition)
    guard arrivals % 2 == 1, finished == 0 else { return }
    let mine = arrivals
    var until = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &until)
    until.tv_nsec += Self.patienceNanoseconds
    if until.tv_nsec >= 1_000_000_000 {
      until.tv_sec += 1
      until.tv_nsec -= 1_000_000_000
    }
    while arrivals == mine, finished == 0 {
      if unsafe pthread_cond_timedwait(condition, mutex, &until) != 0 { return }
    }
  }
}
