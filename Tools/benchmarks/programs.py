"""The programs that are compared: command, environment, and the sizes that each is given."""

import os
import shutil
import subprocess
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers")
POLICY = os.path.join(os.path.dirname(HERE), "decay.policy.json")
SIZES = ["XS", "S", "M", "L"]

# What a program must reach, as its CPU time over ours: (bar, aim).
BARS = {
    "A": {"Polars": (3, 5), "DuckDB": (5, 8), "Python csv": (15, 25), "pyarrow": (4, 7),
          "earthmover": (100, 170), "csvkit": (150, 280), "Miller": (40, 65), "sha256sum": (1, 3)},
    "B": {"DuckDB": (2, 4), "Polars": (5, 10), "pandas": (40, 60)},
    "C": {"Polars": (3, 6), "DuckDB": (3.5, 7), "Python csv": (10, 20)},
    "D": {"DuckDB": (4, 8), "Polars": (15, 40), "jq": (25, 60), "Python json": (15, 40)},
}
# Bars that hold at size S only.
SMALL_ONLY = {"earthmover", "csvkit", "Miller", "pandas"}
ONE_THREAD = {"BENCH_THREADS": "1", "POLARS_MAX_THREADS": "1", "GOMAXPROCS": "1", "OMP_NUM_THREADS": "1"}


class Program:
    """One competitor: `command(task, source, out)` gives the words to run."""

    def __init__(self, name, tasks, command, largest="L", environment=ONE_THREAD, version=None,
                 checked=True, probe=None):
        self.name, self.tasks, self.command, self.largest = name, tasks, command, largest
        self.environment, self.version, self.checked, self.probe = environment, version, checked, probe

    def takes(self, task, size):
        return task in self.tasks and SIZES.index(size) <= SIZES.index(self.largest)

    def describe(self):
        """The program's version as it states it, or None where the program is not installed."""
        if self.probe and not shutil.which(self.probe):
            return None
        try:
            done = subprocess.run(self.version, capture_output=True, text=True, timeout=60)
        except OSError:
            return None
        return done.stdout.strip().splitlines()[0] if done.returncode == 0 and done.stdout.strip() else None


def source_of(task, data):
    """The input of a task in one district."""
    return os.path.join(data, "xapi", "statements.ndjson") if task == "D" else os.path.join(data, "oneroster")


def output_of(task, folder, name):
    """Where a program writes; a folder for task B."""
    plain = "".join(c if c.isalnum() else "-" for c in name)
    return os.path.join(folder, "%s-%s%s" % (task, plain, "" if task == "B" else ".csv"))


def ours(path):
    """Our tool, with the command lines that are measured."""
    def command(task, source, out):
        if task == "start":
            return [path, "--version"]
        if task == "C":
            return [path, "roll-up", "--policy", POLICY, source, "-o", out, "--quiet"]
        to = "canvas-gradebook" if task == "B" else "evidence"
        return [path, "convert", source, "--to", to, "-o", out + ("/" if task == "B" else "")]
    return Program("cbl-tool", "A B C D start".split(), command, environment={}, version=[path, "--version"])


def peers(python):
    """All competitors; `python` is the interpreter that has the packages of requirements.txt."""
    folder = os.path.dirname(os.path.abspath(python)) + os.sep if os.sep in python else ""

    def script(file):
        return lambda task, source, out: [python, os.path.join(HERE, file), task, source, out]

    def shell(file):
        return lambda task, source, out: ["sh", os.path.join(HERE, file), task, source, out]

    def package(name):
        return [python, "-c", "import importlib.metadata as m; print(m.version('%s'))" % name]

    def reading(tool):
        def command(task, source, out):
            file = os.path.join(source, "results.csv") if os.path.isdir(source) else source
            return ["sh", "-c", 'exec %s "$1" > "$2"' % tool, "sh", file, out]
        return command

    alone, bin = dict(ONE_THREAD, BENCH_BIN=folder), {"BENCH_BIN": folder}
    return [
        Program("DuckDB", "ABCD", script("duckdb_peer.py"), version=package("duckdb")),
        Program("DuckDB, all cores", "ABCD", script("duckdb_peer.py"), environment={}, version=package("duckdb")),
        Program("Polars", "ABCD", script("polars_peer.py"), version=package("polars")),
        Program("Polars, all cores", "ABCD", script("polars_peer.py"), environment={}, version=package("polars")),
        Program("pyarrow", "AD", script("pyarrow_peer.py"), version=package("pyarrow")),
        Program("pandas", "AB", script("pandas_peer.py"), largest="S", version=package("pandas")),
        Program("Python csv", "ABC", script("python_peer.py"), version=[python, "--version"]),
        Program("Python json", "D", script("python_peer.py"), version=[python, "--version"]),
        Program("jq", "D", shell("jq_peer.sh"), largest="M", version=["jq", "--version"], probe="jq"),
        Program("Miller", "AD", shell("miller_peer.sh"), largest="S", version=["mlr", "--version"], probe="mlr"),
        Program("csvkit", "A", shell("csvkit_peer.sh"), largest="S", environment=alone, version=package("csvkit")),
        Program("earthmover", "A", shell("earthmover_peer.sh"), largest="S", environment=dict(alone),
                version=package("earthmover")),
        Program("cat", "AD", reading("cat"), version=["cat", "--version"], checked=False),
        Program("sha256sum", "AD", reading("sha256sum"), version=["sha256sum", "--version"], checked=False),
    ]


def default_python():
    return os.environ.get("BENCH_PYTHON", sys.executable)
