import Badges
import Domain
import LinkedData

/// Whatever a badge, an image, a list or a ledger is, reading it ends; nothing that was not signed
/// is valid, and what was read comes back when it is written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (choice, bytes) = unsafe input(start, count)
  switch choice % 5 {
  case 0: checkDocument(bytes)
  case 1: checkStatements(bytes)
  case 2: checkLists(bytes)
  case 3:
    must(verifier.verify(bytes).verdict != .valid, "what nobody signed is valid")
    checkImage(bytes)
  default: must(verifier.verify(bytes).verdict != .valid, "what nobody signed is valid")
  }
  return 0
}

private let verifier = BadgeVerifier(at: moment)
private let moment: Instant = {
  guard let moment = Instant("2026-11-22T00:00:00Z") else { fatalError("a moment") }
  return moment
}()

/// A document that is read is the same after it was written.
private func checkDocument(_ bytes: [UInt8]) {
  guard let node = try? JSONNode(reading: bytes) else { return }
  must((try? JSONNode(reading: node.compactBytes())) == node, "a document changes")
  if let canonical = try? node.canonicalBytes() {
    let again = try? JSONNode(reading: canonical).canonicalBytes()
    must(again == canonical, "a canonical document changes")
  }
  _ = try? AwardBook(rules: AwardBook.rules(of: node))
  _ = try? TrustList(node)
  if let object = node.object {
    _ = try? BadgeDisclosure.derive(object, reveal: ["/credentialSubject"])
    let list = try? RevocationList.revoking("urn:1", on: object)
    must(list.map(RevocationList.isList) ?? true, "a list is none after it was changed")
  }
}

/// Statements that are read are the same after they were written, in canonical form too.
private func checkStatements(_ bytes: [UInt8]) {
  guard let quads = try? NQuadsReader.read(bytes) else { return }
  let written = NQuadsWriter.bytes(quads)
  must((try? NQuadsReader.read(written)) == quads, "statements change")
  guard let canonical = try? Canonicalizer.canonicalize(quads),
    let read = try? NQuadsReader.read(canonical.bytes)
  else { return }
  must((try? Canonicalizer.canonicalize(read))?.bytes == canonical.bytes, "canonical ones change")
}

/// Status lists, places and ledgers come back as they were.
private func checkLists(_ bytes: [UInt8]) {
  if let ledger = try? AwardLedger(bytes) {
    must((try? AwardLedger(ledger.bytes)) == ledger, "a ledger changes")
  }
  if let places = try? StatusPlaces(bytes) {
    must((try? StatusPlaces(places.bytes))?.bytes == places.bytes, "places change")
  }
  if let list = try? StatusList(encoded: String(decoding: bytes, as: UTF8.self)) {
    must((try? StatusList(encoded: list.encoded)) == list, "a status list changes")
  }
}

/// A badge that is taken out of an image was in it.
private func checkImage(_ image: [UInt8]) {
  guard let baked = try? BadgeImage.bake(Array("{}".utf8), into: image, as: .badge3) else { return }
  must((try? BadgeImage.payload(of: baked)) == Array("{}".utf8), "a badge changes in an image")
}
