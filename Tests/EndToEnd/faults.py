"""Failing calls and kills at every n-th call, under strace, for every kind of output.

Whatever fails, the old output is there untouched or the new one is there whole; the exit code
tells which; no temporary outlives the next run.
"""

import collections
import os
import re
import shutil
import subprocess
import sys

import district
import harness
from harness import TOOL, require

suite = harness.Suite("fault sweep")

# Calls that change what is on the disk, and the errors that they may meet.
WRITES = ["write", "pwrite64", "writev"]
SYNCS = ["fsync", "fdatasync", "syncfs"]
NAMES = ["rename", "renameat", "renameat2", "link", "linkat"]
OTHERS = ["mkdir", "mkdirat", "unlink", "unlinkat", "rmdir", "ftruncate"]
# So many places of one call are tried: all of few, the ends and some between of many.
PLACES = int(os.environ.get("CBL_FAULT_PLACES", "8"))


class Target:
    """A conversion into one kind of output that replaces an older one."""

    def __init__(self, name, input_name, content, old, to, output, options=()):
        self.name, self.input_name, self.content, self.old = name, input_name, content, old
        self.to, self.output, self.options = to, output, options


def statements(count, mark):
    return "".join(
        district.statement(n, f"{mark}{n % 50}", activity=f"q{n % 7}") + "\n"
        for n in range(count))


def package(count, name):
    data = district.rows()
    data["results"] = [
        district.result_row(f"r{n}", "li1", f"u{n % 3 + 1}", str(n % 10), comment="well done " * 9)
        for n in range(count)]
    data["orgs"] = [row.replace("Hill", name) for row in data["orgs"]]
    return district.oneroster(data)


def gradebook(name):
    return {"g.csv": district.canvas([
        (f"{name}, {n}", f"{2000 + n}", "9.00", "18.00") for n in range(4_000)]).encode()}


TARGETS = [
    Target("evidence file", "x.ndjson", statements(12_000, "u"), statements(50, "v"), "evidence",
           "out.csv", ["--option", "unaligned=keep"]),
    Target("OneRoster folder", "p", package(6_000, "Hill"), package(5, "Dale"), "oneroster-1.2",
           "out"),
    Target("OneRoster zip", "p", package(6_000, "Hill"), package(5, "Dale"), "oneroster-1.2",
           "out.zip"),
    Target("Canvas folder", "g", gradebook("Hill"), gradebook("Dale"), "canvas-gradebook", "out"),
    Target("cbl zip", "p", package(3_000, "Hill"), package(5, "Dale"), "cbl", "out.zip"),
    Target("cbl folder", "p", package(3_000, "Hill"), package(5, "Dale"), "cbl", "out"),
]


def snapshot(path):
    """The bytes at a path: of a file, or of each file in a folder; None when nothing is there."""
    if path.is_dir():
        return {str(p.relative_to(path)): p.read_bytes()
                for p in sorted(path.rglob("*")) if p.is_file()}
    return path.read_bytes() if path.exists() else None


