"""Inputs 39 to 44: JSON, XML, and the files themselves."""

import gzip
import os
import socket
import subprocess
import threading

import district
from harness import TOOL, equal, outcome, require


def ndjson(lines):
    return "\n".join(lines) + "\n"


def has_format(t, name):
    return name in t.tool("formats").out.decode()


def add(suite):
    add_json(suite)
    add_xml(suite)
    add_paths(suite)


def add_json(suite):
    @suite.case(39, "JSON of depth 1,000,000")
    def _(t):
        deep = '{"a":' * 1_000_000 + "1" + "}" * 1_000_000
        text = district.statement()[:-1] + ',"x":' + deep + "}"
        run = t.convert(t.file("x.json", f"[{text}]"), args=["--from", "xapi"])
        require(run.exit in (1, 65), f"no limit: {run}")
        require(run.count("evidence", "rejected") == 1 or run.exit == 65, f"not counted: {run}")
        return outcome(run)

    @suite.case(39, "JSON string of 40 MB, number of 10 MB")
    def _(t):
        for name, value in [("text", '"' + "x" * 40_000_000 + '"'), ("number", "1" * 10_000_000)]:
            line = district.statement()[:-1] + f',"x":{value}}}'
            run = t.convert(t.file(f"{name}.ndjson", ndjson([line, district.statement(2)])),
                            args=["--from", "xapi"], output=f"out-{name}")
            require(run.exit in (1, 65), f"no limit: {run}")
        return outcome(run)

    @suite.case(40, "JSON that is none: keys twice, comma at the end, lone surrogate, NaN")
    def _(t):
        good = district.statement()
        bad = {
            "twice": good[:-1] + ',"id":"00000000-0000-4000-8000-000000000009"}',
            "comma": good[:-1] + ",}", "surrogate": good[:-1] + ',"x":"\\ud800"}',
            "nan": good.replace("0.9", "NaN"), "mark": good.replace('"', "'"),
        }
        for name, line in bad.items():
            run = t.convert(t.file(f"{name}.ndjson", ndjson([line, district.statement(2, "u2")])),
                            args=["--from", "xapi"], output=f"out-{name}")
            require(run.exit in (1, 65), f"{name} was taken: {run}")
            if run.exit == 1:
                require(len(run.evidence()) == 1, f"{name}: {run}")
        return outcome(run)

    @suite.case(41, "NDJSON: blank line, CRLF, last line cut, one bad line of many")
    def _(t):
        many = [district.statement(n, f"u{n}") for n in range(1, 201)]
        run = t.read(t.file("blank.ndjson", "\n\n".join(many) + "\n"))
        require(len(run.evidence()) == 200, f"not all was read: {run}")
        run = t.read(t.file("crlf.ndjson", "\r\n".join(many)), output="crlf")
        require(len(run.evidence()) == 200, f"not all was read: {run}")
        text = "\n".join(many)
        run = t.convert(t.file("cut.ndjson", text[:-20]), output="cut")
        require(run.exit in (1, 65), f"a cut line was taken: {run}")
        t.placed(run, "cut.ndjson", 200)
        many[99] = "{oops"
        run = t.reported(t.file("bad.ndjson", "\n".join(many)), output="bad", kind="evidence")
        require(len(run.evidence()) == 199, f"not all was read: {run}")
        return outcome(t.placed(run, "bad.ndjson", 100))


def add_xml(suite):
    bombs = {
        37: ("XML with a DTD, an entity bomb, an external entity", [
            '<!DOCTYPE results [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
            "<results><result><id>&b;</id></result></results>",
            '<!DOCTYPE results [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            "<results><result><id>&x;</id></result></results>",
        ]),
        38: ("XML cut short", [
            '<?xml version="1.0"?><results batch="1"><result><state>regrade</state><assi',
            "<results><result></results>", "",
        ]),
    }
    for number, (name, texts) in bombs.items():
        def body(t, texts=texts):
            if not has_format(t, "moodle-grades-xml"):
                return "skipped: no format in XML yet"
            for n, text in enumerate(texts):
                run = t.refused(t.file(f"{n}.xml", text), args=["--from", "moodle-grades-xml"],
                                output=f"out{n}")
            return outcome(run)
        suite.cases.append((str(number), name, body))


