import Domain
import Foundation
import LinkedData
import Testing

/// The W3C test suite of the JSON-LD 1.1 API, as far as the samples have it.
@Suite("JSON-LD suite")
struct JSONLDSuiteTests {
  struct Case: CustomTestStringConvertible {
    let folder: URL
    let entry: JSONNode

    var testDescription: String { "\(entry["@id"]?.string?.text ?? "") \(text("name") ?? "")" }

    func text(_ name: Identifier) -> String? { entry[name]?.string?.text }
    func option(_ name: Identifier) -> JSONNode? { entry["option"]?[name] }
    var isNegative: Bool { text("expectErrorCode") != nil }

    var options: JSONLDOptions {
      get throws {
        let input = text("input") ?? ""
        var options = JSONLDOptions(base: Identifier(SuiteLoader.base + input))
        if let base = option("base")?.string { options.base = base }
        options.isMode10 = option("processingMode")?.string == "json-ld-1.0"
        options.direction = (option("rdfDirection")?.string?.text).flatMap {
          JSONLDOptions.Direction(rawValue: $0)
        }
        if let path = option("expandContext")?.string {
          options.expandContext = try Samples.node(folder.appending(path: path.text))
        }
        return options
      }
    }

    var processor: JSONLDProcessor {
      get throws {
        JSONLDProcessor(
          loader: SuiteLoader(folder: folder), options: try options, remembers: false)
      }
    }

    func input() throws -> JSONNode {
      try Samples.node(folder.appending(path: text("input") ?? ""))
    }
  }

  static func cases(_ manifest: String) -> [Case] {
    guard let folder = Samples.folder("vectors/json-ld-api"),
      let list = try? Samples.node(folder.appending(path: manifest))
    else { return [] }
    return (list["sequence"]?.array ?? []).map { Case(folder: folder, entry: $0) }
  }

  @Test("expands", arguments: cases("expand-manifest.jsonld"))
  func expand(_ test: Case) throws {
    if let code = test.text("expectErrorCode") {
      #expect(Self.rule { _ = try test.processor.expand(test.input()) } == code)
    } else {
      let found = try test.processor.expand(test.input())
      let expected = try Samples.node(test.folder.appending(path: test.text("expect") ?? ""))
      #expect(JSONShape(found) == JSONShape(expected))
    }
  }

  @Test("makes datasets", arguments: cases("toRdf-manifest.jsonld"))
  func dataset(_ test: Case) throws {
    if let code = test.text("expectErrorCode") {
      #expect(Self.rule { _ = try test.processor.dataset(test.input()) } == code)
      return
    }
    let found = try test.processor.dataset(test.input())
    guard let expect = test.text("expect") else { return }
    let expected = try NQuadsReader.read(
      Samples.bytes(test.folder.appending(path: expect)))
    // Datasets are the same when their canonical forms are.
    let first = try Canonicalizer.canonicalize(found).bytes
    let second = try Canonicalizer.canonicalize(expected).bytes
    #expect(String(decoding: first, as: UTF8.self) == String(decoding: second, as: UTF8.self))
  }

  private static func rule(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? LinkedDataError)?.rule?.rawValue ?? "\(error)"
    }
  }
}

/// A value without the order of members, and without that of elements except in lists.
indirect enum JSONShape: Hashable, CustomStringConvertible {
  case scalar(JSONNode)
  case list([JSONShape])
  case object([Identifier: JSONShape])

  init(_ node: JSONNode, isList: Bool = false) {
    switch node {
    case .array(let elements):
      let shapes = elements.map { JSONShape($0) }
      self = isList ? .list(shapes) : .list(shapes.sorted { "\($0)" < "\($1)" })
    case .object(let object):
      self = .object(
        Dictionary(
          uniqueKeysWithValues: object.members.map {
            ($0.name, JSONShape($0.value, isList: $0.name == "@list"))
          }))
    case .number(let text): self = .scalar(.number(Identifier("\(Double(text.text) ?? 0)")))
    default: self = .scalar(node)
    }
  }

  var description: String {
    switch self {
    case .scalar(let node): String(decoding: node.compactBytes(), as: UTF8.self)
    case .list(let shapes): "[" + shapes.map(\.description).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.map { "\($0.key):\($0.value)" }.sorted().joined(separator: ",") + "}"
    }
  }
}
