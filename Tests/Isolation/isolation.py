"""Runs cbl-tool with a faulty adapter and says what became of it."""

import contextlib
import ctypes
import os
import pathlib
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

TOOL = os.environ["CBL_TOOL"]
WORK = pathlib.Path(os.environ["CBL_ISOLATION"])
DOCUMENT = pathlib.Path("Docs/Reliability.md")
FAULTY = WORK / "libFaultyAdapter.so"
NAME = "org.example.faulty 1.0: "
# Where the faulty adapters are trusted, so that they run in the tool's process when asked to.
STORE = WORK / "trust.json"
OLD = b"what was there before\n"
FLOOD = "goes on until the disk is full"
BEGIN, END = "<!-- fault table -->", "<!-- end of the fault table -->"

# Fault, where, what it is for people, and how often it is drawn.
FAULTS = [
    ("segfault", "row", "segmentation fault", 4),
    ("segfault", "put", "segmentation fault of a writer", 4),
    ("abort", "row", "`abort()`", 4),
    ("trap", "row", "trap, as of Swift's `fatalError`", 4),
    ("recursion", "row", "deep recursion", 4),
    ("loop", "row", "endless loop", 1),
    ("loop", "close", "endless loop at the end of a writing", 1),
    ("sleep", "row", "sleep without end", 1),
    ("stop", "row", "stops itself", 1),
    ("memory", "row", "takes all memory", 1),
    ("print", "row", "endless printing", 1),
    ("progress", "row", "says that it goes on, and does not", 1),
    ("reread", "row", "reads its input again and again", 1),
    ("flood", "row", "endless rows", 1),
    ("flood", "put", "endless bytes of a writer", 1),
    ("exit", "row", "`exit(0)` half-way", 4),
    ("exit", "put", "`exit(0)` half-way in a writing", 4),
    ("bad-kind", "row", "rows of an unknown kind", 4),
    ("bad-stride", "row", "stride that does not fit", 4),
    ("bad-count", "row", "batch of 2^60 rows", 4),
    ("bad-place", "row", "rows that are not aligned", 4),
    ("dangling-rows", "row", "pointer to rows that are gone", 4),
    ("dangling-text", "row", "pointer to a text that is gone", 4),
    ("long-text", "row", "text of 2^63 bytes", 4),
    ("fork", "row", "makes processes", 4),
    ("open", "row", "opens a file", 4),
    ("make-file", "row", "makes a file", 4),
    ("remove-file", "put", "removes a file", 4),
    ("socket", "row", "makes a socket", 4),
    ("exec", "row", "runs another program", 4),
    ("kill", "row", "sends a signal to another process", 4),
    ("ptrace", "row", "traces a process", 4),
    ("open-quietly", "row", "opens a file with the alarm switched off", 4),
    ("garbage", "row", "random bytes to the host", 4),
    ("forge", "row", "forged end of the work", 4),
    ("hang-up", "row", "closes its connection", 4),
]
LOADING = [
    ("segfault", "segmentation fault while it is loaded"),
    ("loop", "endless loop while it is loaded"),
    ("exit", "`exit(0)` while it is loaded"),
    ("open", "opens a file while it is loaded"),
    ("socket", "makes a socket while it is loaded"),
]


