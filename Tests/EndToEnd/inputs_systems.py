"""Inputs 49 to 58: signals, streams, limits, languages, sizes."""

import os
import resource
import signal
import subprocess
import time

import district
import shim
from district import result_row
from harness import TOOL, outcome, peak, require


def many(t, count=200_000, learners=500, name="many.ndjson"):
    path = t.path / name
    with open(path, "w") as file:
        for n in range(count):
            file.write(district.statement(n, f"u{n % learners}", activity=f"q{n % 40}") + "\n")
    return path


def command(path, target, *more):
    return [TOOL, "convert", str(path), "--to", "evidence", "-o", str(target), "--option",
            "unaligned=keep", "--quiet", *more]


def add(suite):
    add_signals(suite)
    add_limits(suite)
    add_sizes(suite)


def add_signals(suite):
    @suite.case(49, "SIGTERM, SIGINT, SIGHUP")
    def _(t):
        path = many(t)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            target = t.file("out", b"old")
            child = subprocess.Popen(command(path, target, "--force"), stderr=subprocess.DEVNULL)
            t.wait_until_written(child)
            begun = time.monotonic()
            child.send_signal(number)
            child.wait(timeout=20)
            require(time.monotonic() - begun < 1.5, f"{number.name}: took too long to stop")
            require(child.returncode != 0 or target.read_bytes() != b"old", "ended well, wrote not")
            if child.returncode != 0:
                require(target.read_bytes() == b"old", f"{number.name}: the old output is gone")
            t.no_leftovers()
        return "stopped"

    @suite.case(50, "standard output closed early")
    def _(t):
        path = many(t, 20_000)
        done = subprocess.run(
            ["bash", "-c", '"$0" "$@" | head -1; exit ${PIPESTATUS[0]}', *command(path, "-")],
            capture_output=True, timeout=60)
        require(done.returncode in (0, 141), f"exit {done.returncode}: {done.stderr.decode()}")
        require(not done.stderr.strip(), f"not quiet: {done.stderr.decode()}")
        return f"ended ({done.returncode})"

    @suite.case(51, "standard output on a full device")
    def _(t):
        if not os.path.exists("/dev/full"):
            return "skipped: no /dev/full"
        path = t.file("g.csv", district.canvas())
        for arguments in (command(path, "-"), [TOOL, "inspect", str(path)], [TOOL, "formats"],
                          [TOOL, "--help"], [TOOL, "validate", str(path), "--json"]):
            with open("/dev/full", "w") as full:
                done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, timeout=60)
            require(done.returncode == 74, f"{arguments[1:3]}: exit {done.returncode}")
        return "I/O error (74)"


