"""Inputs 1 to 32: what a table may hold."""

import district
from district import CRLF, SCORES, expected, result_row
from harness import TOOL, equal, outcome, peak, require

COLUMNS = ["--option", "columns=learner,lineItem,score,date,comment"]


def results(lines, end=CRLF, final=True, head=None):
    text = end.join([head or district.header("results"), *lines]) + (end if final else "")
    return text


def lines(scores=SCORES):
    return [result_row(*score) for score in scores]


def package(t, content=None, name="package", **more):
    replace = {} if content is None else {"results.csv": content}
    return t.folder(name, district.oneroster(replace=replace, **more))


def changed(change, index=1):
    odd = lines()
    odd[index] = change(odd[index])
    return odd


def add(suite):
    add_shapes(suite)
    add_values(suite)
    add_references(suite)
    add_formats(suite)


def add_shapes(suite):
    @suite.case(1, "empty file, in each format")
    def _(t):
        for name in ("g.csv", "x.ndjson", "x.json", "a.zip", "g.txt"):
            run = t.refused(t.file(name), output=f"out-{name}")
        return outcome(run)

    @suite.case(1, "file of blanks")
    def _(t):
        return outcome(t.refused(t.file("g.csv", b"  \n\n \n")))

    @suite.case(2, "heading only")
    def _(t):
        run = t.read(package(t, results([])))
        equal(run.scores(), [])
        return outcome(run)

    @suite.case(3, "no final line end")
    def _(t):
        run = t.read(package(t, results(lines(), final=False)))
        equal(run.scores(), expected())
        return outcome(run)

    @suite.case(4, "byte order mark")
    def _(t):
        run = t.read(package(t, "\ufeff" + results(lines())))
        equal(run.scores(), expected())
        return outcome(run)

    @suite.case(5, "UTF-16 with a mark")
    def _(t):
        for order in ("utf-16-le", "utf-16-be"):
            text = ("\ufeff" + district.canvas()).encode(order)
            run = t.convert(t.file(f"{order}.csv", text), output=order)
            if run.exit == 65:
                t.says(run, ["utf-16"])
            else:
                require(run.exit == 0 and len(run.evidence()) == 6, f"read wrongly: {run}")
        return outcome(run)

    @suite.case(6, "Latin-1 bytes")
    def _(t):
        text = district.canvas().replace("Ines", "In\u00e8s").encode("latin-1")
        path = t.file("g.csv", text)
        run = t.convert(path)
        require(run.exit in (1, 65), f"bad bytes were taken: {run}")
        t.placed(run, "g.csv", 3)
        named = t.read(path, args=["--encoding", "latin1"], output="named")
        require(len(named.evidence()) == 6, f"not all was read: {named}")
        return outcome(run)

    @suite.case(7, "NUL in a field")
    def _(t):
        run = t.reported(
            package(t, results(changed(lambda r: r.replace("2026-03-02,", "2026-03-02,\0")))),
            codes=["csv.nul"], rejected=1)
        return outcome(t.placed(run, "results.csv", 3))

    @suite.case(8, "CR only and mixed line ends")
    def _(t):
        text = results(lines())
        for name, odd in [("cr", text.replace(CRLF, "\r")),
                          ("mixed", text.replace(CRLF, "\n", 3))]:
            run = t.convert(package(t, odd, name=name), output=f"out-{name}")
            equal(run.scores(), expected())
        return outcome(run)

    @suite.case(9, "blank lines")
    def _(t):
        odd = lines()
        odd[3:3] = ["", ""]
        run = t.read(package(t, results(odd)))
        require(run.count("result", "skipped") == 2, f"blank lines are not counted: {run}")
        equal(run.scores(), expected())
        return outcome(run)

    @suite.case(10, "rows too short and too long")
    def _(t):
        odd = lines()
        odd[1] = "r2,,,li1"
        odd[3] += ",more,cells"
        run = t.convert(package(t, results(odd)))
        require({"csv.row_too_short", "csv.row_too_long"} <= run.codes(), f"not named: {run}")
        require(run.exit == 1, f"expected exit 1, {run}")
        scores = run.scores()
        require(all(row in expected() for row in scores), f"values were shifted: {run}")
        return outcome(run)

    @suite.case(11, "quote never closed")
    def _(t):
        odd = changed(lambda row: row.replace("2026-03-02,", '2026-03-02,"'), 2)
        run = t.refused(package(t, results(odd)))
        return outcome(t.placed(run, "results.csv", 4))

    @suite.case(12, "file cut inside a quoted field")
    def _(t):
        text = district.canvas()
        run = t.refused(t.file("g.csv", text[:text.index("Castell") + 4]))
        return outcome(t.placed(run, "g.csv", 5))

    @suite.case(13, "quote in an unquoted field")
    def _(t):
        path = t.file("g.csv", district.canvas(titles=('6" ruler (1)', "B (2)")))
        return outcome(t.read(path, codes=["csv.bare_quote"]))

    @suite.case(14, "text after a closing quote")
    def _(t):
        odd = changed(lambda row: row.replace("2026-03-02,", '2026-03-02,"a"b'))
        run = t.reported(package(t, results(odd)), codes=["csv.text_after_quote"], rejected=1)
        return outcome(t.placed(run, "results.csv", 3))

    @suite.case(15, "line breaks, commas and quotes in quotes")
    def _(t):
        odd = changed(lambda row: row.replace("2026-03-02,", '2026-03-02,"a ""b"", c"'))
        run = t.read(package(t, results(odd)), args=COLUMNS)
        require('a "b", c' in {row["comment"] for row in run.evidence()}, f"changed: {run}")
        broken = changed(lambda row: row.replace("2026-03-02,", '2026-03-02,"a\nb"'))
        other = t.convert(package(t, results(broken), name="breaks"), output="other", args=COLUMNS)
        require(other.exit in (0, 1), f"unexpected: {other}")
        require(other.exit == 1 or "a\nb" in {row["comment"] for row in other.evidence()},
                f"the line break changed: {other}")
        return outcome(run)

    @suite.case(16, "heading twice, missing, unknown")
    def _(t):
        head = district.header("results")
        t.refused(package(t, results(lines(), head=head.replace("comment", "score"))))
        missing = head.replace("studentSourcedId", "student")
        t.refused(package(t, results(lines(), head=missing), name="missing"), output="missing-out")
        more = results([row + ",x" for row in lines()], head=head + ",colour")
        run = t.read(package(t, more, name="more"), output="more-out")
        require(any("column_unknown" in code for code in run.codes()), f"not noted: {run}")
        equal(run.scores(), expected())
        return outcome(run)

    @suite.case(17, "headings in another order or case")
    def _(t):
        head = district.header("results").split(",")
        order = list(reversed(range(len(head))))
        turned = [",".join(row.split(",")[n] for n in order) for row in lines()]
        text = results(turned, head=",".join(head[n] for n in order))
        run = t.read(package(t, text))
        equal(run.scores(), expected())
        case = results(lines(), head=district.header("results").replace("score,", "Score,"))
        other = t.convert(package(t, case, name="case"), output="case-out")
        require(other.exit in (0, 65), f"unexpected: {other}")
        if other.exit == 0:
            require(other.codes(), f"not noted: {other}")
            equal(other.scores(), expected())
        return outcome(run)

    @suite.case(18, "semicolon and tab as separator")
    def _(t):
        for name, mark in [("semicolon", ";"), ("tab", "\t")]:
            text = results(lines()).replace(",", mark)
            run = t.convert(package(t, text, name=name), output=f"out-{name}")
            require(run.exit in (0, 65), f"unexpected: {run}")
            if run.exit == 0:
                equal(run.scores(), expected())
            else:
                t.says(run, [f"{name}s between its columns"])
        return outcome(run)

    @suite.case(19, "field of 100 MB")
    def _(t):
        path = t.path / "g.csv"
        head, tail = district.canvas().split("Brandt", 1)
        with open(path, "w", newline="") as file:
            file.write(head)
            for _ in range(100):
                file.write("x" * 1_000_000)
            file.write(tail)
        run = t.refused(path, args=["--from", "canvas-gradebook"], preexec=limit_memory(1 << 30))
        flat(path)
        return outcome(t.placed(run, "g.csv", 4))

    @suite.case(19, "record of 100 MB in fields of 20 kB")
    def _(t):
        path = t.path / "g.csv"
        head, points, first, *_ = district.canvas().split(CRLF)
        more = 5_000
        with open(path, "w", newline="") as file:
            file.write(head + "".join(f",Quiz {n} ({n})" for n in range(more)) + CRLF)
            file.write(points + ",1" * more + CRLF)
            file.write(first + f",{'1' * 20_000}" * more + CRLF)
        run = t.refused(path, args=["--from", "canvas-gradebook"], preexec=limit_memory(1 << 30))
        flat(path)
        return outcome(t.placed(run, "g.csv", 3))

    @suite.case(20, "1,000,000 columns")
    def _(t):
        text = "Student,ID,Section" + ",x" * 1_000_000 + "\n"
        run = t.refused(t.file("g.csv", text), args=["--from", "canvas-gradebook"])
        return outcome(run)


