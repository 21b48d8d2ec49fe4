"""Runs cbl-tool and holds what it does against what was expected."""

import contextlib
import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

TOOL = os.environ.get("CBL_TOOL", "cbl-tool")


class Failure(Exception):
    """What the tool did is not what was expected."""


def require(condition, message):
    if not condition:
        raise Failure(message)


class Run:
    """One run of the tool that ended."""

    def __init__(self, arguments, done, output, existed):
        self.arguments = arguments
        self.exit = done.returncode
        self.out = done.stdout
        self.err = done.stderr.decode("utf-8", "replace")
        self.output = output
        self.existed = existed
        self.report = {}
        for text in (self.out, done.stderr):
            with contextlib.suppress(ValueError):
                self.report = json.loads(text)
                break

    @property
    def text(self):
        """All that was said."""
        return self.err + json.dumps(self.report, ensure_ascii=False)

    def problems(self):
        return self.report.get("problems", {}).get("first", [])

    def codes(self):
        return {entry["code"] for entry in self.report.get("problems", {}).get("byCode", [])}

    def count(self, kind, account):
        return sum(row[account] for row in self.report.get("rows", []) if row["kind"] == kind)

    def check_accounts(self):
        for row in self.report.get("rows", []):
            parts = ["written", "unwritten", "skipped", "rejected", "dropped"]
            total = sum(row[part] for part in parts)
            require(row["read"] == total, f"the accounts do not hold: {row}")

    def evidence(self):
        """The evidence table that was written, as a list of rows by heading."""
        text = self.output.read_bytes().decode("utf-8")
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

    def scores(self):
        return sorted((row["learner"], row["lineItem"], row["score"]) for row in self.evidence())

    def __str__(self):
        said = (self.err or self.out.decode("utf-8", "replace")).strip()
        return f"exit {self.exit}: {' '.join(self.arguments)}\n{said[:1500]} {sorted(self.codes())}"


class Scratch:
    """A folder for one case."""

    def __init__(self, path):
        self.path = path

    def file(self, name, content=b""):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def folder(self, name, members):
        for member, content in members.items():
            self.file(f"{name}/{member}", content)
        return self.path / name

    def tool(self, *arguments, stdin=subprocess.DEVNULL, timeout=120, env=None, prefix=(),
             preexec=None, output=None):
        arguments = [str(argument) for argument in arguments]
        existed = output is not None and output.exists()
        source = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
        done = subprocess.run(
            [*prefix, TOOL, *arguments], capture_output=True, timeout=timeout,
            env=dict(os.environ, **(env or {})), cwd=self.path, preexec_fn=preexec, **source)
        run = Run(arguments, done, output, existed)
        require(run.exit >= 0, f"died of signal {-run.exit}: {run}")
        require(run.exit != 70, f"a fault of the tool: {run}")
        return run

    def convert(self, *inputs, to="evidence", args=(), output="out", **more):
        """Converts; checks the accounts and that a failure leaves no output behind."""
        target = self.path / output
        # Results of line items without a target count here too.
        extra = ["--option", "unaligned=keep"] if to == "evidence" else []
        run = self.tool(
            "convert", *inputs, "--to", to, "-o", target, "--json", *extra, *args, output=target,
            **more)
        if run.exit in (0, 1):
            run.check_accounts()
            require(target.exists(), f"no output: {run}")
        else:
            require(run.existed or not target.exists(), f"an output appeared: {run}")
        self.no_leftovers()
        return run

    def wait_until_written(self, child):
        """Waits until the output grows or the run ends, at most some seconds."""
        for _ in range(4_000):
            if child.poll() is not None:
                return
            if any(path.stat().st_size > 0 for path in self.path.glob(".*.part")):
                return
            time.sleep(0.002)

    def no_leftovers(self):
        names = [path.name for path in self.path.rglob(".*") if ".cbl-" in path.name]
        names = [name for name in names if not name.endswith(".cbl-lock")]
        require(not names, f"temporaries left: {names}")

    # Expectations

    def refused(self, *inputs, says=(), exit=65, **more):
        """The input is refused; no output appears."""
        run = self.convert(*inputs, **more)
        require(run.exit == exit, f"expected exit {exit}, {run}")
        require(run.text.strip(), f"nothing was said: {run}")
        self.says(run, says)
        return run

    def reported(self, *inputs, codes=(), rejected=None, kind="result", says=(), **more):
        """Rows are rejected one by one and the rest is written."""
        run = self.convert(*inputs, **more)
        require(run.exit == 1, f"expected exit 1, {run}")
        for code in codes:
            require(code in run.codes(), f"expected a problem {code}, got {run.codes()}; {run}")
        if rejected is not None:
            got = run.count(kind, "rejected")
            require(got == rejected, f"expected {rejected} rejected {kind}s, got {got}; {run}")
        self.says(run, says)
        return run

    def read(self, *inputs, codes=(), says=(), **more):
        """Everything is read."""
        run = self.convert(*inputs, **more)
        require(run.exit == 0, f"expected exit 0, {run}")
        for code in codes:
            require(code in run.codes(), f"expected a problem {code}, got {run.codes()}; {run}")
        self.says(run, says)
        return run

    @staticmethod
    def placed(run, file, line):
        """A problem names the file and the line."""
        found = [(p.get("file", ""), p.get("line", 0)) for p in run.problems()]
        require(any(name.endswith(file) and number == line for name, number in found),
                f"expected {file}:{line}, got {found}; {run}")
        return run

    @staticmethod
    def says(run, words):
        text = run.text.lower()
        for word in words:
            require(word.lower() in text, f"did not say '{word}': {run}")


