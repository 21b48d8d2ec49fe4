"""Builds faults.c, the library that lets calls fail and shifts the clock."""

import atexit
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from harness import require

PATH = pathlib.Path(tempfile.gettempdir()) / f"cbl-faults-{os.getpid()}.so"


def build():
    """The path of the library; None where it cannot be built or used."""
    if PATH.exists():
        return PATH
    compiler = next((c for c in ("clang", "cc", "gcc") if shutil.which(c)), None)
    if compiler is None or sys.platform != "linux":
        return None
    source = pathlib.Path(__file__).with_name("faults.c")
    done = subprocess.run([compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
                           str(PATH), str(source), "-ldl"], capture_output=True, text=True)
    require(done.returncode == 0, f"faults.c: {done.stderr}")
    atexit.register(lambda: PATH.unlink(missing_ok=True))
    return PATH
