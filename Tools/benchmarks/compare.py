#!/usr/bin/env python3
"""Measures cbl-tool beside other programs that do the same work, and checks every output.

    compare.py --data DISTRICTS --task A --size M --runs 3 --ours .build/release/cbl-tool
    compare.py --data DISTRICTS --task start --runs 20 --ours .build/release/cbl-tool
    compare.py --data DISTRICTS --slope --task A --ours .build/release/cbl-tool
    compare.py --data DISTRICTS --gate --ours .build/release/cbl-tool

DISTRICTS holds one folder a size (XS, S, M, L) made by the district generator. Tasks: A OneRoster to
evidence, B OneRoster to one Canvas gradebook a class, C OneRoster to a decaying average of each learner in
each target, D xAPI statements to evidence, start (--version).
Programs take turns, each run in a fresh process; CPU is user and system time with children, from wait4;
medians are printed. Docs/Benchmarks.md says how to install the other programs.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import measure
import programs

HERE = os.path.dirname(os.path.abspath(__file__))


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True, help="folder with one district a size")
    p.add_argument("--task", default="A", choices=["A", "B", "C", "D", "start"])
    p.add_argument("--size", default="M", choices=programs.SIZES)
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--ours", help="path of cbl-tool; without it only the others are measured")
    p.add_argument("--only", help="names of programs, separated by semicolons")
    p.add_argument("--python", default=programs.default_python(), help="interpreter that has the peers' packages")
    p.add_argument("--once-above", type=float, default=60, help="CPU seconds above which a peer is run once only")
    p.add_argument("--scratch", help="folder for outputs (default: a temporary one, removed at the end)")
    p.add_argument("--slope", action="store_true", help="our CPU per result over the sizes S, M and L")
    p.add_argument("--gate", action="store_true", help="our instruction counts at size XS, by valgrind")
    p.add_argument("--gate-limits", help="JSON of task: instructions; more than 5 %% above fails")
    return p.parse_args()


def district(o, size):
    return os.path.join(os.path.abspath(o.data), size)


def facts(folder):
    with open(os.path.join(folder, "facts.json"), encoding="utf-8") as file:
        return json.load(file)


def wipe(path):
    shutil.rmtree(path, ignore_errors=True)
    if os.path.exists(path):
        os.unlink(path)


def bytes_of(path):
    if not os.path.isdir(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(path, name)) for name in os.listdir(path))


class Line:
    """One program's runs of one task."""

    def __init__(self, program, version):
        self.program, self.version, self.runs, self.problem, self.size = program, version, [], None, None

    def once(self, task, folder, scratch, limit):
        """Runs once, unless it failed before or is so slow that one run has to do."""
        if self.problem or (self.runs and self.cpu() > limit and self.program.name != "cbl-tool"):
            return
        out = programs.output_of(task, scratch, self.program.name)
        wipe(out)
        wipe(out + ".d")
        log = os.path.join(scratch, "log")
        source = programs.source_of(task, folder)
        run = measure.run(self.program.command(task, source, out), self.program.environment, log)
        accepted = (0, 1) if self.program.name == "cbl-tool" else (0,)
        if run.code not in accepted:
            with open(log, encoding="utf-8", errors="replace") as file:
                said = file.read().strip().splitlines()[-1:] or [""]
            self.problem = "exit %d: %s" % (run.code, said[0][:120])
            return
        self.runs.append(run)
        if task != "start" and self.program.checked:
            self.check(task, folder, out)
        wipe(out)

    def check(self, task, folder, out):
        size = bytes_of(out) if os.path.exists(out) else 0
        if self.size is None:
            done = subprocess.run([sys.executable, os.path.join(HERE, "check.py"), task, folder, out],
                                  capture_output=True, text=True)
            if done.returncode != 0:
                self.problem = (done.stdout + done.stderr).strip()[-200:]
            self.size = size
        elif size != self.size:
            self.problem = "output of %d bytes, first run gave %d" % (size, self.size)

    def cpu(self):
        return statistics.median(run.cpu for run in self.runs)

    def peak(self):
        return statistics.median(run.peak for run in self.runs)

    def wall(self):
        return statistics.median(run.wall for run in self.runs)


def chosen(o):
    """The programs to run that are installed, ours first."""
    everything = ([programs.ours(os.path.abspath(o.ours))] if o.ours else []) + programs.peers(o.python)
    only = [name.strip() for name in o.only.split(";")] if o.only else None
    lines = []
    for program in everything:
        wanted = program.name == "cbl-tool" or only is None or program.name in only
        if wanted and program.takes(o.task, o.size):
            version = program.describe()
            if version:
                lines.append(Line(program, version))
            else:
                print("not installed, left out: " + program.name, file=sys.stderr)
    return lines