class Sweep:
    """The runs of one target."""

    def __init__(self, target, scratch):
        self.target, self.folder = target, scratch.path
        self.input = self.put("in", target.content)
        older = self.put("older", target.old)
        self.place = self.folder / "place"
        self.place.mkdir()
        self.output = self.place / target.output
        self.kept = self.folder / "kept"
        done = self.run(older)
        require(done.returncode == 0, f"the old output: {done.stderr.decode()}")
        self.copy(self.output, self.kept)
        self.before = snapshot(self.output)
        done = self.run(self.input)
        require(done.returncode == 0, f"without a fault: {done.stderr.decode()}")
        self.after = snapshot(self.output)
        require(self.before != self.after, "old and new output are alike")
        self.count = 0
        self.outcomes = collections.Counter()

    def put(self, name, content):
        folder = self.folder / name
        folder.mkdir()
        if isinstance(content, dict):
            for member, data in content.items():
                (folder / member).write_bytes(data)
            return folder if len(content) > 1 else folder / next(iter(content))
        path = folder / self.target.input_name
        path.write_text(content)
        return path

    @staticmethod
    def copy(source, target):
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)

    def reset(self):
        for path in list(self.place.iterdir()):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.copy(self.kept, self.output)

    def run(self, source, *prefix):
        return subprocess.run(
            [*prefix, TOOL, "convert", str(source), "--to", self.target.to, "-o",
             str(self.output), "--force", "--quiet", *self.target.options],
            capture_output=True, stdin=subprocess.DEVNULL, timeout=60)

    def calls(self):
        """The numbers of the calls that a run without a fault makes, by name.

        Reads count only for the input, and writes not for messages.
        """
        self.reset()
        log = self.folder / "trace"
        names = ",".join([*WRITES, *SYNCS, *NAMES, *OTHERS, "read", "pread64", "close"])
        done = self.run(self.input, "strace", "-f", "-qq", "-y", "-e", f"trace={names}",
                        "-o", str(log))
        require(done.returncode == 0, f"under strace: {done.stderr.decode()[:400]}")
        # strace counts the calls of each thread by themselves; so do we.
        made = collections.Counter()
        numbers = collections.defaultdict(set)
        for line in log.read_text(errors="replace").splitlines():
            found = re.match(r"(\d+) +(\w+)\((\d*)(?:<([^>]*)>)?", line)
            if not found:
                continue
            thread, name, descriptor, path = found.groups()
            if name in ("read", "pread64"):
                if not (path or "").startswith(str(self.folder / "in")):
                    continue
            made[thread, name] += 1
            if not (name in WRITES and descriptor in ("1", "2")):
                numbers[name].add(made[thread, name])
        return {name: sorted(found) for name, found in numbers.items()}

    def leftovers(self):
        return [p.name for p in self.place.iterdir()
                if p.name != self.target.output and not p.name.endswith(".cbl-lock")]

    def check(self, what, done, exits, wants=None):
        """Old or new, never between; the exit code says which."""
        self.count += 1
        now = snapshot(self.output)
        state = "new" if now == self.after else "old" if now == self.before else "half"
        said = done.stderr.decode("utf-8", "replace")[-300:]
        require(state != "half", f"{what}: the output is neither old nor new "
                                 f"(exit {done.returncode}): {said}")
        require(done.returncode in exits, f"{what}: exit {done.returncode}, output {state}: {said}")
        require(done.returncode != 0 or state == "new", f"{what}: exit 0, but the output is old")
        require(wants is None or state == wants, f"{what}: the output is {state}")
        self.outcomes[f"{done.returncode}"] += 1
        return state

    def fail(self, call, number, error, exits, reading=False, wants=None):
        self.reset()
        inject = f"inject={call}:error={error}:when={number}"
        paths = self.read_paths() if reading else []
        done = self.run(self.input, "strace", "-f", "-qq", "-e", f"trace={call}", "-e", inject,
                        *paths, "-o", "/dev/null")
        what = f"{call} number {number} fails with {error}"
        self.check(what, done, exits, wants)
        left = self.leftovers()
        require(not left, f"{what}: temporaries left: {left}")

    def read_paths(self):
        files = [self.input] if self.input.is_file() else sorted(self.input.iterdir())
        return [word for path in files for word in ("-P", str(path))]

    def kill(self, call, number):
        self.reset()
        done = self.run(self.input, "strace", "-f", "-qq", "-e", f"trace={call}", "-e",
                        f"inject={call}:signal=SIGKILL:when={number}", "-o", "/dev/null")
        what = f"killed at {call} number {number}"
        self.check(what, done, {-9, 137, 0})
        again = self.run(self.input)
        require(again.returncode == 0 and snapshot(self.output) == self.after,
                f"{what}: the next run fails: {again.stderr.decode()[-300:]}")
        left = self.leftovers()
        require(not left, f"{what}: the next run leaves {left}")


def places(numbers):
    """Which of the calls are tried."""
    count = len(numbers)
    if count <= PLACES:
        return numbers
    spread = {round(n * (count - 1) / (PLACES - 1)) for n in range(PLACES)}
    return [numbers[n] for n in sorted(spread | {1, count - 2})]


def sweep(t, target):
    formats = subprocess.run([TOOL, "formats"], capture_output=True, text=True).stdout
    if not re.search(rf"\b{target.to}\b", formats):
        return f"skipped: no format {target.to} yet"
    s = Sweep(target, t)
    calls = s.calls()
    for call in WRITES:
        for number in places(calls.get(call, [])):
            for error in ("ENOSPC", "EIO", "EDQUOT"):
                s.fail(call, number, error, {74}, wants="old")
            s.fail(call, number, "EINTR", {0})
            s.kill(call, number)
    for call in SYNCS + NAMES:
        for number in places(calls.get(call, [])):
            # After the rename the new output stands, and only its folder was not synchronized.
            s.fail(call, number, "EIO", {74})
            s.fail(call, number, "ENOSPC", {73, 74})
            s.kill(call, number)
    for call in OTHERS:
        for number in places(calls.get(call, [])):
            s.kill(call, number)
    for call in ("read", "pread64"):
        for number in places(calls.get(call, [])):
            s.fail(call, number, "EIO", {74}, reading=True, wants="old")
            s.fail(call, number, "EINTR", {0}, reading=True)
    return f"{s.count} faults: exits {', '.join(f'{k} x {v}' for k, v in sorted(s.outcomes.items()))}"


for index, each in enumerate(TARGETS, 1):
    def body(t, each=each):
        return sweep(t, each)
    suite.cases.append((str(index), each.name, body))


def strace_works():
    if not shutil.which("strace"):
        return False
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=write", "-e",
                           "inject=write:error=EIO:when=1000", "-o", "/dev/null", "true"],
                          capture_output=True)
    return done.returncode == 0


if __name__ == "__main__":
    if not strace_works():
        print("fault sweep: skipped: strace is not here or may not trace")
        sys.exit(0)
    harness.main(suite)
