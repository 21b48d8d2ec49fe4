import Scanning

let text: StaticString = "id;name\n007;\"Brandt; Jonas\"\n"
let bytes = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
let dialect = CSVDialect.sniff(bytes)
print("the delimiter is '\(Character(Unicode.Scalar(dialect.delimiter)))'")
