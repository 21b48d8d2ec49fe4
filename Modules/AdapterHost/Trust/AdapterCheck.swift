internal import Domain

/// One thing that was checked about an adapter before its code runs.
public struct AdapterCheck: Hashable, Sendable {
  /// What a check found.
  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// All is well.
    case pass
    /// Something is wrong.
    case fail
    /// There is nothing to check, or no means to check it.
    case unknown
  }

  /// The name: `manifest`, `platform`, `library`, `place`, `signature`, `key` or `revocation`.
  public let name: String
  /// What it found.
  public let outcome: Outcome
  /// What was found, as one sentence.
  public let message: String

  init(_ name: String, _ outcome: Outcome, _ message: String) {
    self.name = name
    self.outcome = outcome
    self.message = message
  }
}

extension AdapterTrust {
  /// Checks all that can be checked about an adapter without running it.
  ///
  /// - Parameters:
  ///   - candidate: The adapter.
  ///   - signatures: Checks signatures; without it whether one is right stays unknown.
  /// - Returns: The checks in a fixed order; `library` comes once for each platform.
  public func verify(
    _ candidate: AdapterCandidate, signatures: (any SignatureChecking)?
  ) -> [AdapterCheck] {
    var checks: [AdapterCheck] = []
    guard candidate.path.hasSuffix(BundlePath.ending) else {
      checks.append(AdapterCheck("manifest", .unknown, "a library alone has no manifest"))
      checks.append(AdapterCheck("platform", .unknown, "a library alone does not say"))
      checks.append(libraryAlone(candidate.path))
      checks.append(place(candidate.path))
      checks.append(AdapterCheck("signature", .unknown, "a library alone has no signature"))
      checks.append(AdapterCheck("key", .unknown, "a library alone has no key"))
      let digest = try? digest(of: candidate.path)
      checks.append(revocation(nil, [digest].compactMap { $0 }))
      return checks
    }
    guard let bundle = candidate.bundle else {
      let message = candidate.failure?.description ?? "it cannot be read"
      return [AdapterCheck("manifest", .fail, message)]
    }
    let manifest = bundle.manifest
    checks.append(
      AdapterCheck(
        "manifest", .pass, "\(manifest.identifier) \(manifest.version) of \(manifest.vendor)"))
    let platform = String.hostPlatform
    checks.append(
      manifest.library() == nil
        ? AdapterCheck(
          "platform", .fail, candidate.failure?.message ?? "no library for \(platform)")
        : AdapterCheck("platform", .pass, platform))
    checks += manifest.libraries.map { library(of: bundle, for: $0) }
    checks.append(place(candidate.library ?? bundle.path))
    return checks + claims(of: bundle, signatures: signatures)
  }

  /// The checks that need the manifest and the signature only: `signature`, `key`, `revocation`.
  package func claims(
    of bundle: AdapterBundle, signatures: (any SignatureChecking)?
  ) -> [AdapterCheck] {
    [Self.signature(bundle, signatures), key(bundle), revocation(bundle, [])]
  }

  private func libraryAlone(_ path: String) -> AdapterCheck {
    do throws(AdapterHostError) {
      return AdapterCheck("library", .unknown, "no digest to compare with \(try digest(of: path))")
    } catch {
      return AdapterCheck("library", .fail, error.message)
    }
  }

  private func library(
    of bundle: AdapterBundle, for library: AdapterManifest.Library
  ) -> AdapterCheck {
    do throws(AdapterHostError) {
      let found = try digest(of: bundle.library(for: library.platform))
      guard found == library.digest else {
        return AdapterCheck(
          "library", .fail,
          "\(library.path) has the digest \(found), its manifest names \(library.digest)")
      }
      return AdapterCheck("library", .pass, "\(library.platform): \(found)")
    } catch {
      return AdapterCheck("library", .fail, error.message)
    }
  }

  private func place(_ path: String) -> AdapterCheck {
    if let fault = PlaceCheck().fault(path) { return AdapterCheck("place", .fail, fault) }
    return AdapterCheck("place", .pass, "nobody else can write to it or to a folder above it")
  }

  static func signature(
    _ bundle: AdapterBundle, _ signatures: (any SignatureChecking)?
  ) -> AdapterCheck {
    guard let signature = bundle.signature else {
      return AdapterCheck("signature", .unknown, "the bundle is not signed")
    }
    guard let signatures else {
      return AdapterCheck("signature", .unknown, "this build cannot check signatures")
    }
    let isValid = signatures.isValid(
      signature: signature.valueBytes, key: signature.keyBytes,
      message: bundle.manifest.canonicalBytes)
    return isValid
      ? AdapterCheck("signature", .pass, "the manifest is signed with the key \(signature.key)")
      : AdapterCheck(
        "signature", .fail, "the signature is not one of this manifest with its key")
  }

  private func key(_ bundle: AdapterBundle) -> AdapterCheck {
    let pinned = [policy, store].compactMap {
      $0.key(vendor: bundle.manifest.vendor, identifier: bundle.manifest.identifier)
    }.first
    guard let pinned else {
      return AdapterCheck("key", .unknown, "no key of \(bundle.manifest.vendor) is pinned yet")
    }
    let since = "pinned for \(pinned.vendor) on \(pinned.note.at)"
    guard let key = bundle.signature?.key else {
      return AdapterCheck(
        "key", .fail,
        "the bundle is not signed, but a key was \(since): \(pinned.key); ask the vendor for a "
          + "signed bundle, or allow it with --accept-unsigned")
    }
    guard key == pinned.key else {
      return AdapterCheck(
        "key", .fail,
        "the bundle is signed with \(key), but another key was \(since): \(pinned.key); ask the "
          + "vendor in another way whether the key has changed, then allow it with "
          + "--accept-key \(key)")
    }
    return AdapterCheck("key", .pass, "it is the key that was \(since)")
  }

  private func revocation(_ bundle: AdapterBundle?, _ digests: [SHA256.Digest]) -> AdapterCheck {
    let manifest = bundle?.manifest
    let entry = revocations.entry(
      digests: digests + (manifest?.libraries.map(\.digest) ?? [])
        + [manifest?.digest].compactMap { $0 },
      key: bundle?.signature?.key, identifier: manifest?.identifier, version: manifest?.version)
    if let entry {
      return AdapterCheck("revocation", .fail, "revoked on \(entry.date): \(entry.reason)")
    }
    let count = revocations.entries.count
    return count == 0
      ? AdapterCheck("revocation", .unknown, "there is no list of revocations")
      : AdapterCheck("revocation", .pass, "none of \(count) revocations names it")
  }
}
