import AdapterHost

#if Crypto
  import Crypto
#endif

/// Ed25519 signatures (RFC 8032), where the build has them.
enum Ed25519 {
  /// Checks signatures, or `nil` in a build without them.
  static var checker: (any SignatureChecking)? {
    #if Crypto
      Checker()
    #else
      nil
    #endif
  }

  /// A new private key.
  static func newKey() throws -> [UInt8] {
    #if Crypto
      return Array(Curve25519.Signing.PrivateKey().rawRepresentation)
    #else
      throw unavailable
    #endif
  }

  /// Signs a message.
  ///
  /// - Parameter privateKey: 32 bytes.
  static func sign(_ message: [UInt8], privateKey: [UInt8]) throws -> ManifestSignature {
    #if Crypto
      let key = try Curve25519.Signing.PrivateKey(rawRepresentation: privateKey)
      return ManifestSignature(
        key: Array(key.publicKey.rawRepresentation), value: Array(try key.signature(for: message)))
    #else
      throw unavailable
    #endif
  }

  private static var unavailable: ToolFailure {
    .usage("this build cannot sign; build it with: swift build --traits CommandLine,Crypto")
  }
}

#if Crypto
  private struct Checker: SignatureChecking {
    func isValid(signature: [UInt8], key: [UInt8], message: [UInt8]) -> Bool {
      guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else {
        return false
      }
      return key.isValidSignature(signature, for: message)
    }
  }
#endif
