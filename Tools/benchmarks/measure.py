"""Runs one command in a fresh process and measures it."""

import os
import resource
import signal
import time


class Run:
    """CPU and wall seconds, peak memory in MB and the exit code of one process with its children."""

    def __init__(self, cpu, wall, peak, code):
        self.cpu, self.wall, self.peak, self.code = cpu, wall, peak, code


def high_water(pid):
    """The highest resident size of a living process so far, in kB; 0 where it cannot be read."""
    try:
        with open("/proc/%d/status" % pid, encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1])
    except (OSError, ValueError):
        pass
    return 0


def run(command, environment, log, limit=3600):
    """Runs `command`; its output goes to the file `log`.

    The kernel starts a child's peak with the size of the process it was forked from. So where the
    reported peak is no larger than this process, the child's own high-water mark, read every 5 ms,
    is taken instead.
    """
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    pid = os.posix_spawnp(
        command[0], command, dict(os.environ, **environment),
        file_actions=[(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                      (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
                      (os.POSIX_SPAWN_DUP2, 1, 2)])
    seen = 0
    while True:
        seen = max(seen, high_water(pid))
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            break
        if time.monotonic() - started > limit:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.005)
    wall = time.monotonic() - started
    peak = usage.ru_maxrss if usage.ru_maxrss > floor * 1.05 else seen
    return Run(usage.ru_utime + usage.ru_stime, wall, peak / 1024, os.waitstatus_to_exitcode(status))


def machine():
    """One line that says what the numbers were measured on."""
    model = "unknown processor"
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), model)
    except OSError:
        pass
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return "%s, %d cores, %.0f GiB, %s %s" % (model, os.cpu_count(), total, os.uname().sysname, os.uname().release)
