"""The hostile CSV files that other programs read wrongly without a word, remade.

Each is given as a member of a OneRoster package and as a Canvas gradebook. Silently wrong would be:
exit 0 with rows that differ from what the bytes say, or accounts that do not hold.
"""

import district
import harness
from district import CRLF, SCORES, expected, result_row
from harness import equal, outcome, require

suite = harness.Suite("hostile CSV files")
CANVAS = [
    ("2001", "9101", "9.00"), ("2001", "9102", "18.00"), ("2002", "9101", "7.50"),
    ("2002", "9102", "0.00"), ("2003", "9101", "10.00"), ("2003", "9102", "20.00"),
]


def results(lines, end=CRLF, final=True, head=None):
    text = end.join([head or district.header("results"), *lines]) + (end if final else "")
    return text


def package(t, content, **more):
    return t.folder("package", district.oneroster(replace={"results.csv": content}, **more))


def lines(scores=SCORES):
    return [result_row(*score) for score in scores]


def canvas_scores(run):
    """The scores with numbers in place of whatever the identifiers are spelt like."""
    found = []
    for row in run.evidence():
        learner = row["learner"].rsplit(":", 1)[-1]
        item = row["lineItem"].rsplit(":", 1)[-1]
        found.append((learner, item, row["score"]))
    return sorted(found)


def both(number, name):
    """A case in two vehicles; each body gets a scratch folder and gives its run."""
    def add(pair):
        for vehicle, body in pair().items():
            def run_it(t, body=body):
                return outcome(body(t))
            suite.cases.append((str(number), f"{name} ({vehicle})", run_it))
        return pair
    return add


def reads_all(run, scores, learn=None):
    equal((learn or harness.Run.scores)(run), scores)
    return run


