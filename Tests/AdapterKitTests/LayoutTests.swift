import AdapterKit
import CAdapterABI
import Scanning
import Testing

@Suite("The table of kinds")
struct KindTableTests {
  @Test("field n of a row is the text n after the origin", arguments: 1..<CBL_KIND_COUNT.rawValue)
  func offsets(kind: UInt32) throws {
    let info = try #require(cbl_kind_table(kind)).pointee
    #expect(info.kind == kind)
    for field in 0..<Int(info.field_count) {
      #expect(info.fields[field].offset == 16 * (field + 1))
    }
    #expect(info.row_size == 16 * (Int(info.field_count) + 1))
  }

  @Test("there is nothing outside the table")
  func outside() {
    #expect(cbl_kind_table(0) == nil)
    #expect(cbl_kind_table(CBL_KIND_COUNT.rawValue) == nil)
  }
}

@Suite("Layout of a delimited member")
struct LayoutTests {
  @Test("says itself as text and back")
  func text() {
    var layout = CSVLayout()
    layout.encoding = .utf16LE
    layout.hasByteOrderMark = true
    layout.dialect = .semicolon
    layout.lineEnd = .cr
    layout.hasFinalLineEnd = false
    layout.quoting = [.needed, .filled, .always]
    layout.otherQuoting = .always
    #expect(CSVLayout(layout.text) == layout)
    #expect(CSVLayout("encoding=rot13") == nil)
  }

  @Test("quotes a column as the column is quoted")
  func quoting() {
    var layout = CSVLayout()
    layout.quoting = [.needed, .filled, .always]
    var line = ByteBuffer()
    for (column, cell) in ["a", "a", "", "x,y"].enumerated() {
      Array(cell.utf8).withUnsafeBytes { bytes in
        layout.append(Text(bytes), column: column, to: &line)
      }
      line.append(UInt8(ascii: "|"))
    }
    #expect(line.withBytes { String(decoding: $0, as: UTF8.self) } == "a|\"a\"|\"\"|\"x,y\"|")
  }
}
