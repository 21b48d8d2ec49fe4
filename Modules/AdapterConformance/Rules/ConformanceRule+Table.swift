extension ConformanceRule {
  /// What the library and its table have to be.
  static let tableRules: [ConformanceRule] = [
    ConformanceRule(
      "entry", .basic, "The library exports its entry",
      demand: """
        The library loads, exports cbl_adapter_v1, and the function gives the same table each time \
        it is called.
        """,
      remedy: """
        Define `CBL_EXPORT const cbl_adapter *cbl_adapter_v1(uint32_t host_minor)` with C linkage \
        and return the address of a constant table.
        """),
    ConformanceRule(
      "sizes", .basic, "The table has the sizes and functions of version 1.0",
      demand: """
        The sizes of the table and of each format are at least those of version 1.0 and multiples \
        of 8, counts go with pointers, texts are UTF-8, and probe, read, open, put and close are \
        there.
        """,
      remedy: "Set each size to sizeof of its struct, and fill every function of the table."),
    ConformanceRule(
      "names", .basic, "The adapter and its formats have names",
      demand: """
        Identifier, version, vendor and licence are not blank; identifiers of formats are lower-case \
        words with dots and dashes, and no two formats share an identifier or alias; each format has \
        a title and a version, and a member name or CBL_SEVERAL_MEMBERS when it writes.
        """,
      remedy: "Fill the texts; write identifiers like `vendor-gradebook-2`."),
    ConformanceRule(
      "minor", .basic, "Newer hosts are taken",
      demand: """
        cbl_adapter_v1 gives the table to hosts of any later minor version, and structs that are \
        longer than those of version 1.0 change nothing in what is probed, read and written.
        """,
      remedy: """
        Do not compare host_minor or a size for equality: a size that is larger than your sizeof \
        only means that fields were appended.
        """),
    ConformanceRule(
      "declarations", .basic, "The capability table is sound",
      demand: """
        Each kind is known and declared once, masks name fields that the kind has, what is needed is \
        also written, nothing is both kept whole and reduced, what is reduced has a rule, and the \
        flags CBL_READS and CBL_WRITES go with the masks.
        """,
      remedy: "Correct the cbl_capability entries and the flags of the format."),
    ConformanceRule(
      "options", .basic, "Options are described",
      demand: """
        Each option has a name of its own, its allowed values, a default that is allowed, and help; \
        to give all options their defaults changes nothing.
        """,
      remedy: """
        Fill the cbl_option_info entries; the default must be one of the values, and what happens \
        when nobody sets the option.
        """),
  ]

  /// What a probe has to say.
  static let probeRules: [ConformanceRule] = [
    ConformanceRule(
      "probe-answer", .basic, "Probes answer in range",
      demand: """
        A probe ends with CBL_OK, gives a confidence from 0 to 100 and a reason with a terminator, \
        gives it again when asked again, and opens no member.
        """,
      remedy: "Set confidence and reason in every path, from names and heads alone."),
    ConformanceRule(
      "probe-own", .basic, "Own samples win",
      demand: """
        For each sample the format that it is a sample of is surer than every other format of the \
        adapter, and not at 0.
        """,
      remedy: """
        Look for what only this format has, such as its header or root element, and lower the \
        confidence of the formats that lack it.
        """),
    ConformanceRule(
      "probe-foreign", .basic, "Foreign samples lose",
      demand: """
        Inputs of other kinds (a plain table, a letter, JSON, XML, a web page, pictures, archives, \
        nothing at all) get less than 50, and less than any sample of the format.
        """,
      remedy: "Give 0 unless the head shows a mark of the format; do not go by the ending alone."),
    ConformanceRule(
      "probe-heads", .basic, "Probes survive damaged heads",
      demand: "10,000 heads made from samples by a fixed seed are probed without a fall.",
      remedy: """
        The step in the evidence names the input; look for reads past the bytes that `head` gave \
        and for bytes above 0x7F used as signed indices.
        """),
  ]
}