def report(o, lines, folder):
    print("Task %s, size %s; medians of up to %d runs, programs taking turns." % (o.task, o.size, o.runs))
    print("Machine: %s; load before %.1f, after %.1f.\n" % (measure.machine(), o.load, os.getloadavg()[0]))
    mine = next((line for line in lines if line.program.name == "cbl-tool" and line.runs), None)
    print("| program | version | CPU s | min-max | wall s | peak MB | CPU / ours | bar, aim | output | runs |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |")
    for line in lines:
        if not line.runs:
            print("| %s | %s | - | - | - | - | - | - | %s | 0 |" % (line.program.name, line.version, line.problem))
            continue
        ratio = "%.2f" % (line.cpu() / mine.cpu()) if mine and mine.cpu() > 0 and not line.problem else "-"
        bar = programs.BARS.get(o.task, {}).get(line.program.name)
        if bar and line.program.name in programs.SMALL_ONLY and o.size != "S":
            bar = None
        verdict = line.problem or ("right" if line.program.checked and o.task != "start" else "not checked")
        if line.program.name == "cbl-tool" and any(run.code for run in line.runs):
            verdict += ", exit %d" % line.runs[-1].code
        print("| %s | %s | %.3f | %.3f-%.3f | %.2f | %.0f | %s | %s | %s | %d |" % (
            line.program.name, line.version, line.cpu(), min(r.cpu for r in line.runs),
            max(r.cpu for r in line.runs), line.wall(), line.peak(), ratio,
            "%g, %g" % bar if bar else "", verdict, len(line.runs)))
    if mine and o.task in "ABCD":
        f = facts(folder)["facts"]
        seen = (f["scored"], "statement") if o.task == "D" else (f["results"], "result")
        print("\nOurs: %.0f ns CPU a %s." % (mine.cpu() / seen[0] * 1e9, seen[1]))
        if o.task == "A":
            allowed = 64 + 200 * (f["lineItems"] + facts(folder)["students"]) / 1e6
            print("Memory allowed (64 MB + 200 B a line item or student): %.0f MB; taken: %.0f MB."
                  % (allowed, mine.peak()))
        if o.task == "C":
            with open(os.path.join(folder, ".rows-C-count.truth"), encoding="ascii") as file:
                pairs = int(file.read())
            print("%d results of a learner in a target: %.0f bytes each, all memory counted."
                  % (pairs, mine.peak() * (1 << 20) / pairs))


def compare(o, scratch):
    lines, folder = chosen(o), district(o, o.size)
    o.load = os.getloadavg()[0]
    for turn in range(o.runs):
        for line in lines:
            line.once(o.task, folder, scratch, o.once_above)
            print("run %d %s %s" % (turn + 1, line.program.name, line.problem or ""), file=sys.stderr)
    report(o, lines, folder)
    return 1 if any(line.problem for line in lines if line.program.name == "cbl-tool") else 0


def slope(o, scratch):
    """CPU per result over the sizes; the largest over the smallest must stay within 1.25."""
    line_of, per = {}, []
    program = programs.ours(os.path.abspath(o.ours))
    sizes = [size for size in ("S", "M", "L") if os.path.exists(os.path.join(district(o, size), "facts.json"))]
    print("Task %s, our CPU per input row.  Machine: %s\n" % (o.task, measure.machine()))
    print("| size | rows in | CPU s | ns a row | peak MB | output |\n| --- | ---: | ---: | ---: | ---: | --- |")
    for size in sizes:
        line = line_of[size] = Line(program, "")
        for _ in range(o.runs):
            line.once(o.task, district(o, size), scratch, 1e9)
        if not line.runs:
            print("| %s | - | - | - | - | %s |" % (size, line.problem))
            return 1
        f = facts(district(o, size))["facts"]
        rows = f["scored"] if o.task == "D" else f["results"]
        per.append(line.cpu() / rows * 1e9)
        print("| %s | %d | %.3f | %.0f | %.0f | %s |" % (
            size, rows, line.cpu(), per[-1], line.peak(), line.problem or "right"))
    print("\nLargest over smallest size: %.2f (bar 1.25, aim 1.1)." % (per[-1] / per[0]))
    return 1 if any(line.problem for line in line_of.values()) or per[-1] > 1.25 * per[0] else 0


def gate(o, scratch):
    """Instruction counts, which a busy machine does not change."""
    if not shutil.which("valgrind"):
        print("valgrind is not installed: no instruction counts", file=sys.stderr)
        return 69
    limits = {}
    if o.gate_limits:
        with open(o.gate_limits, encoding="utf-8") as file:
            limits = json.load(file)
    program, worst = programs.ours(os.path.abspath(o.ours)), 0
    print("| task at XS | instructions | limit |\n| --- | ---: | ---: |")
    for task in ("start", "A", "B", "D"):
        out = programs.output_of(task, scratch, "gate")
        command = program.command(task, programs.source_of(task, district(o, "XS")), out)
        done = subprocess.run(["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
                              + command, capture_output=True, text=True)
        found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
        if done.returncode not in (0, 1) or not found:
            print("| %s | failed with exit %d | |" % (task, done.returncode))
            worst = 1
            continue
        count = int(found.group(1).replace(",", ""))
        limit = limits.get(task)
        print("| %s | %d | %s |" % (task, count, limit or ""))
        worst = max(worst, 1 if limit and count > 1.05 * limit else 0)
    return worst


def main():
    o = parse()
    if (o.slope or o.gate or o.task == "start") and not o.ours:
        sys.exit("--ours PATH is needed for this measurement")
    scratch = o.scratch or tempfile.mkdtemp(prefix="benchmarks-")
    os.makedirs(scratch, exist_ok=True)
    try:
        return (slope if o.slope else gate if o.gate else compare)(o, scratch)
    finally:
        if not o.scratch:
            shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
