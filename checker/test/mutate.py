#!/usr/bin/env python3
"""Breaks the sources of test drivers at random places and looks whether drvlint copes.

    mutate.py --drvlint=build/drvlint [--count=N] [--seed=S] [--whole=K] [DRIVER...]

Each mutation deletes tokens, lines or braces of one source, or renames a type. Whatever is deleted,
drvlint must not crash, hang or print a sanitizer's report, no file may be lost, and the functions that
the mutation is not in must still be there. Most mutations stop after the front end; every K-th is checked in whole: where code had to be
left out, what was found before is found still, or the verdict is unknown; it is never a pass.

A mutation is named by driver, seed and number; --only=NUMBER repeats that one and --keep shows its source.
Exit status: 0 nothing went wrong, 1 something did, 2 wrong usage.
"""
import argparse
import concurrent.futures
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

TOKEN = re.compile(r"""
      (?P<space>\s+|//[^\n]*|/\*.*?\*/)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    | (?P<number>\.?\d[\w.]*)
    | (?P<mark>->|\+\+|--|<<=|>>=|<<|>>|[<>=!+\-*/%&|^]=|&&|\|\||::|\.\.\.|.)
    """, re.VERBOSE | re.DOTALL)
SOURCES = (".c", ".cc", ".cpp")
HEADERS = (".h",)
HANG = 300  # seconds; far above what any run takes
FUNCTION = re.compile(r"^[A-Za-z_][^;={}#]*?\b(\w+)\s*\([^;{}]*\)\s*\{", re.MULTILINE | re.DOTALL)


def tokens(text):
    """(kind, start, end) of all tokens but white space and comments."""
    return [(m.lastgroup, m.start(), m.end()) for m in TOKEN.finditer(text)
            if m.lastgroup != "space"]


KEYWORDS = frozenset("""auto break case const continue default do else enum extern for goto if
    inline register return sizeof static struct switch typedef union volatile while __try
    __except __finally""".split())


# ------------------------------------------------------------------------------------- mutations


def delete_tokens(chance, text):
    found = tokens(text)
    first = chance.randrange(len(found))
    last = min(first + chance.choice((0, 0, 0, 1, 2, 5)), len(found) - 1)
    return found[first][1], found[last][2], ""


def delete_lines(chance, text):
    starts = [0] + [m.end() for m in re.finditer("\n", text)]
    first = chance.randrange(len(starts))
    last = min(first + chance.choice((1, 1, 1, 2, 4)), len(starts))
    return starts[first], starts[last] if last < len(starts) else len(text), ""


def delete_brace(chance, text):
    braces = [t for t in tokens(text) if text[t[1]:t[2]] in ("{", "}", "(", ")", "[", "]")]
    _, start, end = chance.choice(braces or tokens(text))
    return start, end, ""


def rename_type(chance, text):
    """A word in front of another word or a star is mostly a type."""
    found = tokens(text)
    names = [a for a, b in zip(found, found[1:])
             if a[0] == "word" and text[a[1]:a[2]] not in KEYWORDS and (b[0] == "word" or text[b[1]:b[2]] == "*")]
    _, start, end = chance.choice(names or found)
    return start, end, "MISSING_" + text[start:end]


MUTATIONS = (delete_tokens, delete_tokens, delete_lines, delete_brace, rename_type)


def mutate(chance, text):
    """The broken text, and what became of it: [(offset, deleted, inserted)]."""
    done = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if not tokens(text):
            break
        start, end, new = chance.choice(MUTATIONS)(chance, text)
        if chance.random() < 0.3 and new:
            old = text[start:end]  # everywhere
            text = re.sub(r"\b%s\b" % re.escape(old), new, text)
        else:
            old = text[start:end]
            text = text[:start] + new + text[end:]
        done.append((start, old, new))
    return text, done


# --------------------------------------------------------------------------------------- drivers


class Driver:
    def __init__(self, path):
        self.path = os.path.abspath(path)
        self.is_folder = os.path.isdir(self.path)
        self.name = os.path.basename(self.path)
        names = sorted(os.listdir(self.path)) if self.is_folder else [self.name]
        self.files = [n for n in names if n.endswith(SOURCES + HEADERS)]

    def text(self, file):
        path = os.path.join(self.path, file) if self.is_folder else self.path
        with open(path, encoding="utf-8") as stream:
            return stream.read()

    def copy(self, folder):
        """Returns what drvlint is to check."""
        target = os.path.join(folder, self.name)
        if self.is_folder:
            shutil.copytree(self.path, target)
        else:
            shutil.copy(self.path, target)
        return target


