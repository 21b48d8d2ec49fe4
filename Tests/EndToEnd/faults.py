"""Failing calls and kills at every n-th call, for every format that is written.

The tool is run once to see which calls it makes on its input, its output and its temporary files
(faults.c, loaded before the C library, counts them), and then again and again with one of them
failing. Whatever fails, the old output is there untouched or the new one is there whole; the exit
code tells which; no temporary outlives the next run.

  CBL_FAULT_EVERY=5 Tests/EndToEnd/run faults          tries every fifth fault only
  Tests/EndToEnd/run faults "cbl zip"                  one output only
"""

import collections
import concurrent.futures
import errno
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import harness
import shim
from faults_targets import TARGETS
from harness import TOOL, require

suite = harness.Suite("fault sweep")
EVERY = int(os.environ.get("CBL_FAULT_EVERY", "1"))
# Runs with every reading and writing interrupted or cut short now and then.
RANDOM_RUNS = 6

WRITES = {"write", "pwrite"}
READS = {"read", "pread"}
NAMES = {"rename", "renameat2", "link"}
TIDYING = {"unlink", "unlinkat", "rmdir"}


def snapshot(path):
    """The bytes at a path: of a file, or of each file in a folder; None when nothing is there."""
    if path.is_dir():
        return {str(p.relative_to(path)): p.read_bytes()
                for p in sorted(path.rglob("*")) if p.is_file()}
    return path.read_bytes() if path.exists() else None


class Call:
    """A call that a run without a fault makes."""

    def __init__(self, number, name, place):
        self.number, self.name, self.place = number, name, place
        self.area = place.split("/", 1)[0]
        # Removing what is not needed any more may fail; the next run does it then.
        self.is_tidying = name in TIDYING or (name in {"open", "readdir"} and self.area == "place")

    def __str__(self):
        return f"{self.name} {self.place} (call {self.number})"


class Sweep:
    """The runs of one target in a folder of its own."""

    def __init__(self, target, folder):
        self.target, self.folder, self.fresh = target, folder, target.fresh
        self.input = self.put("in", target.content)
        self.place, self.log = folder / "place", folder / "log"
        for name in ("place", "tmp"):
            (folder / name).mkdir()
        self.output, self.kept = self.place / target.output, folder / "kept"
        self.before, self.is_clean = None, False
        if not self.fresh:
            done = self.run(self.put("older", target.old))
            require(done.returncode == 0, f"the old output: {done.stderr.decode()}")
            self.copy(self.output, self.kept)
            self.before = snapshot(self.output)
        self.reset()
        done = self.run(self.input)
        require(done.returncode == 0, f"without a fault: {done.stderr.decode()}")
        self.after = snapshot(self.output)
        require(self.after and self.before != self.after, "old and new output are alike")
        self.count = 0
        self.outcomes = collections.Counter()

    def put(self, name, content):
        folder = self.folder / name
        folder.mkdir()
        for member, data in content.items():
            (folder / member).write_bytes(data)
        return folder if len(content) > 1 else folder / next(iter(content))

    @staticmethod
    def copy(source, target):
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)

    def reset(self):
        if self.is_clean:
            return
        for path in list(self.place.iterdir()):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not self.fresh:
            self.copy(self.kept, self.output)

    def run(self, source, fault=None):
        self.log.unlink(missing_ok=True)
        environment = dict(
            os.environ, LD_PRELOAD=str(shim.PATH), CBL_FAULT_ROOT=str(self.folder),
            CBL_FAULT_LOG=str(self.log), TMPDIR=str(self.folder / "tmp"))
        if fault:
            environment["CBL_FAULT"] = fault
        force = [] if self.fresh else ["--force"]
        self.is_clean = False
        return subprocess.run(
            [TOOL, "convert", str(source), "--to", self.target.to, "-o", str(self.output),
             "--quiet", *force, *self.target.options],
            capture_output=True, stdin=subprocess.DEVNULL, timeout=120, env=environment)

    def calls(self):
        """The calls of a run without a fault, in their order."""
        self.reset()
        done = self.run(self.input)
        require(done.returncode == 0, f"while counting: {done.stderr.decode()}")
        lines = self.log.read_text(errors="replace").splitlines()
        return [Call(n, *line.split(" ", 1)) for n, line in enumerate(lines, 1)]

    def leftovers(self):
        left = [p.name for p in self.place.iterdir() if p.name != self.target.output]
        return left + [f"tmp/{p.name}" for p in (self.folder / "tmp").iterdir()]

    def check(self, what, done, exits, state=None, leaves=False):
        """Old or new, never between; the exit code says which."""
        self.count += 1
        now = snapshot(self.output)
        found = "new" if now == self.after else "old" if now == self.before else "half"
        said = done.stderr.decode("utf-8", "replace")[-300:]
        story = f"{what}: exit {done.returncode}, the output is {found}: {said}"
        require(found != "half", story)
        require(done.returncode in exits, f"{story} (expected exit {sorted(exits)})")
        require(done.returncode != 0 or found == "new", story)
        require(state is None or found == state, f"{story} (expected {state})")
        require(done.returncode in (0, -9) or said.strip(), f"{story}: nothing was said")
        left = self.leftovers()
        require(leaves or not left, f"{story}: left behind: {left}")
        self.outcomes[done.returncode] += 1
        self.is_clean = found == "old" and not left
        return left

    def check_hit(self, what, name):
        hits = [line for line in self.log.read_text(errors="replace").splitlines()
                if line.startswith("! ")]
        require(hits and hits[0].startswith(f"! {name} "),
                f"{what}: the fault did not come, but {hits[:1]}")

    def fail(self, call, fault, exits, state=None):
        """One run with one fault, and one more when it leaves something behind."""
        self.reset()
        word = fault.rstrip("+")
        spoken = errno.errorcode.get(int(word), word) if word.isdigit() else word
        what = f"{call}: {spoken}"
        done = self.run(self.input, f"{call.number}:{fault}")
        self.check_hit(what, call.name)
        leaves = fault in ("kill", "torn") or call.is_tidying
        left = self.check(what, done, exits, state, leaves)
        if leaves and (left or fault == "torn"):
            self.run_again(what)

    def run_again(self, what):
        if self.fresh:
            self.output.unlink(missing_ok=True) if not self.output.is_dir() else shutil.rmtree(
                self.output)
        again = self.run(self.input)
        require(again.returncode == 0 and snapshot(self.output) == self.after,
                f"{what}: the next run fails: {again.stderr.decode()[-300:]}")
        left = self.leftovers()
        require(not left, f"{what}: the next run leaves {left}")

    def disturb(self, seed):
        self.reset()
        done = self.run(self.input, f"0:any:{seed}")
        self.check(f"interrupted and cut short with seed {seed}", done, {0}, "new")