class Case:
    """One run in a folder of its own."""

    def __init__(self, library, options, isolated, lines=40, seconds=2):
        self.library, self.options, self.isolated = library, options, isolated
        self.lines, self.seconds = lines, seconds
        self.faults = []

    def run(self, limit=60, kill_after=None):
        with tempfile.TemporaryDirectory(dir=WORK) as name:
            folder = pathlib.Path(name)
            people = "".join(f"p{i}\tPerson {i}\t2026-01-02\n" for i in range(self.lines))
            new = ("#tiny 1\n" + people).encode()
            (folder / "in.tiny").write_bytes(new)
            (folder / "out.tiny").write_bytes(OLD)
            (folder / "kept").write_bytes(b"")
            before = set(os.listdir(folder))
            arguments = [
                TOOL, "convert", "in.tiny", "--from", "tiny", "--to", "tiny", "-o", "out.tiny",
                "--force", "--quiet", "--adapter", str(self.library), "--trust-store", str(STORE)]
            if self.isolated:
                arguments += ["--isolate", "--time-limit", str(self.seconds),
                              "--memory-limit", "512"]
            for key, value in self.options.items():
                arguments += ["--option", f"{key}={value}"]
            with open(folder / "said", "wb") as said:
                process = subprocess.Popen(
                    arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    stderr=said, start_new_session=True, preexec_fn=self.limits)
                begun = time.monotonic()
                self.hung = False
                if kill_after is not None:
                    time.sleep(kill_after)
                    process.kill()
                try:
                    self.code = process.wait(limit)
                except subprocess.TimeoutExpired:
                    self.hung = True
                    process.kill()
                    self.code = process.wait()
                self.took = time.monotonic() - begun
            self.orphans = self.left(process.pid)
            self.text = (folder / "said").read_bytes().decode("utf-8", "replace")
            (folder / "said").unlink()
            out = folder / "out.tiny"
            bytes_now = out.read_bytes() if out.exists() else b""
            self.output = (
                "old" if bytes_now == OLD else "new" if bytes_now == new else "torn")
            self.extra = sorted(set(os.listdir(folder)) ^ before)
        return self

    def limits(self):
        # What would eat the machine when nothing holds the adapter.
        if not self.isolated:
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
            resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def left(self, session):
        """Processes that the run left behind; they are ended."""
        found = []
        # A worker that dies with its parent may need a moment.
        for _ in range(200):
            found = [pid for pid in processes() if belongs(pid, session, self.library)]
            if not found:
                return 0
            time.sleep(0.01)
        for pid in found:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        return len(found)

    @property
    def outcome(self):
        """What became of it, in a few words."""
        if self.hung:
            return "hangs for ever"
        parts = []
        if self.code < 0:
            parts.append(f"the tool falls with {signal.Signals(-self.code).name}")
        elif self.code == 0 and self.output == "old":
            parts.append("exit 0 **and no output**")
        else:
            parts.append(f"exit {self.code}")
        if self.output == "new" and self.code in (0, 1):
            parts.append("output whole")
        elif self.output == "old":
            parts.append("old output kept")
        elif self.output != "old":
            parts.append("**other output**")
        if "made-by-an-adapter" in self.extra:
            parts.append("**a file was made**")
        if "kept" in self.extra:
            parts.append("**a file was removed**")
        if self.orphans:
            parts.append("**processes left**")
        others = [n for n in self.extra if n not in ("made-by-an-adapter", "kept")]
        if others:
            parts.append("**temporary files left**")
        return ", ".join(parts)

    def check(self, exits):
        """What is wrong with an isolated run."""
        wrong = []
        if self.hung:
            wrong.append("hangs")
        if self.output == "torn":
            wrong.append("the output is torn")
        if self.orphans:
            wrong.append(f"{self.orphans} processes are left")
        if self.extra:
            wrong.append(f"files are left or gone: {self.extra}")
        if self.code not in exits:
            wrong.append(f"exit {self.code}, expected {exits}")
        if self.code not in (0, 1) and self.output != "old":
            wrong.append("a failure has an output")
        if self.code in (0, 1) and self.output == "old":
            wrong.append("a success has no output")
        lines = [line for line in self.text.splitlines() if line.startswith("cbl-tool:")]
        if self.code not in (0, 1):
            if len(lines) != 1:
                wrong.append(f"{len(lines)} errors are told")
            elif NAME not in lines[0] and self.library.name not in lines[0]:
                wrong.append("the error does not name the adapter")
        return wrong


def processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def belongs(pid, session, library):
    try:
        if pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].startswith("Z"):
            # It ended, and its parent is gone: whoever inherited it has not looked yet.
            return False
        words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if os.getsid(pid) == session:
            return True
        return f"{session}".encode() in words and str(library).encode() in words
    except (OSError, IndexError):
        return False


def told(apart):
    if apart.code == 0:
        return "(nothing: it is told that it may not)"
    if apart.code == 1:
        return "(one row is rejected)"
    match = re.search(r"the adapter (.*?)(?: while | \(|,|;|$)", apart.text.strip())
    return match.group(1) if match else ""


