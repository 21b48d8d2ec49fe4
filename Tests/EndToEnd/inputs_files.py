"""Inputs 39 to 44: JSON, XML, and the files themselves."""

import gzip
import os
import signal
import socket
import subprocess
import threading

import district
import shim
from harness import TOOL, outcome, require
from inputs_tables import limit_memory


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

    @suite.case(40, "JSON values over lines with commas between them")
    def _(t):
        pretty = district.statement().replace(',"verb"', ',\n "verb"')
        other = pretty.replace("000001", "000002").replace('"u1"', '"u2"')
        for name, text in [("comma", f"{pretty},\n{other}\n"), ("bracket", f"{pretty}\n{other}]")]:
            run = t.reported(t.file(f"{name}.ndjson", text), args=["--from", "xapi"],
                             kind="evidence", output=f"out-{name}", rejected=1,
                             preexec=limit_memory(1 << 30))
            require(len(run.evidence()) == 2, f"not all was read: {run}")
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


def grow(path):
    with open(path, "a") as file:
        file.write(district.statement(1) + "\n")


def shrink(path):
    os.truncate(path, path.stat().st_size // 2)


def replace(path):
    content = path.read_bytes()
    path.rename(path.with_suffix(".old"))
    path.write_bytes(content)


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

    @suite.case(43, "input that grows, shrinks or is replaced at any reading")
    def _(t):
        library = shim.build()
        if library is None:
            return "skipped: it needs Linux and a C compiler"
        lines = ndjson([district.statement(n, f"u{n % 50}") for n in range(3_000)])
        log = t.path.parent / f"{t.path.name}.log"
        path, target = t.file("x.ndjson", lines), t.path / "out"

        def begin(fault):
            log.unlink(missing_ok=True)
            return subprocess.Popen(
                [TOOL, "convert", path, "--to", "evidence", "-o", target, "--force", "--quiet",
                 "--option", "unaligned=keep"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                env=dict(os.environ, LD_PRELOAD=str(library), CBL_FAULT_ROOT=str(t.path),
                         CBL_FAULT_LOG=str(log), CBL_FAULT=fault))
        done = begin("0:0")
        done.communicate()
        calls = log.read_text().splitlines()
        reads = [n for n, call in enumerate(calls, 1) if call.endswith("read x.ndjson")]
        require(len(reads) > 4, f"too few readings: {calls}")
        before = target.read_bytes()
        for change in (grow, shrink, replace):
            for number in reads:
                path.write_text(lines)
                child = begin(f"{number}:stop")
                _, status = os.waitpid(child.pid, os.WUNTRACED)
                require(os.WIFSTOPPED(status), f"ended before reading {number}")
                change(path)
                child.send_signal(signal.SIGCONT)
                said = child.communicate()[1].decode()
                require(child.returncode == 75, f"{change.__name__} at call {number}: "
                                                f"exit {child.returncode}: {said}")
                require(target.read_bytes() == before, "the output changed")
                t.no_leftovers()
        return f"try again (75) at {len(reads)} readings"

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

    @suite.case(44, "output folder that may not be written")
    def _(t):
        path = t.file("g.csv", district.canvas())
        shut = t.path / "shut"
        shut.mkdir()
        shut.chmod(0o555)
        become_nobody = None
        if os.getuid() == 0:
            # Permissions do not bind root.
            def become_nobody():
                os.setgid(65_534)
                os.setuid(65_534)
            for folder in [t.path, *t.path.parents][:2]:
                folder.chmod(0o755)
            if subprocess.run([TOOL, "--version"], preexec_fn=become_nobody,
                              capture_output=True).returncode != 0:
                return "skipped: nobody else may run the tool"
        run = t.refused(path, exit=73, output="shut/out.csv", preexec=become_nobody,
                        says=["not permitted"])
        path.chmod(0)
        secret = t.tool("inspect", path, preexec=become_nobody)
        require(secret.exit == 77, f"unreadable input: {secret}")
        return outcome(run)

