#!/usr/bin/env python3
"""catalogs.py --ours TOOL --sample FILE [--big FILE] [--runs N]: catalogs beside other programs.

Prints tables of CPU seconds, peak memory and ratios: checks, levels and implied links of FILE
beside networkx, the layout of FILE beside Graphviz, and the loading of a big graph. The counts of
both sides have to agree. BENCH_PYTHON names the Python that has networkx.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = os.environ.get("BENCH_PYTHON", sys.executable)


def run(command, runs):
    """The output, and medians of CPU seconds, wall seconds and MB."""
    figures = []
    with tempfile.TemporaryDirectory() as scratch:
        log = os.path.join(scratch, "out")
        for _ in range(runs):
            done = measure.run(command, {}, log)
            if done.code not in (0, 1, 65):
                sys.exit(f"failed: {' '.join(command)}")
            figures.append((done.cpu, done.wall, done.peak))
        with open(log, encoding="utf-8") as file:
            output = file.read()
    return output, [statistics.median(column) for column in zip(*figures)]


def table(rows):
    print("| work | program | CPU s | wall s | peak MB | CPU / ours |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for work, program, figures, ours in rows:
        cpu, wall, memory = figures
        print(f"| {work} | {program} | {cpu:.3f} | {wall:.2f} | {memory:.0f} | {cpu / ours[0]:.1f} |")


def checks(tool, sample, runs, rows):
    """Lint, and levels and implied links, beside networkx."""
    lint, first = run([tool, "catalog", "lint", sample, "--json"], runs)
    counts, second = run([tool, "catalog", "show", sample, "--graph", "--json"], runs)
    ours = [first[0] + second[0], first[1] + second[1], max(first[2], second[2])]
    theirs, figures = run([PYTHON, os.path.join(HERE, "peers", "networkx_peer.py"), sample], runs)
    counts, theirs = json.loads(counts), [int(word) for word in theirs.split()]
    found = [counts[name] for name in ("items", "links", "levels", "implied", "cycles")]
    if found != theirs[:5]:
        sys.exit(f"counts differ: {found} and {theirs[:5]}")
    results = {check["check"]: check["affected"] for check in json.loads(lint)["checks"]}
    found = [results[f"lint.{name}"] for name in ("dangling_end", "orphan", "duplicate_code")]
    if found != theirs[5:]:
        sys.exit(f"findings differ: {found} and {theirs[5:]}")
    work = f"lint, levels, implied links of {theirs[0]:,} items, {theirs[1]:,} prerequisites"
    rows.append((work, "cbl-tool, two runs", ours, ours))
    rows.append(("the same without text checks", "networkx", figures, ours))


def layout(tool, sample, runs, rows):
    """The layout, beside Graphviz."""
    dot = shutil.which("dot")
    drawn, ours = run([tool, "catalog", "draw", sample, "--to", "svg"], runs)
    count = drawn.count('class="link')
    rows.append((f"layout of {count - 1:,} links as SVG", "cbl-tool", ours, ours))
    if dot is None:
        return
    text, _ = run([tool, "catalog", "draw", sample, "--to", "dot"], 1)
    with tempfile.NamedTemporaryFile("w", suffix=".dot") as file:
        file.write(text)
        file.flush()
        _, figures = run([dot, "-Tsvg", file.name], runs)
        rows.append(("the same, one cluster for each domain", "Graphviz dot", figures, ours))
        plain = "\n".join(
            line for line in text.splitlines()
            if "subgraph" not in line and line != "  }" and not line.startswith("    label"))
        file.seek(0)
        file.truncate()
        file.write(plain)
        file.flush()
        _, figures = run([dot, "-Tsvg", file.name], runs)
        rows.append(("the same, without clusters", "Graphviz dot", figures, ours))


def big(tool, file, runs, rows):
    """A graph of the size of all states, beside networkx."""
    counts, ours = run([tool, "catalog", "show", file, "--graph", "--json"], runs)
    counts = json.loads(counts)
    work = f"load {counts['items']:,} items, {counts['links']:,} prerequisites; levels, implied links"
    rows.append((work, "cbl-tool", ours, ours))
    script = (
        "import json, sys, networkx\n"
        "package = json.load(open(sys.argv[1]))\n"
        "graph = networkx.DiGraph()\n"
        "graph.add_nodes_from(item['identifier'] for item in package['CFItems'])\n"
        "graph.add_edges_from((link['originNodeURI']['identifier'],"
        " link['destinationNodeURI']['identifier']) for link in package['CFAssociations'])\n"
        "print(sum(1 for _ in networkx.topological_generations(graph)))\n")
    levels, figures = run([PYTHON, "-c", script, file], 1)
    if int(levels) != counts["levels"]:
        sys.exit(f"levels differ: {counts['levels']} and {levels}")
    rows.append(("load and levels only", "networkx", figures, ours))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--sample", required=True)
    parser.add_argument("--big")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    rows = []
    checks(options.ours, options.sample, options.runs, rows)
    layout(options.ours, options.sample, options.runs, rows)
    if options.big:
        big(options.ours, options.big, min(options.runs, 3), rows)
    print(measure.machine())
    table(rows)


if __name__ == "__main__":
    main()
