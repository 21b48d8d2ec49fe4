#if Crypto
  internal import Crypto
  internal import CryptoExtras

  /// The one place where the library of signatures is used; arguments are bytes only.
  enum Cryptography {
    static func isSignature(
      _ signature: [UInt8], of message: [UInt8], by key: PublicKey
    ) throws(BadgesError) -> Bool {
      switch key {
      case .ed25519(let bytes):
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
          return false
        }
        return key.isValidSignature(signature, for: message)
      case .p256(let bytes):
        guard let key = try? P256.Signing.PublicKey(compressedRepresentation: bytes),
          let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
        else { return false }
        return key.isValidSignature(signature, for: message)
      case .p384(let bytes):
        guard let key = try? P384.Signing.PublicKey(compressedRepresentation: bytes),
          let signature = try? P384.Signing.ECDSASignature(rawRepresentation: signature)
        else { return false }
        return key.isValidSignature(signature, for: message)
      case .rsa(let modulus, let exponent):
        guard modulus.count >= 256, modulus.count <= 1_024, exponent.count <= 8,
          let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent)
        else { return false }
        return key.isValidSignature(
          _RSA.Signing.RSASignature(rawRepresentation: signature), for: message,
          padding: .insecurePKCS1v1_5)
      }
    }

    static func publicKey(
      of secret: [UInt8], _ kind: SigningKey.Kind
    ) throws(BadgesError) -> PublicKey {
      do {
        switch kind {
        case .ed25519:
          let key = try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
          return .ed25519(Array(key.publicKey.rawRepresentation))
        case .p256:
          let key = try P256.Signing.PrivateKey(rawRepresentation: secret)
          return .p256(Array(key.publicKey.compressedRepresentation))
        }
      } catch {
        throw BadgesError(.key, "The bytes are no secret key of \(kind.rawValue).")
      }
    }

    static func newSecret(_ kind: SigningKey.Kind) throws(BadgesError) -> [UInt8] {
      switch kind {
      case .ed25519: Array(Curve25519.Signing.PrivateKey().rawRepresentation)
      case .p256: Array(P256.Signing.PrivateKey().rawRepresentation)
      }
    }

    static func signature(
      of message: [UInt8], _ secret: [UInt8], _ kind: SigningKey.Kind
    ) throws(BadgesError) -> [UInt8] {
      do {
        switch kind {
        case .ed25519:
          let key = try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
          return Array(try key.signature(for: message))
        case .p256:
          let key = try P256.Signing.PrivateKey(rawRepresentation: secret)
          return Array(try key.signature(for: message).rawRepresentation)
        }
      } catch {
        throw BadgesError(.key, "The key cannot sign.")
      }
    }

    static func isPoint(_ x: [UInt8], _ y: [UInt8], isLarge: Bool) -> Bool {
      isLarge
        ? (try? P384.Signing.PublicKey(rawRepresentation: x + y)) != nil
        : (try? P256.Signing.PublicKey(rawRepresentation: x + y)) != nil
    }

    static func hmac(_ message: [UInt8], key: [UInt8]) throws(BadgesError) -> [UInt8] {
      Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }
  }
#else
  /// Builds without the trait Crypto read badges and check everything but signatures.
  enum Cryptography {
    private static let missing = BadgesError(
      .cryptography, "This build has no signatures; build it with the trait Crypto.")

    static func isSignature(
      _ signature: [UInt8], of message: [UInt8], by key: PublicKey
    ) throws(BadgesError) -> Bool { throw missing }

    static func publicKey(
      of secret: [UInt8], _ kind: SigningKey.Kind
    ) throws(BadgesError) -> PublicKey { throw missing }

    static func newSecret(_ kind: SigningKey.Kind) throws(BadgesError) -> [UInt8] { throw missing }

    static func signature(
      of message: [UInt8], _ secret: [UInt8], _ kind: SigningKey.Kind
    ) throws(BadgesError) -> [UInt8] { throw missing }

    static func isPoint(_ x: [UInt8], _ y: [UInt8], isLarge: Bool) -> Bool { true }

    static func hmac(_ message: [UInt8], key: [UInt8]) throws(BadgesError) -> [UInt8] {
      throw missing
    }
  }
#endif
