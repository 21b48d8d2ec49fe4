import Badges
import Domain
import LinkedData

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Issues and verifies one badge again and again, on one thread, and prints how many a CPU-second.
//
//     badge-benchmark BADGE.json [SECONDS]
//
// The badge is read from its bytes each time; nothing but contexts is kept between two of them.

/// CPU seconds of this process so far.
func cpu() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Reads a file whole.
func contents(of path: String) -> [UInt8]? {
  guard let file = unsafe fopen(path, "rb") else { return nil }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe fread(&block, 1, block.count, file)
    guard count > 0 else { return bytes }
    bytes += block[..<count]
  }
}

/// Runs a task for some seconds and prints its rate.
func measure(_ task: String, seconds: Double, _ body: () throws -> Void) rethrows {
  for _ in 0..<20 { try body() }
  let begun = cpu()
  var count = 0
  while cpu() - begun < seconds {
    for _ in 0..<20 { try body() }
    count += 20
  }
  let rate = Double(count) / (cpu() - begun)
  print("{\"task\":\"\(task)\",\"count\":\(count),\"per_second\":\(Int(rate))}")
}

let arguments = CommandLine.arguments
guard arguments.count > 1, let file = contents(of: arguments[1]) else {
  print("usage: badge-benchmark BADGE.json [SECONDS]")
  exit(64)
}
let seconds = arguments.count > 2 ? Double(arguments[2]) ?? 2 : 2
let issuer = BadgeIssuer(key: try SigningKey(kind: .ed25519, secret: (0..<32).map { UInt8($0) }))
guard var draft = try JSONNode(reading: file).object,
  let moment = Instant("2026-09-01T12:00:00Z"), let now = Instant("2026-11-22T00:00:00Z")
else { exit(65) }
draft["proof"] = nil
if var profile = draft["issuer"]?.object {
  profile["id"] = .string(issuer.id)
  draft["issuer"] = .object(profile)
} else {
  draft["issuer"] = .string(issuer.id)
}
let signed = try issuer.sign(draft, with: [.eddsaRDFC], created: moment)
let bytes = JSONNode.object(signed).compactBytes()
let unsigned = JSONNode.object(draft).compactBytes()
let verifier = BadgeVerifier(at: now)
let report = verifier.verify(bytes)
print(
  "{\"bytes\":\(bytes.count),\"verdict\":\"\(report.verdict.rawValue)\",\"reason\":\"\(report.reason)\"}"
)
measure("verify", seconds: seconds) { _ = verifier.verify(bytes) }
try measure("issue", seconds: seconds) {
  guard let object = try JSONNode(reading: unsigned).object else { return }
  _ = try issuer.sign(object, with: [.eddsaRDFC], created: moment)
}
let message = [UInt8](repeating: 7, count: 64)
let signature = try issuer.key.signature(of: message)
try measure("Ed25519 verify alone", seconds: seconds) {
  _ = try issuer.key.publicKey.isSignature(signature, of: message)
}
let node = try JSONNode(reading: bytes)
try measure("read JSON", seconds: seconds) { _ = try JSONNode(reading: bytes) }
let processor = JSONLDProcessor(loader: PinnedContexts.current, options: .credential)
try measure("expand", seconds: seconds) { _ = try processor.expand(.object(draft)) }
try measure("dataset", seconds: seconds) { _ = try processor.dataset(.object(draft)) }
let quads = try processor.dataset(.object(draft))
try measure("canonicalize", seconds: seconds) { _ = try Canonicalizer.canonicalize(quads) }
