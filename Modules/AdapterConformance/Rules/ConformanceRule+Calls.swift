extension ConformanceRule {
  /// How calls have to behave.
  static let callRules: [ConformanceRule] = [
    ConformanceRule(
      "stop", .basic, "A stop is obeyed at once",
      demand: """
        When a callback answers CBL_STOPPED or CBL_IO, no other callback is called any more and the \
        function returns that status; each callback of a reading and a writing is tried.
        """,
      remedy: "Return the status of every callback at once when it is not CBL_OK."),
    ConformanceRule(
      "cancel", .basic, "A large reading ends within 100 ms",
      demand: """
        From a callback that answers CBL_STOPPED to the end of the call pass less than 100 ms, and \
        no more than 100 ms of work lie between two callbacks.
        """,
      remedy: "Call host->progress now and then in long work, and free large structures quickly."),
    ConformanceRule(
      "calling-thread", .basic, "Callbacks come on the calling thread",
      demand: "Every callback comes on the thread of the call, before the function returns.",
      remedy: "Do the work on the calling thread; if you use threads, hand results over first."),
    ConformanceRule(
      "borrowed-call", .basic, "Nothing of a call is kept",
      demand: """
        After probe and read have returned, the host overwrites and unmaps its structs and names; \
        later calls with other memory read the same.
        """,
      remedy: "Keep no pointer of the host in a static variable; copy what you need for later."),
    ConformanceRule(
      "borrowed-request", .basic, "The request is not kept by a session",
      demand: "The request is overwritten and unmapped when `open` returns; writing goes on.",
      remedy: "Copy flags and options in `open`; only host and output live until `close`."),
    ConformanceRule(
      "borrowed-rows", .basic, "Rows are not kept by a session",
      demand: """
        Each batch and its texts are overwritten and unmapped when `put` returns; the output is the \
        same as without that.
        """,
      remedy: "Write rows out in `put`, or copy their texts."),
    ConformanceRule(
      "nested", .basic, "Readings may be nested",
      demand: """
        A reading that is begun inside a callback of another one, and both, give what they give \
        alone.
        """,
      remedy: "Keep the state of a call on its stack or heap, not in static variables."),
    ConformanceRule(
      "sessions", .basic, "Two sessions may be open at once",
      demand: "Two writings whose calls alternate give what each gives alone.",
      remedy: "Allocate a session in `open`, give it in `*session`, and keep all state there."),
    ConformanceRule(
      "threads", .basic, "Two threads may read at once",
      demand: """
        Two threads that read at the same time, callback by callback, get what each gets alone.
        """,
      remedy: "Use no static buffers and no functions such as strtok or localtime."),
    ConformanceRule(
      "determinism", .basic, "The same input gives the same output",
      demand: """
        Reading twice, also in another process with another time zone and language, gives the same \
        records and problems; writing them gives the same bytes.
        """,
      remedy: "Use no clock, random number, address, locale or order of a hash table."),
    ConformanceRule(
      "process", .basic, "The process is left as it was",
      demand: """
        Calls change no working folder, environment, locale, file mode mask or signal handler, and \
        leave no file open and no thread behind.
        """,
      remedy: "Leave such settings alone, and close and join what you open and start."),
    ConformanceRule(
      "files", .basic, "No file is opened",
      demand: """
        Calls do the same when the process may write to no file and open none.
        """,
      remedy: "Take all bytes from cbl_input and give all bytes to cbl_output."),
    ConformanceRule(
      "quiet", .basic, "Nothing is printed",
      demand: "Calls write nothing to standard output and standard error.",
      remedy: "Use host->log for notes to developers and host->report for users."),
    ConformanceRule(
      "memory", .basic, "Memory is given back",
      demand: """
        The memory of the process does not grow over 1,200 calls of a sort: read, read damaged \
        input, stopped reading, writing, abandoned writing.
        """,
      remedy: "Free everything on every path out of a call, the early ones too."),
  ]

  /// What a writer has to do.
  static let writerRules: [ConformanceRule] = [
    ConformanceRule(
      "members", .basic, "Members are begun, written and ended",
      demand: """
        begin, write and end come in that order; names are relative, plain and each used once; there \
        is one member, named as declared, unless the format has CBL_SEVERAL_MEMBERS.
        """,
      remedy: "Call begin and end around each member; use member_name when there is only one."),
    ConformanceRule(
      "abandon", .basic, "An abandoned writing writes no more",
      demand: """
        close with abandon begins nothing, writes nothing and frees the session, at every point of \
        a writing.
        """,
      remedy: "In `close`, free and return CBL_OK without a callback when abandon is not 0."),
    ConformanceRule(
      "round-trip", .strict, "What is written reads back",
      demand: """
        read(write(x)) = x minus what was lost: of each kind that is read and written, records that \
        do not come back are counted by `lose` or by a problem, and fields declared in `writes` come \
        back as they were. x is read from the samples and made from them by a seed.
        """,
      remedy: """
        Escape delimiters and quotes, write numbers as they came, and declare in `reduces`, or call \
        `lose`, for what the format cannot hold.
        """),
    ConformanceRule(
      "same-bytes", .strict, "The source layer gives back the bytes",
      demand: """
        A format that gives source records writes a sample back byte for byte when nothing was \
        changed.
        """,
      remedy: "Give source_member and source_line records for all that the records do not say."),
  ]

  /// What hostile input must not do.
  static let hostileRules: [ConformanceRule] = [
    ConformanceRule(
      "truncation", .basic, "Input may end at every byte",
      demand: """
        Each sample is cut at every byte (at 64 of them at the basic level): no fall, no hang, and a \
        status of the header.
        """,
      remedy: "Look for reads past the end: a line, quote or number that never closes."),
    ConformanceRule(
      "bit-flips", .strict, "Every bit may be wrong",
      demand: "2,000 samples with flipped bits and moved pieces, made by a fixed seed, are read.",
      remedy: "The step in the evidence gives the sample and the number; check before you index."),
    ConformanceRule(
      "giant-fields", .strict, "A field may have a megabyte",
      demand: "A megabyte of letters, digits, quotes or delimiters stands in several places.",
      remedy: "Let buffers grow up to a limit, and answer CBL_LIMIT with a fatal problem there."),
    ConformanceRule(
      "nesting", .strict, "Nesting may be deep",
      demand: "200,000 open brackets, objects and elements, alone and inside of samples, are read.",
      remedy: "Count the depth and answer CBL_LIMIT with a fatal problem; do not recurse freely."),
    ConformanceRule(
      "encodings", .strict, "Wrong encodings give no wrong text",
      demand: """
        Samples as UTF-16, with bytes of Latin-1, broken UTF-8, byte order marks, NUL bytes or other \
        line ends are read without a fall, and all texts that come out are UTF-8.
        """,
      remedy: "Check UTF-8 before you hand a text over; reject the row or convert it."),
  ]

  /// How fast an adapter has to be.
  static let speedRules: [ConformanceRule] = [
    ConformanceRule(
      "scaling", .strict, "Work grows with the input",
      demand: "Eight times the input takes at most 32 times the CPU time.",
      remedy: "Look for a search from the start, or a copy of all that was read, at each row."),
    ConformanceRule(
      "speed", .strict, "Reading is fast enough",
      demand: "A large sample is read at 0.25 MB or more per second of CPU time.",
      remedy: "Read in blocks of 64 KB, and put batches of 64 to 1,024 rows."),
  ]
}
