#!/usr/bin/env python3
"""Measures 'drvlint check' against compiling the same driver with clang -O0 -g.

    bench.py --drvlint=build/drvlint [--rules=LIST] [DRIVER]

Measured are two selections of rules, or the one that --rules names. Both programs run in turns, and the best round of each counts: whatever else the machine does makes rounds
slower, never faster. They begin without a cache; at last, a second run is compared with a first one
that filled one. clang gets all files in one command, with the headers, defines and dialect that
drvlint uses. Memory is that of drvlint and its children together, looked at every few milliseconds
in a round of its own, because looking takes time.

Exit status: 0 within the limits, 1 beyond one, 2 something could not be run.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIMIT_MEMORY = 300   # MiB
LIMIT_AGAIN = 0.1    # seconds of a run on a driver that did not change, with the default rules
LIMIT_FASTER = 10    # the first run's time to that one's
LIMIT_SECONDS = 300  # for one run, so that a bad day ends

# Rules to select, and the wall time of drvlint with them to that of clang. The first are those that
# a driver meets from its first line on: interrupts, registration, and the IRQL of what it calls.
SELECTIONS = [
    (("Init_DeRegisterInterrupt", "Init_RegisterInterrupt", "NdisMDeregisterInterruptEx",
      "Irql_Interrupt_Function", "Irql_Miniport_Driver_Function", "Irql_Interfaces_Function",
      "Ndis_DeregisterInterruptContext", "Ndis_DeregisterMiniportDriver",
      "Ndis_DeregisterInterface"), 2.0),
    (("all",), 3.0),
]

# What drvlint tells clang besides the driver's own flags: checker/frontend/flags.c.
DIALECT = ["-std=gnu17", "-fms-extensions", "-fms-compatibility",
           "-fms-compatibility-version=19.39", "-nostdlibinc", "-D_KERNEL_MODE=1", "-DWINNT=1",
           "-D_AMD64_=1", "-DAMD64=1", "-w"]
TARGET = "x86_64-pc-windows-msvc"
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") / 1024


class Trouble(Exception):
    pass


class Run:
    """One process that ran to its end. `memory` is in MiB, of the biggest process of its tree."""

    def __init__(self, argv, accept, where=None):
        with tempfile.TemporaryDirectory() as folder:
            with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
                start = time.monotonic()
                process = subprocess.Popen(argv, cwd=where or folder, stdout=out, stderr=err)
                status, usage = wait(process, start)
                self.wall = time.monotonic() - start
                err.seek(0)
                self.errors = err.read().decode(errors="replace")
        if status not in accept:
            raise Trouble("%s ends with status %d\n%s" % (argv[0], status, self.errors))
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024


def wait(process, start):
    """Exit status and usage of a process and of the children that it waited for."""
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage
        if time.monotonic() - start > LIMIT_SECONDS:
            process.kill()
            process.wait()
            raise Trouble("%s takes more than %d seconds" % (process.args[0], LIMIT_SECONDS))
        time.sleep(0.0005)


# ------------------------------------------------------------------------------------ what to run


def sources_of(drvlint, driver):
    """The driver's C files and the flags that all of them have."""
    dump = subprocess.run([drvlint, "check", "--dump=project", driver], text=True,
                          capture_output=True, check=False)
    if dump.returncode not in (0, 1, 3):
        raise Trouble(dump.stderr)
    files, flags = [], []
    for line in dump.stdout.splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "source":
            files.append(os.path.abspath(rest))
            flags.append([])
        elif word == "flag":
            flags[-1] += rest.split(" ", 1) if rest[:2] in ("-D", "-I", "-U") else [rest]
    if not files or any(other != flags[0] for other in flags):
        raise Trouble("the sources of '%s' have no flags in common" % driver)
    return files, [absolute(flag, before) for flag, before in zip(flags[0], [""] + flags[0])]


def absolute(flag, before):
    return os.path.abspath(flag) if before == "-I" else flag


def clang_command(files, flags, packs):
    command = ["clang-19", "--target=" + TARGET, "-O0", "-g", "-c"] + DIALECT + flags
    for pack in packs:
        command += ["-isystem", pack]
    return command + files


def include_folders():
    packs = os.path.join(ROOT, "rules")
    folders = (os.path.join(packs, pack, "include") for pack in ("ndis", "kernel"))
    return [folder for folder in folders if os.path.isdir(folder)]


# --------------------------------------------------------------------------------------- measuring


def children_of(pid):
    try:
        tasks = os.listdir("/proc/%d/task" % pid)
        for task in tasks:
            with open("/proc/%d/task/%s/children" % (pid, task), encoding="ascii") as stream:
                yield from (int(child) for child in stream.read().split())
    except OSError:
        return  # it is gone


