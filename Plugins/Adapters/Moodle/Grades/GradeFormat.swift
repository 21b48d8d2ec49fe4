internal import AdapterKit
internal import CAdapterABI

extension FormatInfo {
  /// How the user names what a file does not say of itself.
  static var textOptions: [OptionInfo] {
    [
      OptionInfo(
        name: "encoding", values: ["text"], defaultValue: "utf8",
        help: "Encoding of a file without a byte order mark, such as windows1252."),
      OptionInfo(
        name: "delimiter", values: ["text"], defaultValue: "",
        help: "Delimiter: comma, semicolon, tab, colon or the character itself."),
    ]
  }

  /// What every delimited format of the family keeps of its source.
  static var sourceCapabilities: [Capability] {
    let member = ["id", "format", "dialect", "header", "trailer", "position"]
    let line = ["member", "position", "check", "raw", "lineEnd"]
    return [
      Capability(CBL_KIND_SOURCE_MEMBER, reads: member, writes: member),
      Capability(CBL_KIND_SOURCE_LINE, reads: line, writes: line),
    ]
  }

  /// Moodle's grade export as text.
  static var moodleGrades: FormatInfo {
    FormatInfo(
      identifier: "moodle-grades", alias: "moodle", version: "4", title: "Moodle grade export",
      extensions: ["csv", "txt", "tsv"], memberName: "grades.csv",
      flags: [.reads, .writes, .spreadsheet, .grouped, .severalMembers],
      capabilities: sourceCapabilities + gradePeople + gradeScores, options: textOptions)
  }

  private static var gradePeople: [Capability] {
    let attribute = ["ownerKind", "owner", "vocabulary", "key", "value"]
    return [
      Capability(
        CBL_KIND_ATTRIBUTE, reads: attribute, reduces: attribute,
        rule: "Fields of people from Moodle become columns; other attributes are left out."),
      Capability(
        CBL_KIND_DATASET,
        reads: ["id", "format", "intent", "systemName", "locale", "created"],
        reduces: ["id", "format", "intent", "systemName", "locale", "created"],
        rule: "The time of an export from Moodle is written, nothing else of the data set."),
      Capability(
        CBL_KIND_CLASS, reads: ["id", "title"], reduces: ["id", "title"],
        rule: "A class is a file, named after the identifier of the class."),
      Capability(
        CBL_KIND_PERSON,
        reads: [
          "id", "givenName", "familyName", "name", "username", "identifier", "email", "role",
        ],
        writes: ["givenName", "familyName", "email"],
        reduces: ["id", "name", "sortName", "username", "identifier", "role"],
        rule: "People with a row are students; the ID number is the identifier of the person, or "
          + "that of the record when the person has none; a name in one piece is a last name."),
      Capability(
        CBL_KIND_ENROLLMENT, reads: ["class", "person", "role", "state"],
        reduces: ["class", "person", "role", "state"],
        rule: "Students are rows of the file of their class; of the state only suspended is kept."),
      Capability(
        CBL_KIND_CATEGORY, reads: ["id", "title", "class"], reduces: ["id", "title", "class"],
        rule: "A category is written as part of the heading of a total."),
    ]
  }

  private static var gradeScores: [Capability] {
    [
      Capability(
        CBL_KIND_LINE_ITEM,
        reads: ["id", "title", "class", "type", "scoreKind", "position"],
        writes: ["title"], reduces: ["id", "class", "type", "scoreKind", "position"],
        rule: "An item is columns of its class; the identifier read back is made from the title, "
          + "and kinds of activity are those of Moodle."),
      Capability(
        CBL_KIND_RESULT,
        reads: [
          "id", "lineItem", "person", "class", "state", "score", "textScore", "comment",
          "scoreKind",
        ],
        writes: ["score", "comment"],
        reduces: ["id", "lineItem", "person", "class", "state", "textScore", "scoreKind"],
        needs: ["lineItem", "person"],
        rule: "A cell holds a score, else words, else the dash of a missing grade; learners and "
          + "items are named as the file names them."),
      Capability(
        CBL_KIND_AGGREGATE_GRADE,
        reads: [
          "person", "class", "category", "title", "type", "score", "textScore", "scoreKind",
          "position",
        ],
        writes: ["score"],
        reduces: [
          "person", "class", "category", "title", "type", "textScore", "scoreKind", "position",
        ],
        needs: ["person"],
        rule: "A total is a column with its title, and the word total, as heading."),
    ]
  }
}
