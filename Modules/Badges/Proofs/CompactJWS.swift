internal import Domain
internal import LinkedData

/// A compact JSON Web Signature, before its signature is checked.
struct CompactJWS {
  let header: JSONNode
  let payload: JSONNode
  /// What is signed.
  let signed: [UInt8]
  let signature: [UInt8]
  let algorithm: String

  /// Why a text is refused.
  struct Failure: Error {
    var reason: Reason
    var message: String
  }

  private static let algorithms: Set<String> = ["EdDSA", "ES256", "ES384", "RS256"]

  /// Whether a text has the form of one.
  static func isLikely(_ bytes: some Collection<UInt8>) -> Bool {
    var dots = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "."): dots += 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        break
      default: return false
      }
    }
    return dots == 2
  }

  /// Reads a text and refuses what may not be in its header.
  init(_ text: [UInt8], limits: JSONNode.Limits) throws(Failure) {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let head = Base64URL.bytes(parts[0]),
      let body = Base64URL.bytes(parts[1]), let signature = Base64URL.bytes(parts[2])
    else {
      throw Failure(reason: .proof, message: "The text is no compact JSON Web Signature.")
    }
    do throws(LinkedDataError) {
      header = try JSONNode(reading: head, limits: limits)
      payload = try JSONNode(reading: body, limits: limits)
    } catch {
      throw Failure(reason: Reason(error), message: error.message)
    }
    self.signature = signature
    signed = Array(parts[0]) + [UInt8(ascii: ".")] + Array(parts[1])
    guard let algorithm = header["alg"]?.string?.text, Self.algorithms.contains(algorithm) else {
      throw Failure(
        reason: .algorithm, message: "The algorithm is none of EdDSA, ES256, ES384 and RS256.")
    }
    self.algorithm = algorithm
    guard header["crit"] == nil, header["b64"] == nil || header["b64"] == true else {
      throw Failure(
        reason: .algorithm, message: "The header demands extensions that are not known.")
    }
    if let type = header["typ"] {
      guard let text = type.string?.text.lowercased(),
        ["jwt", "vc+jwt", "vc+ld+jwt", "vc-ld+jwt"].contains(text)
      else { throw Failure(reason: .proof, message: "The typ of the header is not JWT.") }
    }
    guard header["jwk"]?["d"] == nil else {
      throw Failure(reason: .proof, message: "The header holds a secret key.")
    }
  }
}