def add_paths(suite):
    @suite.case(42, "gzip as CSV, folder, device, FIFO, - twice")
    def _(t):
        text = district.canvas()
        run = t.read(t.file("g.csv", gzip.compress(text.encode())))
        require(len(run.evidence()) == 6, f"gzip: {run}")
        t.folder("folder", {"notes.txt": b"hello"})
        t.refused(t.path / "folder", output="folder-out")
        t.refused("/dev/zero", exit=66, output="device-out")
        t.refused(t.path / "missing.csv", exit=66, output="missing-out")
        t.refused("-", "-", exit=64, output="twice-out")
        fifo = t.path / "fifo.csv"
        os.mkfifo(fifo)
        writer = threading.Thread(target=lambda: fifo.write_text(text))
        writer.start()
        run = t.read(fifo, output="fifo-out")
        writer.join()
        require(len(run.evidence()) == 6, f"FIFO: {run}")
        run = t.read("-", stdin=text.encode(), output="stdin-out")
        require(len(run.evidence()) == 6, f"standard input: {run}")
        run = t.read("-", stdin=(district.statement() + "\n").encode(), output="statements-out")
        require(len(run.evidence()) == 1, f"statements on standard input: {run}")
        return outcome(run)

    @suite.case(42, "socket, unreadable file")
    def _(t):
        path = t.path / "socket"
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
            run = t.refused(path, exit=66)
        if os.getuid() != 0:
            secret = t.file("secret.csv", district.canvas())
            secret.chmod(0)
            run = t.refused(secret, exit=66, output="secret-out")
        return outcome(run)

    @suite.case(43, "input that grows while it is read")
    def _(t):
        path = t.path / "x.ndjson"
        lines = ndjson([district.statement(n, f"u{n % 500}") for n in range(200_000)])
        path.write_text(lines)
        target = t.path / "out"
        child = subprocess.Popen(
            [TOOL, "convert", path, "--to", "evidence", "-o", target, "--quiet"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        grown = 0
        while child.poll() is None and grown < 20_000:
            with open(path, "a") as file:
                file.write(district.statement(grown) + "\n")
            grown += 1
        said = child.communicate()[1].decode()
        require(child.returncode == 75, f"expected exit 75, got {child.returncode}: {said}")
        require(not target.exists(), "an output appeared")
        return "try again (75)"

    @suite.case(44, "output = input, folder missing, link, there already")
    def _(t):
        path = t.file("g.csv", district.canvas())
        before = path.read_bytes()
        for args, exits in [([], {73}), (["--force"], {73})]:
            run = t.tool("convert", path, "--to", "canvas-gradebook", "-o", path, *args)
            require(run.exit in exits, f"output = input: {run}")
            require(path.read_bytes() == before, "the input changed")
        same = t.path / "same.csv"
        os.link(path, same)
        run = t.tool("convert", path, "--to", "canvas-gradebook", "-o", same, "--force")
        require(run.exit == 73 and same.read_bytes() == before, f"the same file: {run}")
        run = t.tool("convert", path, "--to", "evidence", "-o", t.path / "no" / "out")
        require(run.exit == 73, f"folder missing: {run}")
        elsewhere = t.file("elsewhere.csv", b"mine")
        link = t.path / "link.csv"
        link.symlink_to(elsewhere)
        run = t.tool("convert", path, "--to", "evidence", "-o", link, "--force")
        require(elsewhere.read_bytes() == b"mine", f"the link was followed: {run}")
        run = t.tool("convert", path, "--to", "evidence", "-o", elsewhere)
        require(run.exit == 73 and elsewhere.read_bytes() == b"mine", f"overwritten: {run}")
        run = t.tool("convert", path, "--to", "evidence", "-o", elsewhere, "--force",
                     "--option", "unaligned=keep")
        require(run.exit == 0 and elsewhere.read_bytes() != b"mine", f"--force: {run}")
        t.no_leftovers()
        return "cannot create (73)"
