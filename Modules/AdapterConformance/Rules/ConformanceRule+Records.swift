extension ConformanceRule {
  /// What a reader has to give.
  static let recordRules: [ConformanceRule] = [
    ConformanceRule(
      "batches", .basic, "Batches keep to the header",
      demand: """
        Each batch has its size, a known kind, aligned rows, a stride that is a multiple of 8 and no \
        smaller than the row of version 1.0, at most 1,048,576 rows, and texts whose bytes can be read.
        """,
      remedy: """
        Zero the cbl_batch, set size, kind, rows, count and stride, and keep the texts alive until \
        `put` returns.
        """),
    ConformanceRule(
      "text", .basic, "Texts are UTF-8",
      demand: "All texts of records, problems and losses made from the samples are valid UTF-8.",
      remedy: "Convert other encodings, and reject or repair what is not valid."),
    ConformanceRule(
      "values", .basic, "Values have the form of their field",
      demand: """
        Numbers, dates and booleans made from the samples are written as the header says: 1234.5, \
        2026-03-04 or 2026-03-04T10:00:00Z, true or false.
        """,
      remedy: "Turn the format's own notation into that of the header, or reject the row."),
    ConformanceRule(
      "origins", .basic, "Records say where they come from",
      demand:
        "The member of a record is one of the input, and its line is one that the member has.",
      remedy: "Set origin.member to the index of the member and origin.line to its line, from 1."),
    ConformanceRule(
      "capabilities", .basic, "Only what is declared is produced",
      demand: """
        Reading the samples gives no kind and no field that the capability table of the format does \
        not declare. What is declared and never seen is counted, not judged.
        """,
      remedy: "Add the field to `reads` of its kind, or leave it absent (NULL, not blank)."),
    ConformanceRule(
      "order", .basic, "An ordered format keeps the order",
      demand: """
        A format with CBL_ORDERED gives the kinds in the order of their numbers, but for source and \
        attribute records.
        """,
      remedy: "Give the kinds in order, or take the flag CBL_ORDERED away."),
    ConformanceRule(
      "problems", .basic, "Every problem says what it is",
      demand: """
        Problems in damaged samples have their size, a known severity, a code like word.word, a \
        message, and a known kind or 0.
        """,
      remedy: "Fill code and message of every cbl_problem, and memset it to 0 first."),
    ConformanceRule(
      "places", .basic, "Every problem says where it is",
      demand: """
        Skipped and rejected rows of damaged samples name their member and have a line that the \
        member has.
        """,
      remedy: "Set member and line of the cbl_problem; count lines from 1."),
    ConformanceRule(
      "accounting", .basic, "No row is lost in silence",
      demand: """
        When a line of a sample is damaged and fewer records come out, a problem says so.
        """,
      remedy: """
        Report each row that gives no record as CBL_SKIPPED or CBL_REJECTED before you go on.
        """),
    ConformanceRule(
      "status", .basic, "The status says how it ended",
      demand: """
        A call ends with a status of the header; with CBL_BAD_DATA or CBL_LIMIT exactly when a fatal \
        problem was reported; never with CBL_FAILED for bad input, nor with CBL_STOPPED or CBL_IO \
        when no callback said so.
        """,
      remedy: "Report a CBL_FATAL problem before returning CBL_BAD_DATA or CBL_LIMIT."),
    ConformanceRule(
      "restart", .basic, "Restarts are asked for once and only when allowed",
      demand: """
        CBL_AGAIN is answered only to CBL_MAY_RESTART, and a second call without the flag reads the \
        whole input.
        """,
      remedy: "Test request->flags for CBL_MAY_RESTART before you return CBL_AGAIN."),
  ]
}