def plan(calls):
    """The faults of each call: what happens, which exits are right, and what must be there."""
    names = [n for n, call in enumerate(calls) if call.name in NAMES and call.area == "place"]
    published = names[-1] if names else len(calls)
    for index, call in enumerate(calls):
        state = "old" if index <= published else None
        yield from ((call, *fault) for fault in faults(call, state))
        yield (call, "kill", {-9}, "new" if index > published else state)
        if call.name in WRITES:
            yield (call, "torn", {-9}, state)


def faults(call, state):
    eio, full, interrupted = str(errno.EIO), f"{errno.ENOSPC}+", str(errno.EINTR)
    if call.name in WRITES:
        for fault in (eio, full, str(errno.EDQUOT)):
            yield fault, {74}, state
        for fault in (interrupted, "short"):
            yield fault, {0}, "new"
    elif call.name in READS:
        yield eio, {74}, state
        for fault in (interrupted, "short"):
            yield fault, {0}, "new"
    elif call.name in {"fsync", "syncfs"}:
        # After the renaming the new output stands, and only its folder was not synchronized.
        yield eio, {74}, state
        yield full, {74}, state
        if call.name == "fsync":
            yield interrupted, {0}, "new"
    elif call.name == "close":
        # Closing tells of bytes that could not be written; nothing else is lost by it.
        is_written = call.area == "place" and ".part" in call.place and "." in call.place.rsplit(
            "/", 1)[-1]
        yield eio, ({0, 74} if is_written else {0}), None
        yield interrupted, {0}, "new"
    elif call.name in NAMES:
        yield eio, {74}, "old"
        yield str(errno.EACCES), {73}, "old"
    elif call.name in {"create", "mkdir"}:
        yield eio, ({74} if call.area == "place" else {0, 74}), None
        yield full, ({74} if call.area == "place" else {0, 74}), None
        yield str(errno.EACCES), ({73} if call.area == "place" else {0, 73}), None
    elif call.name == "open":
        yield eio, ({74} if call.area == "in" else {0, 74}), None
        yield str(errno.EMFILE), ({66} if call.area == "in" else {0, 66, 73, 74}), None
        yield interrupted, {0}, "new"
    elif call.name == "readdir":
        yield eio, ({74} if call.area == "in" else {0, 74}), None
    elif call.name in TIDYING:
        yield eio, {0}, "new"


def sweep(target):
    with tempfile.TemporaryDirectory(prefix="cbl-faults-") as folder:
        s = Sweep(target, pathlib.Path(folder).resolve())
        calls = s.calls()
        for number, (call, fault, exits, state) in enumerate(plan(calls)):
            if number % EVERY == 0:
                s.fail(call, fault, exits, state)
        for seed in range(RANDOM_RUNS):
            s.disturb(seed)
        kinds = collections.Counter(call.name for call in calls)
        return (f"{len(calls)} calls ({kinds['write'] + kinds['pwrite']} writes), "
                f"{s.count} faults: exits "
                + ", ".join(f"{k} x {v}" for k, v in sorted(s.outcomes.items())))


def add_cases(pool, wanted):
    """Begins all sweeps at once; each case waits for its own."""
    for index, target in enumerate(TARGETS, 1):
        if wanted and target.name not in wanted and str(index) not in wanted:
            continue
        running = pool.submit(sweep, target)
        suite.cases.append((str(index), target.name, lambda _, running=running: running.result()))


if __name__ == "__main__":
    if not shim.build():
        print("fault sweep: skipped: it needs Linux and a C compiler")
        sys.exit(0)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        add_cases(pool, set(sys.argv[1:]))
        status = suite.main(set())
    sys.exit(status)