@both(1, "identifiers 007 and 7")
def _():
    def roster(t):
        data = district.rows()
        for name in ("users", "roles", "enrollments", "results"):
            data[name] = [line.replace("u1", "007").replace("u2", "7") for line in data[name]]
        run = t.read(t.folder("package", district.oneroster(data)))
        swap = {"u1": "007", "u2": "7"}
        return reads_all(run, sorted((swap.get(u, u), i, s) for u, i, s in expected()))

    def canvas(t):
        run = t.read(t.file("g.csv", district.canvas([
            ("A, B", "007", "9.00", "18.00"), ("C, D", "7", "7.50", "0.00")])))
        return reads_all(run, [
            ("007", "9101", "9.00"), ("007", "9102", "18.00"), ("7", "9101", "7.50"),
            ("7", "9102", "0.00")], canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(2, "identifiers beyond 2^53, 1e5, composed and decomposed accents")
def _():
    def roster(t):
        data = district.rows()
        ids = ["9007199254740993", "9007199254740992", "1e5", "100000", "\u00e9", "e\u0301"]
        data["users"] = [district.user_row(i) for i in ids]
        data["roles"] = [f"ro{n},,,{i},primary,student,,,o1," for n, i in enumerate(ids)]
        data["enrollments"] = [f"e{n},,,c1,o1,{i},student,,," for n, i in enumerate(ids)]
        scores = [(f"r{n}", "li1", i, str(n)) for n, i in enumerate(ids)]
        data["results"] = [result_row(*score) for score in scores]
        run = t.convert(t.folder("package", district.oneroster(data)))
        require(run.exit in (0, 1), f"expected to be read, {run}")
        return reads_all(run, expected(scores))

    def canvas(t):
        run = t.read(t.file("g.csv", district.canvas([
            ("A, B", "9007199254740993", "9.00", "1.00"),
            ("C, D", "9007199254740992", "7.50", "2.00")])))
        return reads_all(run, sorted([
            ("9007199254740993", "9101", "9.00"), ("9007199254740993", "9102", "1.00"),
            ("9007199254740992", "9101", "7.50"), ("9007199254740992", "9102", "2.00"),
        ]), canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(3, "row too short")
def _():
    def roster(t):
        bad = lines()
        bad[1] = "r2,,,li1,u2,fully graded"
        run = t.reported(package(t, results(bad)), codes=["csv.row_too_short"], rejected=1)
        require(any(p.get("line") == 3 for p in run.problems()), f"line 3 is not named: {run}")
        return reads_all(run, expected(SCORES[:1] + SCORES[2:]))

    def canvas(t):
        text = district.canvas().replace('"Brandt, Jonas",2002,S2002,l2002,Math 5 A,7.50,0.00',
                                         '"Brandt, Jonas",2002,S2002')
        run = t.convert(t.file("g.csv", text))
        require("csv.row_too_short" in run.codes(), f"the short row is not named: {run}")
        kept = [row for row in CANVAS if row[0] != "2002"]
        return reads_all(run, kept, canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(4, "row too long")
def _():
    def roster(t):
        bad = lines()
        bad[1] = bad[1].replace("7.5", "7,5")
        run = t.convert(package(t, results(bad)))
        require(run.exit in (0, 1, 65), f"unexpected: {run}")
        require("csv.row_too_long" in run.codes(), f"the long row is not named: {run}")
        return reads_all(run, expected(SCORES[:1] + SCORES[2:]))

    def canvas(t):
        text = district.canvas().replace("7.50", "7,50")
        run = t.reported(t.file("g.csv", text), codes=["csv.row_too_long"], kind="person")
        return reads_all(run, [row for row in CANVAS if row[0] != "2002"], canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(5, "file cut inside a quoted field")
def _():
    def roster(t):
        bad = lines()
        bad[5] = 'r6,,,li2,u3,fully graded,20,2026-03-02,"good wo'
        return t.placed(t.refused(package(t, results(bad, final=False))), "results.csv", 7)

    def canvas(t):
        text = district.canvas()
        cut = text.index("Castell") + 4
        return t.placed(t.refused(t.file("g.csv", text[:cut])), "g.csv", 5)
    return {"OneRoster": roster, "Canvas": canvas}


@both(6, "quote never closed")
def _():
    def roster(t):
        bad = lines()
        bad[1] = bad[1].replace("2026-03-02,", '2026-03-02,"well done', 1)
        return t.placed(t.refused(package(t, results(bad))), "results.csv", 3)

    def canvas(t):
        # The quote of the next name closes it: one record over two lines, which is rejected.
        text = district.canvas().replace('"Brandt, Jonas"', '"Brandt, Jonas')
        run = t.placed(t.reported(t.file("g.csv", text)), "g.csv", 4)
        reads_all(run, [row for row in CANVAS if row[0] == "2001"], canvas_scores)
        last = district.canvas().replace('"Castell, Amara"', '"Castell, Amara')
        return t.placed(t.refused(t.file("last.csv", last), output="last"), "last.csv", 5)
    return {"OneRoster": roster, "Canvas": canvas}


@both(7, "text after a closing quote")
def _():
    def roster(t):
        bad = lines()
        bad[1] = bad[1].replace("2026-03-02,", '2026-03-02,"well" done', 1)
        run = t.reported(
            package(t, results(bad)), codes=["csv.text_after_quote"], rejected=1)
        return reads_all(run, expected(SCORES[:1] + SCORES[2:]))

    def canvas(t):
        text = district.canvas().replace('"Brandt, Jonas"', '"Brandt, "Jo" Jonas"')
        run = t.reported(t.file("g.csv", text), codes=["csv.text_after_quote"])
        return reads_all(run, [row for row in CANVAS if row[0] != "2002"], canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(8, "quote in an unquoted field")
def _():
    def roster(t):
        odd = lines()
        odd[1] = odd[1].replace("2026-03-02,", '2026-03-02,6" ruler', 1)
        run = t.convert(package(t, results(odd)))
        require(run.codes() & {"csv.bare_quote", "csv.unescaped_quote"}, f"not named: {run}")
        require(run.exit in (0, 1, 65), f"unexpected: {run}")
        if run.exit == 65:
            return run
        kept = SCORES if run.exit == 0 else SCORES[:1] + SCORES[2:]
        return reads_all(run, expected(kept))

    def canvas(t):
        text = district.canvas(titles=('6" ruler (9101)', "Ratios (9102)"))
        run = t.read(t.file("g.csv", text))
        return reads_all(run, CANVAS, canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(9, "line breaks, commas and doubled quotes in quotes")
def _():
    def roster(t):
        odd = lines()
        odd[1] = odd[1].replace("2026-03-02,", '2026-03-02,"says ""fine"", and more"', 1)
        run = t.read(package(t, results(odd)), args=["--option", "columns=learner,lineItem,score,comment"])
        comments = {row["comment"] for row in run.evidence()}
        require('says "fine", and more' in comments, f"the comment changed: {comments}")
        return reads_all(run, expected())

    def canvas(t):
        text = district.canvas([
            ('Eze, ""Kit""\nChidi', "2001", "9.00", "18.00"),
            ("Brandt, Jonas", "2002", "7.50", "0.00"),
            ("Castell, Amara", "2003", "10.00", "20.00")])
        return reads_all(t.read(t.file("g.csv", text)), CANVAS, canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(10, "invalid UTF-8")
def _():
    def roster(t):
        odd = lines()
        odd[1] = odd[1].replace("2026-03-02,", "2026-03-02,tr\u00e8s bien", 1)
        content = results(odd).encode("latin-1")
        run = t.convert(package(t, content))
        require(run.exit in (1, 65), f"bad bytes were taken: {run}")
        require("encoding" in run.text, f"no hint at --encoding: {run}")
        named = t.read(t.path / "package", args=["--encoding", "latin1"], output="named")
        reads_all(named, expected())
        if run.exit == 1:
            reads_all(run, expected(SCORES[:1] + SCORES[2:]))
        return run

    def canvas(t):
        text = district.canvas().replace("Ines", "In\u00e8s").encode("latin-1")
        path = t.file("g.csv", text)
        run = t.convert(path)
        require(run.exit in (1, 65), f"bad bytes were taken: {run}")
        named = t.read(path, args=["--encoding", "latin1"], output="named")
        reads_all(named, CANVAS, canvas_scores)
        return run
    return {"OneRoster": roster, "Canvas": canvas}


@both(11, "NUL in a field")
def _():
    def roster(t):
        odd = lines()
        odd[1] = odd[1].replace("2026-03-02,", "2026-03-02,a\0b", 1)
        run = t.reported(package(t, results(odd)), codes=["csv.nul"], rejected=1)
        return reads_all(run, expected(SCORES[:1] + SCORES[2:]))

    def canvas(t):
        text = district.canvas().replace("Jonas", "Jo\0nas")
        run = t.reported(t.file("g.csv", text), codes=["csv.nul"])
        return reads_all(run, [row for row in CANVAS if row[0] != "2002"], canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(12, "UTF-16")
def _():
    def roster(t):
        run = t.convert(package(t, ("\ufeff" + results(lines())).encode("utf-16-le")))
        if run.exit == 65:
            require("utf-16" in run.text.lower() or "utf16" in run.text.lower(),
                    f"the encoding is not named: {run}")
            return run
        return reads_all(run, expected())

    def canvas(t):
        text = ("\ufeff" + district.canvas()).encode("utf-16-le")
        run = t.convert(t.file("g.csv", text))
        if run.exit == 65:
            require("utf-16" in run.text.lower(), f"the encoding is not named: {run}")
            return run
        return reads_all(run, CANVAS, canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(13, "byte order mark, no final line end")
def _():
    return {
        "OneRoster": lambda t: reads_all(
            t.read(package(t, "\ufeff" + results(lines(), final=False))), expected()),
        "Canvas": lambda t: reads_all(
            t.read(t.file("g.csv", "\ufeff" + district.canvas(final=False))), CANVAS,
            canvas_scores),
    }


@both(14, "CR line ends")
def _():
    return {
        "OneRoster": lambda t: reads_all(
            t.convert(package(t, results(lines(), end="\r"))), expected()),
        "Canvas": lambda t: reads_all(
            t.convert(t.file("g.csv", district.canvas(end="\r"))), CANVAS, canvas_scores),
    }


@both(15, "mixed line ends")
def _():
    def mixed(text):
        parts = text.split(CRLF)
        ends = ["\n", CRLF, "\n", CRLF, "\r"]
        return "".join(p + ends[n % 5] for n, p in enumerate(parts[:-1]))
    return {
        "OneRoster": lambda t: reads_all(
            t.convert(package(t, mixed(results(lines())))), expected()),
        "Canvas": lambda t: reads_all(
            t.convert(t.file("g.csv", mixed(district.canvas()))), CANVAS, canvas_scores),
    }


@both(16, "blank lines and rows of delimiters only")
def _():
    def roster(t):
        odd = lines()
        odd.insert(2, "")
        odd.insert(4, "," * 14)
        run = t.read(package(t, results(odd)), codes=["csv.blank_line"])
        require(run.count("result", "skipped") == 2, f"two rows are not counted: {run}")
        return reads_all(run, expected())

    def canvas(t):
        text = district.canvas().replace('"Brandt', CRLF + ",,,,,," + CRLF + '"Brandt')
        run = t.read(t.file("g.csv", text), codes=["csv.blank_line"])
        return reads_all(run, CANVAS, canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(17, "same heading twice")
def _():
    def roster(t):
        head = district.header("results").replace(",comment,", ",score,")
        return t.refused(package(t, results(lines(), head=head)), says=["results.csv"])

    def canvas(t):
        # Two columns of one title are two columns, told apart by place.
        text = district.canvas(titles=("Quiz", "Quiz"))
        run = t.read(t.file("g.csv", text))
        rows = run.evidence()
        require(len({row["lineItem"] for row in rows}) == 2, f"one column was lost: {run}")
        equal(sorted(r["score"] for r in rows), sorted(score for _, _, score in CANVAS))
        return run
    return {"OneRoster": roster, "Canvas": canvas}


@both(18, "field of 3 MB")
def _():
    long = "x" * 3_000_000

    def roster(t):
        odd = lines()
        odd[1] = odd[1].replace("2026-03-02,", f"2026-03-02,{long}", 1)
        return reads_all(t.read(package(t, results(odd))), expected())

    def canvas(t):
        text = district.canvas().replace("Brandt", long)
        return reads_all(t.read(t.file("g.csv", text)), CANVAS, canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


def bad_scores(number, name, scores):
    @both(number, name)
    def _():
        def roster(t):
            odd = lines()
            for n, score in enumerate(scores):
                cell = f'"{score}"' if "," in score else score
                odd.append(result_row(f"x{n}", "li1", "u1", cell))
            run = t.reported(package(t, results(odd)), rejected=len(scores))
            return reads_all(run, expected())

        def canvas(t):
            students = [
                ("Alvarez, Ines", "2001", "9.00", "18.00"),
                ("Brandt, Jonas", "2002", "7.50", "0.00"),
                ("Castell, Amara", "2003", "10.00", "20.00"),
            ] + [(f"X, {n}", f"30{n:02}", score, "1.00") for n, score in enumerate(scores)]
            run = t.reported(t.file("g.csv", district.canvas(students)), rejected=len(scores))
            good = CANVAS + [(f"30{n:02}", "9102", "1.00") for n in range(len(scores))]
            return reads_all(run, sorted(good), canvas_scores)
        return {"OneRoster": roster, "Canvas": canvas}


bad_scores(19, "scores nan, inf, 0x10, 1e400", ["nan", "inf", "-Infinity", "0x10", "1e400"])
bad_scores(20, "scores 1,5 and Arabic digits, blank before, plus", ["1,5", "\u0663", " 5", "+5"])


@both(21, "semicolons as separator")
def _():
    def roster(t):
        content = results(lines()).replace(",", ";")
        run = t.convert(package(t, content))
        require(run.exit in (0, 65), f"unexpected: {run}")
        if run.exit == 65:
            require("delimiter" in run.text or ";" in run.text, f"no hint: {run}")
            return run
        return reads_all(run, expected())

    def canvas(t):
        text = district.canvas(delimiter=";")
        run = t.convert(t.file("g.csv", text))
        require(run.exit in (0, 65), f"unexpected: {run}")
        return run if run.exit == 65 else reads_all(run, CANVAS, canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(22, "heading only")
def _():
    def roster(t):
        run = t.read(package(t, results([])), says=["results.csv"])
        return reads_all(run, [])

    def canvas(t):
        head = district.canvas().split(CRLF)[0] + CRLF
        run = t.convert(t.file("g.csv", head))
        require(run.exit in (0, 65), f"unexpected: {run}")
        return run if run.exit == 65 else reads_all(run, [], canvas_scores)
    return {"OneRoster": roster, "Canvas": canvas}


@both(23, "empty file")
def _():
    return {
        "OneRoster": lambda t: t.refused(package(t, b""), says=["results.csv"]),
        "Canvas": lambda t: t.refused(t.file("g.csv", b""), says=["g.csv"]),
    }


harness.main(suite)