def table():
    rows = ["| fault | in the tool's process | isolated | what the error says |",
            "| --- | --- | --- | --- |"]
    problems = []
    cases = [(FAULTY, {"fault": f, "at": at, "row": 1 if at == "put" else 20}, title, f)
             for f, at, title, _ in FAULTS]
    cases += [(WORK / f"libFaulty-{f}Adapter.so", {}, title, f) for f, title in LOADING]
    for library, options, title, fault in cases:
        # What ends by itself has its time; the rest is waited for no longer than needed.
        here = Case(library, options, False).run(limit=60 if fault == "memory" else 8)
        # How far a flood gets depends on the machine.
        before = FLOOD if fault == "flood" and (here.hung or here.code == 74) else here.outcome
        apart = Case(library, options, True).run()
        wrong = apart.check(expected(fault, options))
        if apart.took > apart.seconds + 4:
            wrong.append(f"took {apart.took:.1f} s")
        problems += [f"{title}: {text}\n    {apart.text.strip()[:400]}" for text in wrong]
        rows.append(f"| {title} | {before} | {apart.outcome} | {told(apart)} |")
    return rows, problems


def expected(fault, options):
    """Codes that an isolated run may end with."""
    if fault in ("bad-kind", "bad-stride", "bad-count", "bad-place", "garbage", "forge", "flood", "reread"):
        return (65,)
    if fault == "long-text":
        return (1,)
    # The layer of files refuses before the library is there to be ended.
    if fault == "open" and not options:
        return (0,)
    return (69,)


def document(rows, update):
    text = DOCUMENT.read_text()
    head, rest = text.split(BEGIN, 1)
    _, tail = rest.split(END, 1)
    new = head + BEGIN + "\n" + "\n".join(rows) + "\n" + END + tail
    if update:
        DOCUMENT.write_text(new)
        return []
    if new == text:
        return []
    known = set(text.splitlines())
    return [f"{DOCUMENT} does not have: {line}" for line in rows if line not in known] or [
        f"{DOCUMENT} has rows that are not found any more"]


def sandbox_checks():
    """What --require-sandbox and adapter info say, with every layer and without one."""
    wrong = []
    without = str(WORK / "without-landlock")
    adapter = ["--adapter", str(FAULTY), "--trust-store", str(STORE)]
    with tempfile.TemporaryDirectory(dir=WORK) as name:
        source, output = pathlib.Path(name) / "in.tiny", pathlib.Path(name) / "out.tiny"
        source.write_text("#tiny 1\na\tAnn\n")
        convert = [TOOL, "convert", str(source), "--from", "tiny", "--to", "tiny", "-o",
                   str(output), "--quiet", *adapter]
        for words, code in (
            ([*convert, "--require-sandbox"], 0),
            ([without, *convert, "--force", "--isolate"], 0),
            ([without, *convert, "--force", "--require-sandbox"], 77),
        ):
            done = subprocess.run(words, capture_output=True, timeout=60)
            if done.returncode != code:
                wrong.append(f"exit {done.returncode}, not {code}: {words} {done.stderr[:300]}")
            if code == 77 and b"Landlock" not in done.stderr:
                wrong.append(f"the missing layer is not named: {done.stderr[:300]}")
        for words, mark in (([], "active   Landlock"), ([without], "MISSING  Landlock")):
            done = subprocess.run(
                [*words, TOOL, "adapter", "info", "tiny", *adapter], capture_output=True,
                timeout=60)
            if mark not in done.stdout.decode():
                wrong.append(f"adapter info does not say '{mark}': {done.stdout[-400:]}")
    return wrong


