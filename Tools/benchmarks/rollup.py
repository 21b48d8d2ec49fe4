#!/usr/bin/env python3
"""Measures roll-ups of columns in memory beside Polars, DuckDB and numpy, and checks the sums.

    rollup.py --ours .build/release/grading-benchmark --runs 3
    rollup.py --ours .build/release/grading-benchmark --learners 10000 --method mean

The log is invented: so many learners, 20 targets each, 3 to 7 scores for each of them. All programs get
the same columns, which are loaded before the clock starts, take turns, and run on one thread; the least
CPU seconds of the runs stand. Ours also tells what a log with dates, voids and caps costs, with and
without traces, and six policies over one log.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

import measure
import programs

HERE = os.path.dirname(os.path.abspath(__file__))
METHODS = ["decaying average", "mean", "most recent", "highest", "newest against older", "mean of last 3", "sum",
           "median"]


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--ours", required=True, help="path of grading-benchmark")
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--learners", type=int, default=100_000)
    p.add_argument("--method", action="append", help="only these; may be given often")
    p.add_argument("--python", default=programs.default_python(), help="interpreter that has the peers' packages")
    return p.parse_args()


def ours(o, *words):
    done = subprocess.run([os.path.abspath(o.ours), *words, "--learners", str(o.learners)],
                          capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def peer(o, name, folder, method):
    environment = dict(os.environ, **programs.ONE_THREAD)
    done = subprocess.run([o.python, os.path.join(HERE, "peers", "rollup_peer.py"), name, folder, method, "1"],
                          capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        return {"cpu": None, "problem": (done.stderr.strip().splitlines() or ["failed"])[-1][:80]}
    return json.loads(done.stdout.splitlines()[-1])


def better(old, new):
    if old is None or old.get("cpu") is None:
        return new
    return new if new.get("cpu") is not None and new["cpu"] < old["cpu"] else old


def versions(o):
    code = "import importlib.metadata as m; print(', '.join(n + ' ' + m.version(n) for n in ('polars', 'duckdb', 'numpy')))"
    return subprocess.run([o.python, "-c", code], capture_output=True, text=True).stdout.strip()


def main():
    o = parse()
    methods = o.method or METHODS
    names = ["polars", "duckdb", "numpy"]
    with tempfile.TemporaryDirectory(prefix="rollup-") as folder:
        found = {}
        for _ in range(o.runs):
            mine = {line["method"]: line for line in ours(o, "columns", "--runs", "1", "--write", folder)}
            for method, line in mine.items():
                found[method, "ours"] = better(found.get((method, "ours")), line)
            for method in methods:
                for name in names:
                    found[method, name] = better(found.get((method, name)), peer(o, name, folder, method))
    print("Machine: %s; %s.\n" % (measure.machine(), versions(o)))
    print("| method | ours M/s | Polars M/s | DuckDB M/s | numpy M/s | Polars / ours | DuckDB / ours | peak MB ours, Polars, DuckDB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    wrong = 0
    for method in methods:
        mine, cells, ratios, peaks = found[method, "ours"], [], [], []
        for name in names:
            theirs = found[method, name]
            if theirs.get("cpu") is None:
                cells.append(theirs.get("problem", "-"))
                ratios.append("-")
                peaks.append("-")
                continue
            off = abs(theirs["sum"] - mine["sum"]) > 1e-6 * abs(mine["sum"])
            off = off or theirs["results"] != mine["results"]
            wrong += off
            cells.append("%.1f%s" % (mine["rows"] / theirs["cpu"] / 1e6, " (other sum)" if off else ""))
            ratios.append("%.1f" % (theirs["cpu"] / mine["cpu"]))
            peaks.append("%.0f" % theirs["peak"])
        print("| %s | %.0f | %s | %s | %s | %s | %s | %s |" % (
            method, mine["rows"] / mine["cpu"] / 1e6, *cells, ratios[0], ratios[1],
            ", ".join(["%d" % mine["peak"]] + peaks[:2])))
    rest = [m for (m, name) in found if name == "ours" and m not in methods]
    for method in rest:
        mine = found[method, "ours"]
        print("| %s | %.0f | | | | | | |" % (method, mine["rows"] / mine["cpu"] / 1e6))
    print()
    tasks = {}
    for task in ("log", "trace"):
        for _ in range(o.runs):
            for line in ours(o, task, "--runs", "1"):
                key = task, line["method"]
                tasks[key] = better(tasks.get(key), line)
    print("| method | log M/s | with a trace M/s |\n| --- | ---: | ---: |")
    for (task, method), line in tasks.items():
        if task == "log":
            traced = tasks["trace", method]
            print("| %s | %.1f | %.1f |" % (method, line["rows"] / line["cpu"] / 1e6, traced["rows"] / traced["cpu"] / 1e6))
    memory = [(task, line["bytes"]) for (task, _), line in tasks.items() if "bytes" in line]
    print("\nMemory: " + ", ".join("%d bytes a row (%s)" % (count, task) for task, count in memory))
    if_lines = [ours(o, "what-if", "--runs", "1") for _ in range(o.runs)]
    print("What-if: one policy %.3f s, five more with their differences %.3f s: %.2f times." % (
        min(l[0]["cpu"] for l in if_lines), min(l[1]["cpu"] for l in if_lines),
        min(l[1]["cpu"] for l in if_lines) / min(l[0]["cpu"] for l in if_lines)))
    for task, title in (("live", "Scores told one by one to 10 million results (G5)"),
                        ("trees", "Results told to trees of gates of a million learners (G6)")):
        least = {}
        for _ in range(o.runs):
            for line in ours(o, task, "--runs", "1"):
                least[line["method"]] = better(least.get(line["method"]), line)
        print("\n" + title + ":")
        for method, line in least.items():
            print("| %s | %.1f M/s | %.0f ns | %d MB |" % (
                method, line["rows"] / line["cpu"] / 1e6, line["cpu"] / line["rows"] * 1e9, line["peak"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