def flat(path):
    """Refusing takes memory for a record as large as the limit, not for what the file holds."""
    exit_code, bytes_held = peak([TOOL, "inspect", str(path), "--from", "canvas-gradebook"])
    require(exit_code == 65, f"exit {exit_code}")
    require(bytes_held < 96 << 20, f"{bytes_held >> 20} MB were held")


def limit_memory(count):
    """Limits the address space of a child."""
    import resource

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (count, count))
    return limit


def add_values(suite):
    @suite.case(21, "identifiers that are not numbers, with blanks and accents")
    def _(t):
        ids = ["007", "7", "1e5", "100000", "9007199254740993", "a", "a ", "\u00e9", "e\u0301"]
        data = district.rows()
        data["users"] = [district.user_row(i) for i in ids]
        data["roles"] = [f"ro{n},,,{i},primary,student,,,o1," for n, i in enumerate(ids)]
        data["enrollments"] = [f"e{n},,,c1,o1,{i},student,,," for n, i in enumerate(ids)]
        scores = [(f"r{n}", "li1", i, "5") for n, i in enumerate(ids)]
        data["results"] = [result_row(*score) for score in scores]
        run = t.convert(t.folder("package", district.oneroster(data)))
        require(run.exit in (0, 1), f"expected to be read, {run}")
        equal(run.scores(), expected(scores))
        return outcome(run)

    @suite.case(22, "scores that are no numbers, one by one")
    def _(t):
        bad = ["nan", "inf", "0x10", "1e400", "1,5", "\u0663", " 5", "+5"]
        odd = lines()
        for n, score in enumerate(bad):
            odd.append(result_row(f"x{n}", "li1", "u1", f'"{score}"'))
        run = t.reported(package(t, results(odd)), rejected=len(bad))
        equal(run.scores(), expected())
        return outcome(run)

    @suite.case(23, "score below, above; maximum 0 or missing")
    def _(t):
        data = district.rows()
        data["lineItems"] += [
            "li3,,,Zero,,2026-02-01,2026-03-01,c1,ca1,t1,0,0,o1",
            "li4,,,Open,,2026-02-01,2026-03-01,c1,ca1,t1,,,o1"]
        data["results"] += [
            result_row("x1", "li1", "u1", "-3"), result_row("x2", "li1", "u1", "12"),
            result_row("x3", "li3", "u1", "2"), result_row("x4", "li4", "u1", "2")]
        package = t.folder("package", district.oneroster(data))
        run = t.read(package, codes=["record.score_below_minimum"])
        t.refused(package, args=["--strict"], output="strict-out")
        for row in run.evidence():
            require(row["scaled"].lower() not in ("inf", "-inf", "nan"), f"divided by 0: {row}")
        return outcome(run)

    @suite.case(24, "dates that are none, and zones")
    def _(t):
        odd = lines()
        for n, date in enumerate(["2025-02-30", "0000-01-01", "31/12/2025"]):
            odd.append(result_row(f"x{n}", "li1", "u1", "5", date=date))
        odd.append(result_row("z", "li1", "u2", "6", date="2026-03-02T10:00:00+02:00"))
        run = t.convert(package(t, results(odd)), args=COLUMNS)
        require(run.exit in (0, 1), f"expected to be read, {run}")
        require(any("date" in code for code in run.codes()), f"bad dates are not named: {run}")
        dates = {row["date"] for row in run.evidence()}
        require(not dates & {"2025-03-02", "2025-02-30", "0000-01-01", "2026-03-02T10:00:00"},
                f"a date was guessed or a zone lost: {dates}")
        return outcome(run)

    @suite.case(29, "names that a spreadsheet takes for formulas")
    def _(t):
        names = ["=SUM(A1)", "+1", "-2", "@x", "\tx"]
        students = [(name, f"20{n}", "1.00", "2.00") for n, name in enumerate(names)]
        path = t.file("g.csv", district.canvas(students))
        run = t.read(path, to="canvas-gradebook", output="guarded.csv", args=["--force"])
        again = t.read(path, to="canvas-gradebook", output="plain.csv", args=["--no-excel"])
        require((t.path / "plain.csv").read_bytes() == path.read_bytes(),
                f"the round trip is not exact: {again}")
        difference = t.tool("diff", path, t.path / "guarded.csv")
        require(difference.exit == 0, f"the guard is not undone: {difference}")
        return outcome(run)

    @suite.case(30, "right-to-left overrides and zero width in names")
    def _(t):
        name = "A\u202eB\u200bC, D"
        path = t.file("g.csv", district.canvas([(name, "2001", "1.00", "2.00")]))
        run = t.read(path, to="canvas-gradebook", output="out.csv",
                     codes=["record.invisible_character"])
        require((t.path / "out.csv").read_bytes() == path.read_bytes(), f"changed: {run}")
        return outcome(run)