def one_random(seed):
    """A random fault at a random place; returns what is wrong."""
    dice = random.Random(seed)
    weights = [weight for *_, weight in FAULTS]
    fault, _, _, _ = dice.choices(FAULTS, weights)[0]
    lines = dice.choice([3, 40, 1500, 6000])
    place = dice.choice(["read", "row", "row", "row", "open", "put", "close"])
    number = dice.randrange(1, lines + 3) if place == "row" else dice.randrange(1, 8)
    case = Case(FAULTY, {"fault": fault, "at": place, "row": number}, True, lines, seconds=1)
    if dice.random() < 0.08:
        # The tool itself is killed: nothing of it stays.
        case.options = {"fault": "loop", "at": place, "row": number}
        case.run(kill_after=dice.random() * 0.6)
        # It says nothing, its output is the old one or the whole new one, and the next run cleans
        # temporary files up.
        wrong = ["the output is torn"] if case.output == "torn" else []
        wrong += [f"{case.orphans} processes are left"] if case.orphans else []
    else:
        # Without the fault, or with one that is contained, the run is whole.
        wrong = case.run().check((0, 1, 65, 69))
    where = f"seed {seed}: {fault} at {place} {number} of {lines}"
    return [f"{where}: {text}\n    {case.text.strip()[:300]}" for text in wrong], case


def randomly(count, seed):
    problems, codes, lock = [], {}, threading.Lock()
    seeds = iter(range(seed * 1_000_000, seed * 1_000_000 + count))
    begun = time.monotonic()

    def work():
        while True:
            with lock:
                number = next(seeds, None)
            if number is None:
                return
            wrong, case = one_random(number)
            with lock:
                problems.extend(wrong)
                codes[case.code] = codes.get(case.code, 0) + 1

    threads = [threading.Thread(target=work) for _ in range(max(2, os.cpu_count() or 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    endings = ", ".join(f"{number} with {code}" for code, number in sorted(codes.items()))
    print(f"{count} random faults from seed {seed} in {time.monotonic() - begun:.0f} s: {endings}")
    return problems


def measured(words):
    """Wall and CPU seconds of a command and of all that it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
    wall = time.monotonic() - begun
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu


def medians(runs):
    return [sorted(column)[len(column) // 2] for column in zip(*runs)]


def cost(district):
    """What a worker costs: its start, and the conversion of a district when there is one."""
    # Whatever outlives the tool is waited for here, and counted.
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(dir=WORK) as name:
        folder = pathlib.Path(name)
        source = folder / "in.tiny"
        source.write_text("#tiny 1\na\tAnn\n")
        look = [TOOL, "inspect", str(source), "--from", "tiny", "--adapter", str(FAULTY),
                "--trust-store", str(STORE)]
        here, apart = alternately(look, 21)
        print(f"start: {here[0] * 1000:.1f} ms in process, {apart[0] * 1000:.1f} ms isolated; a "
              f"worker costs {(apart[0] - here[0]) * 1000:.1f} ms")
        if district is None:
            return []
        convert = [TOOL, "convert", f"{district}/oneroster", "--to", "evidence", "-o",
                   str(folder / "out.csv"), "--force", "--quiet"]
        here, apart = alternately(convert, 3)
        print(f"conversion A in process: {here[0]:.2f} s, {here[1]:.2f} s of CPU; isolated: "
              f"{apart[0]:.2f} s, {apart[1]:.2f} s of CPU; throughput {here[0] / apart[0]:.2f}")
    return []


def alternately(words, count):
    """Medians of a command in process and isolated, which take turns."""
    runs = {False: [], True: []}
    for number in range(count + 1):
        for isolated in (False, True):
            run = measured(words + (["--isolate"] if isolated else []))
            # The first one warms the caches.
            if number > 0:
                runs[isolated].append(run)
    return medians(runs[False]), medians(runs[True])


def main():
    # A trusted adapter is loaded when it is looked at, so each is trusted once.
    STORE.unlink(missing_ok=True)
    os.environ["SWIFT_BACKTRACE"] = "enable=no"
    for library in WORK.glob("lib*Adapter.so"):
        subprocess.run(
            [TOOL, "adapter", "trust", str(library), "--trust-store", str(STORE)], check=True,
            stdout=subprocess.DEVNULL)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    words = sys.argv[1:] or ["table"]
    if words[0] == "table":
        rows, problems = table()
        problems += document(rows, "--update" in words)
        problems += sandbox_checks()
        print(f"{len(rows) - 2} faults, each in the tool's process and isolated")
    elif words[0] == "random":
        problems = randomly(int(words[1]) if len(words) > 1 else 100,
                            int(words[2]) if len(words) > 2 else 1)
    else:
        problems = cost(words[1] if len(words) > 1 else None)
    for problem in problems:
        print(f"WRONG {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