def add_limits(suite):
    @suite.case(52, "little memory")
    def _(t):
        path = many(t, 100_000)
        target = t.file("out", b"old")

        def limited(count):
            def limit():
                resource.setrlimit(resource.RLIMIT_AS, (count, count))
            return subprocess.run(command(path, target, "--force"), preexec_fn=limit,
                                  capture_output=True, timeout=120)
        for count in (60 << 20, 100 << 20, 140 << 20):
            done = limited(count)
            if done.returncode != 0:
                require(target.read_bytes() == b"old", f"{count}: the old output is gone")
        done = limited(700 << 20)
        require(done.returncode == 0, f"too little in 700 MB of addresses: {done.stderr[-300:]}")
        require(target.read_bytes() != b"old", "nothing was written")
        t.tool("convert", path, "--to", "evidence", "-o", target, "--force", "--quiet")
        t.no_leftovers()
        return "old or whole"

    @suite.case(52, "memory does not grow with the results")
    def _(t):
        held = {}
        for count in (50_000, 200_000):
            path = many(t, count, name=f"{count}.ndjson")
            exit_code, held[count] = peak(command(path, t.path / f"out{count}"))
            require(exit_code == 0, f"exit {exit_code}")
            # What was promised: 64 MB and 200 bytes for each line item and learner.
            require(held[count] < (64 << 20) + 540 * 200, f"{count}: {held[count] >> 20} MB")
        require(held[200_000] < held[50_000] * 1.25, f"it grows: {held}")
        return f"{held[200_000] >> 20} MB"

    @suite.case(53, "few descriptors; a limit on the size of files")
    def _(t):
        path = t.folder("package", district.oneroster())

        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
        run = t.convert(path, preexec=few)
        require(run.exit == 0, f"few descriptors: {run}")
        big = many(t, 20_000)

        def small():
            resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
        run = t.convert(big, preexec=small, output="small-out")
        require(run.exit == 74, f"a limit on the size of files: {run}")
        return outcome(run)

    @suite.case(54, "two runs into one output")
    def _(t):
        path = many(t, 60_000)
        target = t.path / "out"
        children = [subprocess.Popen(command(path, target, "--force"), stderr=subprocess.DEVNULL)
                    for _ in range(2)]
        codes = sorted(child.wait(timeout=60) for child in children)
        require(codes in ([0, 0], [0, 75]), f"exits {codes}")
        require(len(target.read_bytes().splitlines()) == 60_001, "the output is not whole")
        t.no_leftovers()
        return f"ended {codes}"

    @suite.case(56, "languages, time zones, a clock that is wrong")
    def _(t):
        path = t.folder("package", district.oneroster())
        wrong = shim.build()
        formats = ["oneroster-1.2", "canvas-gradebook", "moodle-grades", "moodle-grades-xml",
                   "xapi", "cbl", "cbl-ndjson", "evidence"]
        for name in formats:
            outputs = set()
            for language, zone, clock in [
                    ("C", "UTC", 0), ("tr_TR.UTF-8", "Asia/Tokyo", 0),
                    ("de_DE.UTF-8", "America/St_Johns", -900_000_000), ("C", "UTC", 40_000_000)]:
                environment = dict(os.environ, LC_ALL=language, LANG=language, TZ=zone)
                if wrong:
                    environment.update(LD_PRELOAD=str(wrong), CBL_FAULT_CLOCK=str(clock))
                done = subprocess.run(
                    [TOOL, "convert", path, "--to", name, "-o", t.path / "out.zip", "--force",
                     "--quiet"], timeout=60, env=environment, stderr=subprocess.PIPE)
                require(done.returncode in (0, 1), f"{name}: {done.stderr.decode()}")
                outputs.add((t.path / "out.zip").read_bytes())
            require(len(outputs) == 1, f"{name}: the output depends on where and when it is made")
        return "same bytes" if wrong else "same bytes (the clock was left alone)"

    @suite.case(57, "adapter that is missing, none, or somebody's text file")
    def _(t):
        path = t.file("g.csv", district.canvas())
        t.refused(path, exit=69, args=["--adapter", t.path / "missing.so"])
        text = t.file("libText.so", b"this is no library")
        run = t.refused(path, exit=69, args=["--adapter", text])
        return outcome(run)


def add_sizes(suite):
    @suite.case(58, "identifiers made to collide; many learners; one learner")
    def _(t):
        base = seconds(many(t, 100_000, 500, "base.ndjson"), t)
        for name, learners in [("all.ndjson", 100_000), ("one.ndjson", 1)]:
            taken = seconds(many(t, 100_000, learners, name), t)
            require(taken < 2 * base + 0.3, f"{name}: {taken:.2f} s against {base:.2f} s")
        return "linear"

    @suite.case(58, "four times as many learners take four times as long")
    def _(t):
        """The hash is seeded anew in each run, so nobody can choose identifiers that collide; what
        can be chosen is what simple hashes mix badly: bits in the middle or at one end only."""
        shapes = {
            "middle": lambda n: f"{'a' * 20}{n:06}{'b' * 20}", "end": lambda n: f"{'a' * 40}{n:06}",
            "start": lambda n: f"{n:06}{'a' * 40}",
            "uuid": lambda n: f"{n << 40:08x}-0000-4000-8000-000000000000"[-36:],
            "bits": lambda n: f"{n:018b}".replace("0", "Aa").replace("1", "BB"),
        }
        for name, shape in shapes.items():
            taken = []
            for count in (20_000, 80_000):
                path = roster(t, [shape(n) for n in range(count)], f"{name}{count}")
                taken.append(min(seconds(path, t) for _ in range(2)))
            require(taken[1] < 2 * 4 * taken[0] + 0.1,
                    f"{name}: {taken[0]:.2f} s, then {taken[1]:.2f} s")
        return "linear"


def seconds(path, t):
    """The processor time of a run."""
    begun = os.times()
    done = subprocess.run(command(path, t.path / "out", "--force"), timeout=120,
                          stderr=subprocess.PIPE)
    ended = os.times()
    require(done.returncode == 0, f"{path.name}: {done.stderr.decode()[-300:]}")
    return ended.children_user - begun.children_user


def roster(t, ids, name):
    """A package with one result of each learner."""
    data = district.rows()
    data["users"] = [district.user_row(i) for i in ids]
    data["roles"] = [f"ro{n},,,{i},primary,student,,,o1," for n, i in enumerate(ids)]
    data["enrollments"] = [f"e{n},,,c1,o1,{i},student,,," for n, i in enumerate(ids)]
    data["results"] = [result_row(f"r{n}", "li1", i, "5") for n, i in enumerate(ids)]
    return t.folder(name, district.oneroster(data))
