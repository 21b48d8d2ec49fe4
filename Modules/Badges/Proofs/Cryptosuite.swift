internal import Domain

/// A way to secure a credential with a proof inside of it.
package enum Cryptosuite: String, Hashable, Sendable {
  /// Ed25519 over the canonical dataset.
  case eddsaRDFC = "eddsa-rdfc-2022"
  /// Ed25519 over the canonical JSON.
  case eddsaJCS = "eddsa-jcs-2022"
  /// ECDSA over the canonical dataset.
  case ecdsaRDFC = "ecdsa-rdfc-2019"
  /// ECDSA over the canonical JSON.
  case ecdsaJCS = "ecdsa-jcs-2019"
  /// ECDSA with selective disclosure.
  case ecdsaSD = "ecdsa-sd-2023"
  /// The forerunner of eddsa-rdfc-2022, which is read only.
  case ed25519Signature2020 = "Ed25519Signature2020"

  /// Whether the JSON is canonicalized, not its dataset.
  var isJCS: Bool { self == .eddsaJCS || self == .ecdsaJCS }

  /// Whether a key is of the kind that the suite signs with.
  func takes(_ key: PublicKey) -> Bool {
    switch (self, key) {
    case (.eddsaRDFC, .ed25519), (.eddsaJCS, .ed25519), (.ed25519Signature2020, .ed25519),
      (.ecdsaRDFC, .p256), (.ecdsaRDFC, .p384), (.ecdsaJCS, .p256), (.ecdsaJCS, .p384),
      (.ecdsaSD, .p256):
      true
    default: false
    }
  }
}
