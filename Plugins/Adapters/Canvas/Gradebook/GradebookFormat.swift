internal import AdapterKit
internal import CAdapterABI

extension FormatInfo {
  /// The gradebook export.
  static var canvasGradebook: FormatInfo {
    FormatInfo(
      identifier: "canvas-gradebook", alias: "canvas", version: "1",
      title: "Canvas gradebook CSV", extensions: ["csv"], memberName: "gradebook.csv",
      flags: [.reads, .writes, .grouped, .spreadsheet, .severalMembers],
      capabilities: sourceLayer + gradebookPeople + gradebookScores,
      options: textOptions)
  }

  /// What same-format write-back needs.
  static var sourceLayer: [Capability] {
    let member = ["id", "format", "dialect", "header", "trailer", "position"]
    let line = ["member", "position", "check", "raw", "lineEnd"]
    return [
      Capability(CBL_KIND_SOURCE_MEMBER, reads: member, writes: member),
      Capability(CBL_KIND_SOURCE_LINE, reads: line, writes: line),
    ]
  }

  /// How the user names what a file does not say of itself.
  static var textOptions: [OptionInfo] {
    [
      OptionInfo(
        name: "encoding", values: ["text"], defaultValue: "utf8",
        help: "Encoding of a file without a byte order mark, such as windows1252."),
      OptionInfo(
        name: "delimiter", values: ["text"], defaultValue: "",
        help: "Delimiter: comma, semicolon, tab or the character itself."),
    ]
  }

  private static var gradebookPeople: [Capability] {
    let attribute = ["ownerKind", "owner", "vocabulary", "key", "value"]
    return [
      Capability(
        CBL_KIND_ATTRIBUTE, reads: attribute, reduces: attribute,
        rule: "Only attributes of people from a Canvas gradebook are written, as columns."),
      Capability(
        CBL_KIND_ACADEMIC_SESSION, reads: ["id", "title", "type"],
        reduces: ["id", "title", "type"],
        rule: "A grading period is written as part of the heading of a total."),
      Capability(
        CBL_KIND_CLASS, reads: ["id", "title"], reduces: ["id", "title"],
        rule: "A class is written as the section text: its title, or its identifier without one."),
      Capability(
        CBL_KIND_PERSON,
        reads: [
          "id", "givenName", "familyName", "name", "sortName", "username", "identifier",
          "identifiers", "role", "test",
        ],
        writes: ["id", "username", "identifier"],
        reduces: ["givenName", "familyName", "name", "sortName", "role", "test", "identifiers"],
        rule: "The name is written once, as it is sorted; everybody with a row is a student."),
      Capability(
        CBL_KIND_ENROLLMENT, reads: ["class", "person", "role"], writes: ["person"],
        reduces: ["class", "role"],
        rule: "Students are written as rows; other people of the class are left out."),
      Capability(
        CBL_KIND_CATEGORY, reads: ["id", "title"], reduces: ["id", "title"],
        rule: "A category is written as part of the heading of a total."),
    ]
  }

  private static var gradebookScores: [Capability] {
    [
      Capability(
        CBL_KIND_LINE_ITEM,
        reads: ["id", "title", "class", "maximum", "scoreKind", "position", "hidden"],
        writes: ["id", "title", "maximum"],
        reduces: ["class", "position", "hidden", "scoreKind"],
        rule: "Assignments become columns of the class; the order of the columns is their place."),
      Capability(
        CBL_KIND_RESULT,
        reads: [
          "lineItem", "person", "class", "state", "score", "textScore", "incomplete",
          "scoreKind",
        ],
        writes: ["lineItem", "person", "score"],
        reduces: ["class", "state", "textScore", "incomplete", "scoreKind"],
        needs: ["lineItem", "person"],
        rule: "A cell holds a score, else a score in words, else EX, N/A or a dash."),
      Capability(
        CBL_KIND_AGGREGATE_GRADE,
        reads: [
          "person", "class", "category", "academicSession", "title", "type", "score",
          "textScore", "scoreKind", "position",
        ],
        writes: ["person", "score"],
        reduces: [
          "class", "category", "academicSession", "title", "type", "textScore", "scoreKind",
          "position",
        ],
        needs: ["person"],
        rule: "A total becomes a column with its title as heading."),
    ]
  }
}