def add_references(suite):
    @suite.case(25, "an identifier twice")
    def _(t):
        data = district.rows()
        data["users"].append(data["users"][0])
        run = t.convert(t.folder("same", district.oneroster(data)))
        require(run.exit in (0, 1), f"expected to be read, {run}")
        require(any("duplicate" in code for code in run.codes()), f"not noted: {run}")
        data["users"][-1] = data["users"][0].replace("Ines", "Inez")
        other = t.convert(t.folder("other", district.oneroster(data)), output="other-out")
        require(other.exit in (1, 65), f"two contents of one identifier were taken: {other}")
        return outcome(other)

    @suite.case(26, "results that refer to nothing")
    def _(t):
        odd = [*lines(), result_row("x1", "li9", "u1", "5"), result_row("x2", "li1", "u9", "5")]
        run = t.convert(package(t, results(odd)))
        require(run.exit == 1, f"expected exit 1, {run}")
        require("reference.missing_target_record" in run.codes(), f"not named: {run}")
        t.placed(run, "results.csv", 8)
        return outcome(run)

    @suite.case(27, "a deleted user with results; a delta without its base")
    def _(t):
        stamp = "2026-03-02T10:00:00Z"
        data = {name: [row.replace(",,,", f",active,{stamp},", 1) for row in rows]
                for name, rows in district.rows().items()}
        data["users"][0] = data["users"][0].replace("active", "tobedeleted", 1)
        run = t.convert(t.folder("deleted", district.oneroster(data, mode="delta")))
        require(run.exit in (0, 1), f"expected to be read, {run}")
        alone = district.oneroster({"results": data["results"]}, mode="delta")
        other = t.convert(t.folder("alone", alone), output="alone-out")
        require(other.exit in (0, 1, 65), f"unexpected: {other}")
        require(other.exit == 65 or other.codes(), f"taken without a word: {other}")
        return outcome(other)

    @suite.case(28, "organizations that are their own parents")
    def _(t):
        data = district.rows()
        data["orgs"] = ["o1,,,Hill,school,S1,o2", "o2,,,Dale,district,S2,o1"]
        run = t.convert(t.folder("package", district.oneroster(data)), timeout=20)
        require(run.exit in (0, 1, 65), f"unexpected: {run}")
        require(any("loop" in code or "cycle" in code for code in run.codes())
                or run.exit == 65, f"the loop is not named: {run}")
        group = "{},group,{},,,,,active,{},,,"
        head = ("vendor_guid,object_type,title,description,display_name,calculation_method,"
                "calculation_int,workflow_state,parent_guids,ratings,,")
        rows = [group.format("a", "A", "b"), group.format("b", "B", "a")]
        run = t.convert(t.file("o.csv", CRLF.join([head, *rows, ""])), to="cbl", output="loop")
        require(run.exit == 65, f"the loop of outcomes was taken: {run}")
        t.says(run, ["a -> b -> a"])
        return outcome(run)

    @suite.case(32, "manifest and files disagree")
    def _(t):
        for name, modes in [("present", {"results": "absent"}), ("absent", {"scoreScales": "bulk"})]:
            run = t.convert(package(t, name=name, modes=modes), args=["--strict"],
                            output=f"strict-{name}")
            require(run.exit == 65, f"strict took it: {run}")
            lenient = t.convert(t.path / name, output=f"lenient-{name}")
            require(lenient.codes(), f"taken without a word: {lenient}")
        return outcome(run)


def add_formats(suite):
    @suite.case(31, "Canvas: no points, manual posting, EX, N/A, letters")
    def _(t):
        whole = district.canvas([
            ("A, B", "2001", "EX", "18.00"), ("C, D", "2002", "N/A", "B+"),
            ("E, F", "2003", "", "maybe")])
        run = t.convert(t.file("special.csv", whole))
        require(run.exit in (0, 1), f"expected to be read, {run}")
        found = {(row["learner"], row["score"]) for row in run.evidence()}
        require(("2001", "18.00") in found, f"the score is missing: {run}")
        require(not any(score in ("EX", "N/A", "B+", "maybe") for _, score in found),
                f"a word became a score: {found}")
        head, points, *rest = district.canvas().split(CRLF)
        run = t.convert(t.file("none.csv", CRLF.join([head, *rest])), output="none")
        require(run.exit in (0, 1), f"without points possible: {run}")
        require(len(run.evidence()) == 6, f"not all was read: {run}")
        posting = ",,,,,Manual Posting,"
        run = t.convert(t.file("posting.csv", CRLF.join([head, posting, points, *rest])),
                        output="posting")
        require(run.exit == 0 and len(run.evidence()) == 6, f"not all was read: {run}")
        return outcome(run)
