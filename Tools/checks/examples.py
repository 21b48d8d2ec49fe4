#!/usr/bin/env python3
"""examples.py FILE...: runs the cbl-tool commands in Markdown and compares what they print.

A command is a line in a fence marked `sh` (or `console`, after `$ `) that runs cbl-tool. It runs
in a folder that shows Docs, the example catalogs and the build of the checkout and takes new files. When a fence marked
`text` follows with nothing but blank lines between, it must be what the last command printed;
a line `...` in it stands for any number of lines, and `…` for any text within a line.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def fences(text):
    """Yields (language, first line number, lines, follows directly) of each fence."""
    language, start, lines, gap = None, 0, [], True
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            if language is None:
                language, start, lines = line[3:].strip(), number + 1, []
                direct = not gap
            else:
                yield language, start, lines, direct
                language, gap = None, False
        elif language is not None:
            lines.append(line)
        elif line.strip():
            gap = True


def commands(language, lines):
    """The commands of a fence, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines)).splitlines()
    for line in joined:
        if language == "console":
            if not line.startswith("$ "):
                continue
            line = line[2:]
        parts = [part.strip() for part in line.split("&&")]
        wanted = [part for part in parts if "cbl-tool" in part and not part.startswith("swift")]
        if wanted and "[" not in line and "<" not in line:
            yield " && ".join(wanted)


def matches(expected, printed):
    pattern = []
    for line in expected:
        if line.strip() == "...":
            pattern.append(r"(?:[^\n]*\n)*?")
        else:
            pattern.append(re.escape(line.rstrip()).replace("…", r"[^\n]*") + r"[ ]*\n")
    return re.fullmatch("".join(pattern), printed.rstrip("\n") + "\n")


def run(path):
    failures = []
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(ROOT / "Docs", pathlib.Path(scratch) / "Docs")
        catalogs = pathlib.Path("Tests") / "ExampleCatalogsTests"
        shutil.copytree(ROOT / catalogs, pathlib.Path(scratch) / catalogs)
        os.symlink(ROOT / ".build", pathlib.Path(scratch) / ".build")
        environment = dict(os.environ, PATH=f"{ROOT}/.build/release:{os.environ['PATH']}")
        last, count = None, 0
        for language, start, lines, direct in fences(path.read_text(encoding="utf-8")):
            place = f"{path.relative_to(ROOT)}:{start}"
            if language in ("sh", "console", "bash", "shell"):
                last = None
                for command in commands(language, lines):
                    done = subprocess.run(
                        ["bash", "-c", command], cwd=scratch, env=environment,
                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                        stderr=subprocess.STDOUT, text=True, timeout=120)
                    count += 1
                    last = done.stdout
                    if done.returncode not in (0, 1):
                        failures.append(
                            f"{place}: ended with {done.returncode}: {command}\n{done.stdout}")
            elif language == "text" and direct and last is not None:
                if not matches(lines, last):
                    failures.append(f"{place}: the output is now:\n{last}")
                last = None
        print(f"{path.relative_to(ROOT)}: {count} commands")
    return failures


def main():
    failures = []
    for name in sys.argv[1:]:
        failures += run((ROOT / name).resolve())
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
