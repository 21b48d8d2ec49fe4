import AdapterHost
import Foundation
import Interop
import Testing

/// Every sample, through the whole pipeline and back.
@Suite("Samples through the pipeline", .enabled(if: Samples.areThere))
struct SampleCircleTests {
  /// A sample and the format that it must be taken for.
  struct Sample: Sendable, CustomStringConvertible {
    var path: String
    var format: String

    var description: String { path }
  }

  private static let folders: [(path: String, format: String, isPackage: Bool)] = [
    ("oneroster-1.1-csv", "oneroster-1.1", true),
    ("oneroster-1.2-csv", "oneroster-1.2", true),
    ("canvas-gradebook", "canvas-gradebook", false),
    ("canvas-outcomes", "canvas-outcomes", false),
    ("canvas-sis-import", "canvas-sis", false),
    ("moodle-grades-csv", "moodle-grades", false),
    ("moodle-competency-framework", "moodle-competencies", false),
    ("xapi", "xapi", false),
  ]

  static let samples: [Sample] = {
    guard let root = Samples.folder else { return [] }
    let known = Set(Pairs.catalog.formats.map(\.format.identifier))
    var samples: [Sample] = []
    for (path, format, isPackage) in folders where known.contains(format) {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + path))
      for name in (names ?? []).sorted() where name != "negative" {
        // Part of a record, not an export.
        if name == "migration_outcomes.json" { continue }
        if isPackage == (name.hasSuffix(".csv") || name.hasSuffix(".json")) { continue }
        samples.append(Sample(path: "\(path)/\(name)", format: format))
      }
    }
    samples.append(Sample(path: "canvas-sis-import", format: "canvas-sis"))
    return samples
  }()

  /// The ways there and back: directly, or through our own format.
  enum Way: String, CaseIterable, Sendable {
    case direct, zip, folder, lines
  }

  @Test("come back byte for byte")
  func circle() throws {
    var failures: [String] = []
    for sample in Self.samples {
      for way in Way.allCases {
        do {
          if let failure = try Self.failure(of: sample, by: way) {
            failures.append("\(sample.path) | \(way.rawValue) | \(failure)")
          }
        } catch {
          failures.append("\(sample.path) | \(way.rawValue) | \(error)")
        }
      }
    }
    #expect(Self.samples.count > 20)
    #expect(failures.isEmpty, "\n\(failures.joined(separator: "\n"))\n")
  }

  private static func failure(of sample: Sample, by way: Way) throws -> String? {
    guard let root = Samples.folder else { return nil }
    let input = root.path + "/" + sample.path
    let folder = try PairFolder()
    let found = try Pairs.catalog.recognize(Container.open(input)).handle.format.identifier
    if found != sample.format { return "taken for \(found)" }
    let ending = input.hasSuffix(".zip") ? ".zip" : "/"
    let output = folder["back" + ending]
    var reports: [ConversionReport] = []
    switch way {
    case .direct:
      reports.append(try Pairs.convert([input], to: sample.format, at: output))
    case .zip, .folder, .lines:
      let between = folder[way == .zip ? "a.zip" : way == .folder ? "a/" : "a.ndjson"]
      let format = way == .lines ? "cbl-ndjson" : "cbl"
      reports.append(try Pairs.convert([input], to: format, at: between))
      reports.append(try Pairs.convert([between], to: sample.format, at: output))
    }
    for report in reports where !report.isBalanced { return "accounts: \(report.rows)" }
    for report in reports where !report.certificate.isLossless {
      return "losses: \(report.certificate.counted)"
    }
    return Pairs.difference(
      try Pairs.members(of: input).filter { !$0.key.hasSuffix(".md") },
      try Pairs.members(of: output))
  }

  static let negative: [(folder: String, code: String, member: String, line: UInt64)] = [
    ("bulk-lifecycle-status-failure", "row.field_forbidden_in_bulk", "users.csv", 2),
    ("csv-quote-failure", "csv.unescaped_quote", "users.csv", 2),
    ("duplicate-sourcedid-failure", "reference.duplicate_sourced_id", "users.csv", 3),
    ("invalid-manifest-header", "manifest.invalid_header", "manifest.csv", 1),
    ("manifest-marks-present-file-absent", "manifest.file_unexpected", "manifest.csv", 24),
    ("missing-manifest", "package.missing_manifest", "manifest.csv", 0),
    ("missing-target-record-failure", "reference.missing_target_record", "lineItems.csv", 2),
  ]

  @Test("packages with a fault are told where it is", arguments: negative)
  func refuses(name: String, code: String, member: String, line: UInt64) throws {
    let root = try #require(Samples.folder)
    let folder = try PairFolder()
    for isStrict in [false, true] {
      var options = ConversionOptions(to: "cbl-ndjson")
      options.from = "oneroster-1.2"
      options.isStrict = isStrict
      let conversion = Conversion(catalog: Pairs.catalog, options: options)
      var report: ConversionReport?
      do {
        report = try conversion.run(
          [root.path + "/oneroster-1.2-csv/negative/" + name], to: folder["\(isStrict).ndjson"])
      } catch {
        #expect(error is InteropError || "\(type(of: error))" == "AdapterHostError")
      }
      let problems = (report ?? conversion.report).problems
      let problem = problems.first { $0.code == code }
      #expect(problem?.member == member, "\(problems)")
      #expect(problem?.line == line)
      if isStrict { #expect(report == nil) }
    }
  }
}
