/// Inputs that are of no gradebook format, or of none that an adapter can claim by their head.
enum ForeignSamples {
  static let all: [Sample] = [
    text("empty.txt", ""),
    text("letter.txt", "Dear Ms Okoro,\n\nthe meeting is moved to Thursday at four.\n"),
    text("weather.csv", "station,day,rain\nK12,2026-03-04,1.5\nK12,2026-03-05,0\n"),
    text("stock.tsv", "part\tshelf\tcount\nA-7\t3\t120\nB-9\t1\t4\n"),
    text("prices.csv", "Artikel;Preis\nStift;1,20\nHeft;0,80\n"),
    text("settings.json", "{\"window\": {\"width\": 800, \"height\": 600}, \"recent\": []}\n"),
    text("list.json", "[1, 2, 3, {\"a\": null}]\n"),
    text("log.ndjson", "{\"t\": 1, \"level\": \"info\"}\n{\"t\": 2, \"level\": \"warn\"}\n"),
    text("feed.xml", "<?xml version=\"1.0\"?>\n<feed><entry><title>News</title></entry></feed>\n"),
    text("page.html", "<!DOCTYPE html>\n<html><head><title>Page</title></head></html>\n"),
    text("program.c", "#include <stdio.h>\nint main(void) { return puts(\"hello\") < 0; }\n"),
    binary("picture.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D]),
    binary("archive.zip", [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0]),
    binary("packed.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]),
    binary("zeros.bin", Array(repeating: 0, count: 4096)),
    Sample(
      name: "two files", format: nil,
      members: [
        SampleMember(name: "a/readme.txt", bytes: Array("read me\n".utf8)),
        SampleMember(name: "b/data.csv", bytes: Array("x,y\n1,2\n".utf8)),
      ]),
  ]

  private static func text(_ name: String, _ text: String) -> Sample {
    binary(name, Array(text.utf8))
  }

  private static func binary(_ name: String, _ bytes: [UInt8]) -> Sample {
    Sample(name: name, format: nil, members: [SampleMember(name: name, bytes: bytes)])
  }
}
