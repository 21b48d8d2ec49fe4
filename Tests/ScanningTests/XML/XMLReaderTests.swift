import Scanning
import Testing

@Suite("XML reader")
struct XMLReaderTests {
  /// The tokens of a document, one a line, or the code of the error that ends it.
  private func tokens(_ document: String) -> [String] {
    var lines: [String] = []
    Array(document.utf8).withUnsafeBytes { bytes in
      var reader = unsafe XMLReader(bytes)
      do throws(ScanningError) {
        while true {
          switch try reader.next() {
          case .startElement(let name, let attributes):
            lines.append(
              (["<" + name] + attributes.map { "\($0.name)=\($0.value)" }).joined(separator: " "))
          case .endElement(let name): lines.append(">" + name)
          case .text(let text): lines.append("'" + text)
          case .end: return
          }
        }
      } catch {
        lines.append("!\(error.code) \(error.line):\(error.column)")
      }
    }
    return lines
  }

  static let sound: [(String, [String])] = [
    ("<a/>", ["<a", ">a"]),
    (
      "<?xml version='1.0'?>\n<r b=\"1\" c='&lt;&#65;'>x<!-- no -->y</r>\n",
      ["<r b=1 c=<A", "'x", "'y", ">r"]
    ),
    ("<a>1 &amp; 2\tz<![CDATA[<&>]]></a>", ["<a", "'1 & 2\tz", "'<&>", ">a"]),
    ("<n:a xmlns:n='u'><n:b/></n:a>", ["<n:a xmlns:n=u", "<n:b", ">n:b", ">n:a"]),
    ("<a>&#x1F600;</a>", ["<a", "'\u{1F600}", ">a"]),
    ("<a>l1\r\nl2\rl3</a>", ["<a", "'l1\nl2\nl3", ">a"]),
  ]

  @Test("reads what is well-formed", arguments: sound)
  func reads(document: String, expected: [String]) {
    #expect(tokens(document) == expected)
  }

  static let broken: [(String, String)] = [
    ("", "!truncated 1:1"),
    ("<a><b></a>", "!malformed 1:7"),
    ("<a>text", "!truncated 1:8"),
    ("<a/><b/>", "!malformed 1:5"),
    ("<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "!refused 1:1"),
    ("<a>&x;</a>", "!refused 1:4"),
    ("<a>&#0;</a>", "!refused 1:4"),
    ("<a b='1' b='2'/>", "!duplicate 1:15"),
    ("<a b=1/>", "!malformed 1:6"),
    ("<a>a & b</a>", "!malformed 1:6"),
    ("x<a/>", "!malformed 1:1"),
    ("<a>\u{1}</a>", "!malformed 1:4"),
  ]

  @Test("refuses what is not", arguments: broken)
  func refuses(document: String, expected: String) {
    #expect(tokens(document).last == expected)
  }

  @Test("refuses elements that nest too deep, without recursion")
  func depth() {
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(tokens(deep).last == "!limit 1:769")
  }
}