def resident(pid):
    """MiB of a process and of all below it."""
    try:
        with open("/proc/%d/statm" % pid, encoding="ascii") as stream:
            own = int(stream.read().split()[1]) * PAGE_KIB / 1024
    except (OSError, IndexError):
        return 0
    return own + sum(resident(child) for child in children_of(pid))


def peak_of_tree(argv):
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    start, peak = time.monotonic(), 0
    while process.poll() is None:
        peak = max(peak, resident(process.pid))
        time.sleep(0.002)
        if time.monotonic() - start > LIMIT_SECONDS:
            process.kill()
    return peak


STAGE = re.compile(r"^(\w+) +([\d.]+) ms")


def stages_of(run):
    """(name, seconds) of each stage."""
    found = (STAGE.match(line) for line in run.errors.splitlines())
    return [(match.group(1), float(match.group(2)) / 1000) for match in found if match]


def row(name, wall, cpu, memory):
    print("%-10s %9.3f s %9.3f s %7.0f MiB" % (name, wall, cpu, memory))


def report(clang, drvlint, memory, limit_ratio):
    ratio = drvlint.wall / clang.wall
    print("%-10s %11s %11s %11s" % ("", "wall", "cpu", "memory"))
    row("clang", clang.wall, clang.cpu, clang.memory)
    row("drvlint", drvlint.wall, drvlint.cpu, memory)
    print("%-10s %9.2f   %9.2f" % ("ratio", ratio, drvlint.cpu / clang.cpu))
    print()
    for name, seconds in stages_of(drvlint):
        print("%-10s %9.3f s %9.0f %%" % (name, seconds, 100 * seconds / drvlint.wall))
    print()
    within = True
    for what, value, limit, unit in (("ratio", ratio, limit_ratio, ""),
                                     ("memory", memory, LIMIT_MEMORY, " MiB")):
        fine = value <= limit
        within = within and fine
        print("%s %.4g%s, %s the limit of %g%s" % (what, value, unit,
                                                   "within" if fine else "beyond", limit, unit))
    return within


def measure(checker, driver, rules, limit_ratio, compile_all, rounds):
    """Prints one table; true where all limits hold."""
    check = [checker, "check", "--no-cache", "--rules=" + ",".join(rules), "--stats", os.path.abspath(driver)]
    clang, drvlint = [], []
    for _ in range(rounds):
        clang.append(Run(compile_all, accept=(0,)))
        drvlint.append(Run(check, accept=(0, 1, 3)))
    fastest = min(drvlint, key=lambda run: run.wall)
    memory = max(peak_of_tree(check), fastest.memory)
    print("\nrules: %s" % (rules[0] if len(rules) == 1 else "%s and %d more"
                           % (rules[0], len(rules) - 1)))
    return report(min(clang, key=lambda run: run.wall), fastest, memory, limit_ratio)


def measure_again(checker, driver, rounds):
    """A first run that fills a cache, and later ones; true where the limits hold."""
    first, again = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as cache:
            check = [checker, "check", "--cache-dir=" + cache, os.path.abspath(driver)]
            first.append(Run(check, accept=(0, 1, 3), where=cache).wall)
            again.append(Run(check, accept=(0, 1, 3), where=cache).wall)
    seconds, faster = min(again), min(first) / min(again)
    print("\nunchanged driver, default rules: first run %.3f s, second run %.3f s" %
          (min(first), seconds))
    within = seconds <= LIMIT_AGAIN and faster >= LIMIT_FASTER
    print("%.0f x faster, %s the limits of %g s and %g x" %
          (faster, "within" if within else "beyond", LIMIT_AGAIN, LIMIT_FASTER))
    return within


def main():
    parser = argparse.ArgumentParser(description="Measures drvlint against clang -O0 -g.")
    parser.add_argument("--drvlint", default=os.path.join(ROOT, "build", "drvlint"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rules", help="one selection to measure, as for 'drvlint check'")
    parser.add_argument("driver", nargs="?",
                        default=os.path.join(ROOT, "testdata", "drivers", "pcinic"))
    options = parser.parse_args()
    checker = os.path.abspath(options.drvlint)
    files, flags = sources_of(checker, options.driver)
    compile_all = clang_command(files, flags, include_folders())
    lines = sum(open(file, "rb").read().count(b"\n") for file in files)
    print("%s: %d files, %d lines, best of %d rounds" %
          (os.path.relpath(options.driver, ROOT), len(files), lines, options.rounds))
    selections = SELECTIONS
    if options.rules:
        selections = [(tuple(options.rules.split(",")), max(limit for _, limit in SELECTIONS))]
    within = [measure(checker, options.driver, rules, limit, compile_all, options.rounds)
              for rules, limit in selections]
    if not options.rules:
        within.append(measure_again(checker, options.driver, options.rounds))
    return 0 if all(within) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Trouble, OSError) as trouble:
        print("bench: %s" % trouble, file=sys.stderr)
        sys.exit(2)