def equal(found, expected, what="rows"):
    if found == expected:
        return
    missing = [row for row in expected if row not in found]
    strange = [row for row in found if row not in expected]
    raise Failure(f"{what} differ: missing {missing[:6]}, strange {strange[:6]}")


# A process of its own: what a process holds before it becomes another program counts as well.
MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                      stderr=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(command):
    """Runs a command; its exit code and the most memory that it held, in bytes."""
    done = subprocess.run([sys.executable, "-S", "-c", MEASURE, *map(str, command)],
                          capture_output=True, check=True)
    exit_code, held = map(int, done.stdout.split())
    return exit_code, held * (1 if sys.platform == "darwin" else 1024)


class Suite:
    """Cases that run in scratch folders and end in a table."""

    def __init__(self, title):
        self.title = title
        self.cases = []

    def case(self, number, name):
        def add(body):
            self.cases.append((str(number), name, body))
            return body
        return add

    def main(self, wanted):
        started = time.monotonic()
        rows, failures = [], []
        base = pathlib.Path(tempfile.mkdtemp(prefix="cbl-e2e-")).resolve()
        try:
            for index, (number, name, body) in enumerate(self.cases):
                if wanted and number not in wanted and name not in wanted:
                    continue
                folder = base / f"{index}"
                folder.mkdir()
                try:
                    outcome = body(Scratch(folder)) or "as expected"
                    rows.append((number, name, outcome, "ok"))
                except Failure as failure:
                    rows.append((number, name, str(failure).splitlines()[0][:70], "WRONG"))
                    failures.append((number, name, str(failure)))
                except Exception:  # a fault of the case itself counts too
                    rows.append((number, name, "the case itself failed", "WRONG"))
                    failures.append((number, name, traceback.format_exc()))
                finally:
                    subprocess.run(["chmod", "-R", "u+rwX", folder], check=False)
                    shutil.rmtree(folder, ignore_errors=True)
        finally:
            shutil.rmtree(base, ignore_errors=True)
        self.show(rows, failures, time.monotonic() - started)
        return 1 if failures else 0

    def show(self, rows, failures, seconds):
        for number, name, text in failures:
            print(f"--- {number} {name}\n{text}\n")
        widths = [max([len(row[column]) for row in rows] or [0]) for column in range(3)]
        print(f"{self.title}")
        for row in rows:
            print("  " + "  ".join(
                text.ljust(width) for text, width in zip(row, [*widths, 0])).rstrip())
        skipped = sum(row[2].startswith("skipped") for row in rows)
        print(f"{self.title}: {len(rows)} cases, {len(failures)} wrong, {skipped} skipped, "
              f"{seconds:.0f} s")


def outcome(run):
    """A run in a few words, for the table."""
    words = {0: "read", 1: "reported", 65: "refused", 66: "no input", 73: "cannot create",
             74: "I/O error", 75: "try again"}
    return f"{words.get(run.exit, 'ended')} ({run.exit})"


def main(suite):
    sys.exit(suite.main(set(sys.argv[1:])))
