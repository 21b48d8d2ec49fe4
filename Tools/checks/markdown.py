#!/usr/bin/env python3
"""Checks Markdown: relative links lead to files and headings that are there, and fences are closed."""

import pathlib
import re
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")


def files():
    for start in [ROOT / "README.md", ROOT / "Docs", ROOT / "Modules", ROOT / "Tests"]:
        if start.is_file():
            yield start
        elif start.is_dir():
            for path in sorted(start.rglob("*.md")):
                if not any(part.startswith(".build") for part in path.parts):
                    yield path


def heading_anchors(text):
    anchors = set()
    for line in text.splitlines():
        if line.startswith("#"):
            title = line.lstrip("#").strip().lower()
            title = re.sub(r"[^\w\- ]", "", title)
            anchors.add(title.replace(" ", "-"))
    return anchors


def check(path):
    text = path.read_text(encoding="utf-8")
    place = path.relative_to(ROOT)
    fence = None
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.lstrip()
        if stripped.startswith("```"):
            fence = None if fence else number
            continue
        if fence:
            continue
        for target in LINK.findall(re.sub(r"`[^`]*`", "", line)):
            if re.match(r"[a-z]+:", target) or target.startswith("doc:"):
                continue
            name, _, anchor = target.partition("#")
            other = (path.parent / urllib.parse.unquote(name)).resolve() if name else path
            if not other.exists():
                yield f"{place}:{number}: the link leads nowhere: {target}"
            elif anchor and other.suffix == ".md":
                if anchor not in heading_anchors(other.read_text(encoding="utf-8")):
                    yield f"{place}:{number}: no heading for: {target}"
    if fence:
        yield f"{place}:{fence}: the fence is not closed"


def main():
    faults = [fault for path in files() for fault in check(path)]
    print("\n".join(faults) if faults else "links in Markdown lead somewhere")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
