import Badges
import Domain

// Without the trait Crypto a proof is unknown, never good; what else is wrong with a badge is found.
let text = """
  {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"]}
  """
let moment = Instant("2026-11-22T00:00:00Z")
let report = moment.map { BadgeVerifier(at: $0).verify(Array(text.utf8)) }
print(report?.reason == .type ? "a badge is read" : "wrong")
