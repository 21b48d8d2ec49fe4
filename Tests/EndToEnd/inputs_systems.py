"""Inputs 49 to 58: signals, streams, limits, languages, sizes."""

import os
import resource
import signal
import subprocess
import time

import district
from district import expected, result_row
from harness import TOOL, equal, outcome, require


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
            wait_for_part(t, child)
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


def wait_for_part(t, child):
    """Waits until the output grows, at most a few seconds."""
    for _ in range(400):
        if child.poll() is not None:
            return
        if any(".part" in path.name and path.stat().st_size > 0 for path in t.path.glob(".*.part")):
            return
        time.sleep(0.005)


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

    @suite.case(53, "few descriptors; a limit on the size of files")
    def _(t):
        path = t.folder("package", district.oneroster())

        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))
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

    @suite.case(56, "languages and time zones")
    def _(t):
        path = t.folder("package", district.oneroster())
        outputs = set()
        for language, zone in [("C", "UTC"), ("tr_TR.UTF-8", "Asia/Tokyo"),
                               ("de_DE.UTF-8", "America/St_Johns")]:
            target = t.path / f"out-{language}"
            subprocess.run(command(path, target), check=True, timeout=60, env=dict(
                os.environ, LC_ALL=language, LANG=language, TZ=zone), stderr=subprocess.DEVNULL)
            outputs.add(target.read_bytes())
        require(len(outputs) == 1, "the output depends on the language")
        return "same bytes"

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
        def seconds(name, learners):
            path = many(t, 100_000, learners, name)
            begun = os.times()
            subprocess.run(command(path, t.path / f"{name}.out"), check=True, timeout=120,
                           stderr=subprocess.DEVNULL)
            ended = os.times()
            return ended.children_user - begun.children_user
        base = seconds("base.ndjson", 500)
        for name, learners in [("all.ndjson", 100_000), ("one.ndjson", 1)]:
            taken = seconds(name, learners)
            require(taken < 3 * base + 0.5, f"{name}: {taken:.2f} s against {base:.2f} s")
        data = district.rows()
        # Equal but for 13 bits in the middle, as made for hashes that look at ends only.
        ids = [f"{'a' * 20}{n:05}{'b' * 20}" for n in range(8_000)]
        data["users"] = [district.user_row(i) for i in ids]
        data["roles"] = [f"ro{n},,,{i},primary,student,,,o1," for n, i in enumerate(ids)]
        data["enrollments"] = [f"e{n},,,c1,o1,{i},student,,," for n, i in enumerate(ids)]
        scores = [(f"r{n}", "li1", i, "5") for n, i in enumerate(ids)]
        data["results"] = [result_row(*score) for score in scores]
        run = t.read(t.folder("package", district.oneroster(data)), timeout=30)
        equal(run.scores(), expected(scores))
        return "linear"
