import Scanning
import TestSupport
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
    ("<a><![CDATA[l1\r\nl2\rl3]]></a>", ["<a", "'l1\nl2\nl3", ">a"]),
    ("<a b='x\r\ny\tz'/>", ["<a b=x y z", ">a"]),
    ("\u{FEFF}<a/><!-- x --><?y z?>\n", ["<a", ">a"]),
    ("<a>a] ]&gt;</a>", ["<a", "'a] ]>", ">a"]),
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
    ("<a><![CDATA[\u{1}]]></a>", "!malformed 1:13"),
    ("<a>\u{FFFE}</a>", "!malformed 1:4"),
    ("<a>]]></a>", "!malformed 1:4"),
    ("<a>&#+65;</a>", "!refused 1:4"),
    ("<a>&#x-41;</a>", "!refused 1:4"),
    ("<a>&#xD800;</a>", "!refused 1:4"),
    ("<a>&#x110000;</a>", "!refused 1:4"),
    ("<a><!-- a -- b --></a>", "!malformed 1:11"),
    ("<a><!-- never closed", "!truncated 1:4"),
    ("<a><![CDATA[ never closed", "!truncated 1:4"),
    ("<a><?></a>", "!malformed 1:6"),
    ("<a><?xml version='1.0'?></a>", "!malformed 1:4"),
    ("\n<?xml version='1.0'?><a/>", "!malformed 2:1"),
    ("<a b='<'/>", "!malformed 1:7"),
    ("<a b='1'c='2'/>", "!malformed 1:9"),
    ("<a", "!truncated 1:1"),
    ("<a b", "!malformed 1:5"),
    ("<a b='1", "!truncated 1:7"),
    ("< a/>", "!malformed 1:2"),
    ("<1/>", "!malformed 1:2"),
    ("</a>", "!malformed 1:1"),
    ("<a/>text", "!malformed 1:5"),
    ("<a><!ENTITY x SYSTEM 'file:///etc/passwd'></a>", "!refused 1:4"),
    ("<!-- only a comment -->", "!truncated 1:24"),
  ]

  @Test("refuses what is not", arguments: broken)
  func refuses(document: String, expected: String) {
    #expect(tokens(document).last == expected)
  }

  @Test("names the byte that is not UTF-8")
  func encoding() {
    let document: [UInt8] = Array("<a>\n<b c='é".utf8) + [0xE9] + Array("'/></a>".utf8)
    document.withUnsafeBytes { bytes in
      var reader = unsafe XMLReader(bytes)
      let error = #expect(throws: ScanningError.self) {
        while try reader.next() != .end {}
      }
      #expect(error?.code == .encoding)
      #expect(error?.line == 2)
      #expect(error?.column == 9)
    }
  }

  @Test("never reads past the end of a damaged document")
  func damaged() {
    var random = SeededGenerator(seed: 13)
    let document = Array(
      "<?xml version='1.0'?><r a='1&lt;'><b/>t&#65;<![CDATA[x]]><!-- c --><c d=\"e\">f</c></r>".utf8
    )
    for _ in 0..<5_000 {
      var bytes = document
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(document.randomElement(using: &random) ?? 0, at: place)
        case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
        default: bytes.removeLast(min(bytes.count - 1, place / 2))
        }
      }
      withBytes(bytes) { text in
        var reader = unsafe XMLReader(text)
        var depth = 0
        do {
          while true {
            let token = try reader.next()
            if case .startElement = token { depth += 1 }
            if case .endElement = token { depth -= 1 }
            if token == .end { break }
          }
          #expect(depth == 0)
        } catch {
          #expect(error is ScanningError)
        }
      }
    }
  }

  @Test("refuses elements that nest too deep, without recursion")
  func depth() {
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(tokens(deep).last == "!limit 1:769")
  }
}