def run(args, *more):
    """Exit status and the two outputs; None for a run that hangs."""
    env = dict(os.environ, ASAN_OPTIONS="detect_leaks=1:abort_on_error=0",
               UBSAN_OPTIONS="print_stacktrace=1")
    try:
        done = subprocess.run([args.drvlint, *more, "--jobs=1", "--no-cache"], capture_output=True, timeout=HANG,
                              env=env, check=False)
    except subprocess.TimeoutExpired:
        return None, "", ""
    return (done.returncode, done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"))


def trouble(status, errors):
    if status is None:
        return "hangs"
    for sign in ("Sanitizer", "runtime error:", "LeakSanitizer", "BUG"):
        if sign in errors:
            return "prints a report of a sanitizer:\n" + errors[:4000]
    if status < 0 or status > 3:
        return "crashes (status %d):\n%s" % (status, errors[:4000])
    return None


def functions_of(dump):
    """The functions in what --dump=frontend prints, by name and file."""
    found = re.findall(r"^  function (\S+) (.*?):\d+:\d+-", dump, re.MULTILINE)
    return {(name, os.path.basename(path)) for name, path in found}


def touched(text, done):
    """Names of functions that a mutation may have reached: the one around it and its neighbours."""
    heads = [(m.start(), m.group(1)) for m in FUNCTION.finditer(text)]
    names = set()
    for offset, old, _ in done:
        before = [i for i, (start, _) in enumerate(heads) if start <= offset + len(old)]
        at = before[-1] if before else 0
        names |= {name for _, name in heads[max(at - 1, 0):at + 2]}
    return names


def verdicts_of(report):
    return {rule["rule"]: rule["verdict"] for rule in json.loads(report)["verdicts"]}


class Baseline:
    """What drvlint says of the whole driver."""

    def __init__(self, args, driver):
        status, out, errors = run(args, "check", "--dump=frontend", driver.path)
        if trouble(status, errors) or status:
            raise SystemExit("%s: %s" % (driver.path, errors))
        self.functions = functions_of(out)
        _, out, _ = run(args, "check", "--format=json", driver.path)
        self.verdicts = verdicts_of(out)


def judge_functions(baseline, text, done, dump):
    """Not those beside the mutation: it may join them."""
    lost = {(name, where) for name, where in baseline.functions - functions_of(dump)
            if name not in touched(text, done)}
    if lost:
        return "loses functions: %s" % ", ".join(sorted(name for name, _ in lost))
    return None


def judge_verdicts(baseline, report):
    """Of a driver with holes. Without any it is another driver, which may be right."""
    holes = [item for item in json.loads(report)["leftOut"] if item["blocksPass"]]
    now = verdicts_of(report)
    wrong = [rule for rule, verdict in baseline.verdicts.items()
             if holes and verdict == "defect" and now.get(rule) == "pass"]
    return "passes in spite of a hole: %s" % ", ".join(wrong) if wrong else None


def one(args, driver, baseline, number):
    chance = random.Random("%s/%d/%d" % (driver.name, args.seed, number))
    file = chance.choice(driver.files)
    before = driver.text(file)
    text, done = mutate(chance, before)
    with tempfile.TemporaryDirectory() as folder:
        path = driver.copy(folder)
        with open(os.path.join(path, file) if driver.is_folder else path, "w",
                  encoding="utf-8") as stream:
            stream.write(text)
        if args.keep:
            shutil.copytree(folder, args.keep, dirs_exist_ok=True)
        status, out, errors = run(args, "check", "--dump=frontend", path)
        wrong = trouble(status, errors)
        if not wrong and (status == 2 or re.search(r"^unit .* failed$", out, re.MULTILINE)):
            wrong = "loses a file:\n" + errors[:4000]
        if not wrong:
            wrong = judge_functions(baseline, before, done, out)
        if not wrong and args.whole and number % args.whole == 0:
            status, out, errors = run(args, "check", "--format=json", path)
            wrong = trouble(status, errors) or judge_verdicts(baseline, out)
    return wrong and "%s, seed %d, number %d: %s: %s\n%s" % (driver.path, args.seed, number, file,
                                                            done, wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--drvlint", required=True)
    parser.add_argument("--count", type=int, default=20, help="mutations of all drivers together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole", type=int, default=5, help="every K-th is checked in whole; 0: none")
    parser.add_argument("--only", type=int, help="this mutation of each driver")
    parser.add_argument("--keep", help="a folder for the broken driver")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("drivers", nargs="+")
    args = parser.parse_args()
    drivers = [Driver(path) for path in args.drivers]
    baselines = [Baseline(args, driver) for driver in drivers]
    if args.only is not None:
        work = [(d, args.only) for d in range(len(drivers))]
    else:
        work = [(i % len(drivers), i // len(drivers)) for i in range(args.count)]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(args.threads) as pool:
        for wrong in pool.map(lambda w: one(args, drivers[w[0]], baselines[w[0]], w[1]), work):
            if wrong:
                bad += 1
                print(wrong, flush=True)
    print("%d mutations of %d drivers: %d went wrong" % (len(work), len(drivers), bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
