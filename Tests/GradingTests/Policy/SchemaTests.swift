import Domain
import Grading
import Testing

@Suite("Policy schema")
struct SchemaTests {
  private static func schema() throws -> DocumentValue {
    try DocumentReader.read(Policy.schema)
  }

  /// A document with a method, from the schema's required fields of it.
  private static func error(ofMethod name: Identifier) throws -> GradingError? {
    let text = """
      {"policy": "p", "method": {"name": "\(name)"},
       "scale": {"id": "s", "levels": [{"label": "1", "number": 1}], "masteredFrom": "1"}}
      """
    do throws(GradingError) {
      _ = try Policy(json: Array(text.utf8))
      return nil
    } catch { return error }
  }

  @Test("the schema names every method and no other")
  func methods() throws {
    let methods = try #require(Self.schema()["properties"]?["method"]?["oneOf"]?.elements)
    let names = methods.compactMap { $0["properties"]?["name"]?["const"]?.text }
    #expect(names.count == 17)
    for name in names { #expect(try Self.error(ofMethod: name)?.code != .unknownMethod) }
    let message = try #require(try Self.error(ofMethod: "magic")).message
    for name in names { #expect(message.contains(name.text)) }
    #expect(message.split(separator: ",").count == 17)
  }

  @Test("a required field of a method in the schema is one that reading misses")
  func requiredFields() throws {
    let methods = try #require(Self.schema()["properties"]?["method"]?["oneOf"]?.elements)
    for method in methods {
      let name = try #require(method["properties"]?["name"]?["const"]?.text)
      let required = method["required"]?.elements?.compactMap(\.text) ?? []
      // Without points there is nothing to share; the check of the whole policy says so.
      guard name != "points_share" else { continue }
      #expect((try Self.error(ofMethod: name)?.code == .missingField) == (required.count > 1))
    }
  }

  @Test("the fields of the document's canonical form are in the schema")
  func fields() throws {
    let properties = try #require(Self.schema()["properties"]?.members).map(\.name)
    let policy = try Policy(json: Array(DocumentTests.full.utf8))
    for member in policy.document.members ?? [] { #expect(properties.contains(member.name)) }
    #expect(policy.document.members?.count == properties.count)
  }

  @Test("what extends a policy may change each of its fields, and says which policy that is")
  func extensions() throws {
    let own = try DocumentReader.read(Policy.extensionSchema)
    let properties = try #require(Self.schema()["properties"]?.members).map(\.name)
    let names = try #require(own["properties"]?.members).map(\.name)
    #expect(Set(names) == Set(properties + ["extends"]))
    #expect(own["required"] == ["policy", "extends"])
  }
}
