#!/usr/bin/env python3
"""assessment.py --ours BENCHMARK [--runs N] [--persons N] [--items N]: statistics beside other programs.

BENCHMARK is the release build of assessment-benchmark. It writes its invented answers to a folder,
and the peers read the same bytes: scikit-learn (kappa, performance factors), krippendorff, pingouin
(ICC), choix (Bradley-Terry), pyBKT, catsim, girth (two-parameter model, EAP, ML) and, where Rscript
and mirt are there, mirt. BENCH_PYTHON names the Python that has the peers (python -m venv, then pip
install -r requirements-assessment.txt); what is missing is said and left out. Both sides print a
figure that has to agree where it is of one kind. A peer that would take minutes gets a part of the
work, which the table names. The last table holds all tasks, with or without a peer.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = os.environ.get("BENCH_PYTHON", sys.executable)

# Our task, the peer's task, and how far the two figures may differ; None where they are of
# different kinds. A log-likelihood may be better, but not worse.
PAIRS = [
    ("A1 ", "girth-2pl", None), ("A1 ", "mirt-2pl", 0.05), ("A5-A6 eap", "girth-eap", None),
    ("A5-A6 ml", "girth-ml", None), ("A8 ", "catsim", None), ("A10", "pyBKT", None),
    ("A12", "kappa", 1e-9), ("A13 Krippendorff", "krippendorff", 1e-9),
    ("A13 ICC", "pingouin-icc", None), ("A16", "choix", None), ("A18", "sklearn-pfa", 1e-3),
]


def lines(command):
    """The JSON lines that a command prints; an empty list when it cannot run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return []
    if done.returncode != 0:
        sys.stderr.write(done.stderr[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ours", required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--persons", type=int, default=10000)
    parser.add_argument("--items", type=int, default=100)
    options = parser.parse_args()
    size = ["--persons", str(options.persons), "--items", str(options.items),
            "--runs", str(options.runs)]
    with tempfile.TemporaryDirectory() as folder:
        ours = lines([options.ours, "raters", "items", "models", "others", "skills", "placement",
                      "--write", folder] + size)
        if not ours:
            sys.exit("the benchmark printed nothing")
        shape = [folder, str(options.persons), str(options.items)]
        theirs = lines([PYTHON, os.path.join(HERE, "peers", "assessment_peer.py")] + shape)
        if shutil.which("Rscript"):
            theirs += lines(["Rscript", os.path.join(HERE, "peers", "assessment_peer.R")] + shape)
        else:
            print("Rscript is not there: mirt is left out")
    print("| ratio | task | our CPU s | peer | its CPU s | part | our figure | its figure |")
    print("| ---: | --- | ---: | --- | ---: | ---: | ---: | ---: |")
    wrong = []
    for prefix, name, tolerance in PAIRS:
        mine = next((line for line in ours if line["task"].startswith(prefix)), None)
        peer = next((line for line in theirs if line["task"] == name), None)
        if mine is None or peer is None:
            print(f"| | {prefix.strip()} | | {name} | not there | | | |")
            continue
        print(f"| {peer['cpu'] / max(mine['cpu'], 1e-9):.0f} | {mine['task']} | {mine['cpu']:.5f} "
              f"| {name} | {peer['cpu']:.3f} | {peer.get('part', 1):.2g} | {mine['figure']} "
              f"| {peer['figure']} |")
        if tolerance is None:
            continue
        worse = peer["figure"] - mine["figure"] if name.endswith("2pl") \
            else abs(peer["figure"] - mine["figure"])
        if worse > tolerance:
            wrong.append(name)
    print("\n| task | our CPU s | figure | MB |\n| --- | ---: | ---: | ---: |")
    for line in ours:
        print(f"| {line['task']} | {line['cpu']:.2g} | {line['figure']} | {line['peak']} |")
    if wrong:
        sys.exit(f"figures differ: {', '.join(wrong)}")


main()
