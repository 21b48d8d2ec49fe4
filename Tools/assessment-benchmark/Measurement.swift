#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Seconds of this process's CPU, and its memory.
enum Measurement {
  /// CPU seconds so far.
  static var cpu: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The largest resident size so far, in bytes.
  static var peak: Int {
    var usage = rusage()
    // RUSAGE_SELF is 0 everywhere, and of another type in each C library.
    unsafe getrusage(0, &usage)
    #if canImport(Darwin)
      return Int(usage.ru_maxrss)
    #else
      return Int(usage.ru_maxrss) * 1_024
    #endif
  }

  /// The least CPU seconds of some runs, and what the last one gave.
  static func least<Value>(of runs: Int, _ body: () throws -> Value) rethrows -> (Double, Value) {
    let begun = cpu
    var value = try body()
    var least = cpu - begun
    for _ in 1..<max(1, runs) {
      let begun = cpu
      value = try body()
      least = min(least, cpu - begun)
    }
    return (least, value)
  }
}
