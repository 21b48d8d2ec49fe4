import CatalogFiles
import Catalogs
import Testing

@Suite("Files taken apart")
struct ContentTests {
  static let forms: [(text: String, form: String)] = [
    ("{\"a\": 1}", "tree"), ("[1, 2]", "tree"), ("a,b\n1,2\n", "table"),
    ("{\"a\": 1}\n{\"b\": 2}\n", "lines"), ("{\"a\": 1}\n\n", "tree"),
    ("# words\n@prefix x: <urn:x:> .\nx:a x:b x:c .\n", "nodes"), ("{", "refused"),
  ]

  @Test("the first characters say what a file is", arguments: forms)
  func recognition(text: String, form: String) {
    let found =
      switch try? CatalogContent(parsing: Array(text.utf8)) {
      case .tree?: "tree"
      case .lines?: "lines"
      case .table?: "table"
      case .nodes?: "nodes"
      case nil: "refused"
      }
    #expect(found == form)
  }
}
