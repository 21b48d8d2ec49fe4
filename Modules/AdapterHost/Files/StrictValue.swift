internal import Domain

/// A value of a JSON file that is read strictly: what is not known is refused, with its pointer.
struct StrictValue {
  let value: DocumentValue
  let pointer: String
  let file: String

  /// Reads the text of a file.
  ///
  /// - Throws: ``AdapterHostError`` with the code `malformed` and the pointer.
  static func read(
    _ bytes: [UInt8], file: String, limits: DocumentReader.Limits
  ) throws(AdapterHostError) -> StrictValue {
    do throws(DomainError) {
      return StrictValue(
        value: try DocumentReader.read(bytes, limits: limits), pointer: "", file: file)
    } catch {
      let place = error.place.map { Place(line: $0.line, column: $0.column).description } ?? ""
      throw AdapterHostError(
        .malformed, place.isEmpty ? error.message : "\(place): \(error.message)", adapter: file,
        pointer: error.place?.pointer)
    }
  }

  /// Refuses the value.
  func failure(_ message: String) -> AdapterHostError {
    AdapterHostError(.malformed, message, adapter: file, pointer: pointer)
  }

  /// The value as an object that has no members but these.
  func members(
    of names: Set<String>
  ) throws(AdapterHostError) -> [String: StrictValue] {
    guard let members = value.members else {
      throw failure("found \(value.kind), expected an object")
    }
    var found: [String: StrictValue] = [:]
    for member in members {
      let inner = StrictValue(
        value: member.value, pointer: "\(pointer)/\(DocumentReader.escaped(member.name))",
        file: file)
      guard names.contains(member.name.text) else {
        throw inner.failure(
          "there is no such member; there are: \(names.sorted().joined(separator: ", "))")
      }
      found[member.name.text] = inner
    }
    return found
  }

  /// A member that has to be there.
  func need(
    _ name: String, in members: [String: StrictValue]
  ) throws(AdapterHostError) -> StrictValue {
    guard let member = members[name] else { throw failure("the member \"\(name)\" is missing") }
    return member
  }

  /// The value as an array of at most so many elements.
  func items(_ limit: Int) throws(AdapterHostError) -> [StrictValue] {
    guard let elements = value.elements else {
      throw failure("found \(value.kind), expected an array")
    }
    guard elements.count <= limit else {
      throw failure("found \(elements.count) elements, expected at most \(limit)")
    }
    return elements.enumerated().map { index, element in
      StrictValue(value: element, pointer: "\(pointer)/\(index)", file: file)
    }
  }

  /// The value as a text of at most so many bytes, without control characters.
  func text(_ limit: Int = 1024, mayBeBlank: Bool = false) throws(AdapterHostError) -> String {
    guard let text = value.text else { throw failure("found \(value.kind), expected a text") }
    guard text.utf8.count <= limit else {
      throw failure("found a text of \(text.utf8.count) bytes, expected at most \(limit)")
    }
    guard mayBeBlank || !text.isEmpty else { throw failure("found a blank text") }
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw failure("found a control character; leave it out")
    }
    return text.text
  }

  /// The value as true or false.
  func flag() throws(AdapterHostError) -> Bool {
    guard case .bool(let flag) = value else {
      throw failure("found \(value.kind), expected true or false")
    }
    return flag
  }

  /// The value as a whole number within bounds.
  func number(_ range: ClosedRange<Int>) throws(AdapterHostError) -> Int {
    guard case .number(let number) = value, let whole = Int(number.description),
      range.contains(whole)
    else {
      throw failure(
        "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return whole
  }

  /// The value as a SHA-256 digest.
  func digest() throws(AdapterHostError) -> SHA256.Digest {
    guard let digest = SHA256.Digest(try text(64, mayBeBlank: true)) else {
      throw failure("expected a SHA-256 digest: 64 hexadecimal digits")
    }
    return digest
  }

  /// The value as so many bytes in lower-case hexadecimal digits.
  func hexadecimal(bytes count: ClosedRange<Int>) throws(AdapterHostError) -> String {
    let text = try text(2 * count.upperBound, mayBeBlank: true)
    guard text.utf8.count % 2 == 0, count.contains(text.utf8.count / 2),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else {
      let wanted =
        count.count == 1
        ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
      throw failure("expected \(wanted) bytes as lower-case hexadecimal digits")
    }
    return text
  }

  /// The value as a moment.
  func moment() throws(AdapterHostError) -> Instant {
    guard let moment = Instant(try text(64)) else {
      throw failure("expected a moment such as 2026-09-30T12:00:00Z")
    }
    return moment
  }
}
