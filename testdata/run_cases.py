#!/usr/bin/env python3
"""Runs drvlint on test drivers and compares what it reports with what is expected.

A case is a .c file or a folder. Expectations stand in the sources as comments, or, for a folder, in
its expected.json. README.md beside this file describes both. Nothing is ever rewritten here: an
expectation is changed by hand, by somebody who has understood why.

Exit status: 0 all cases are as expected, 1 some are not, 2 wrong usage, 77 skipped.
"""
import argparse
import collections
import json
import os
import re
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77  # what Meson takes for "skipped"

EXPECT = re.compile(r"\bexpect: defect (\w+)")
ALSO = re.compile(r"\balso: (\w+)")
GAP = re.compile(r"\bknown-gap: *(.*)")
COMMENT = re.compile(r"//.*|/\*.*?\*/")
SOURCES = (".c", ".cc", ".cpp", ".cxx", ".h")

# What drvlint says went wrong at one line. `steps` are (file, line, text) of its path.
Finding = collections.namedtuple("Finding", "rule file line message steps")
Report = collections.namedtuple("Report", "findings verdicts reasons left_out")


class Mistake(Exception):
    """The case or the output of drvlint cannot be read."""


# ---------------------------------------------------------------------------------- expectations


class Expected:
    """`must` and `may` are sets of (rule, file, line), files relative to the case's root."""

    def __init__(self):
        self.must = set()
        self.may = set()
        self.verdicts = {}
        self.gap = None


class Case:
    def __init__(self, path):
        self.path = os.path.abspath(path)
        self.is_folder = os.path.isdir(self.path)
        self.root = self.path if self.is_folder else os.path.dirname(self.path)
        self.name = os.path.relpath(self.path, HERE)
        self._text = {}

    def selection(self):
        """A case of a rule runs with it, even if it is none of the default."""
        folder = os.path.dirname(self.path)
        if os.path.basename(os.path.dirname(os.path.dirname(folder))) != "rules":
            return None
        return "Default," + os.path.basename(folder)

    def text(self, file):
        """Lines of a source below the root; None if there is no such file."""
        if file not in self._text:
            path = os.path.join(self.root, file)
            try:
                with open(path, encoding="utf-8") as stream:
                    self._text[file] = stream.read().split("\n")
            except OSError:
                self._text[file] = None
        return self._text[file]

    def line(self, file, number):
        lines = self.text(file)
        return lines[number - 1].strip() if lines and 0 < number <= len(lines) else ""

    def sources(self):
        if not self.is_folder:
            return [os.path.basename(self.path)]
        found = []
        for folder, folders, files in os.walk(self.path):
            folders.sort()
            found += [os.path.relpath(os.path.join(folder, file), self.path)
                      for file in sorted(files) if file.endswith(SOURCES)]
        return found

    def expected(self):
        expected = Expected()
        for file in self.sources():
            self._read_comments(file, expected)
        listed = os.path.join(self.root, "expected.json")
        if self.is_folder and os.path.exists(listed):
            self._read_list(listed, expected)
        self._judge_by_name(expected)
        return expected

    def _read_comments(self, file, expected):
        for number, line in enumerate(self.text(file), 1):
            for comment in COMMENT.findall(line):
                if number > 1 and GAP.search(comment) and not self._is_first_comment(file, number):
                    raise Mistake("%s:%d: known-gap belongs into the first comment" % (file, number))
                for rule in EXPECT.findall(comment):
                    expected.must.add((rule, file, number))
                for rule in ALSO.findall(comment):
                    expected.may.add((rule, file, number))
        gap = GAP.search(self.first_comment(file))
        if gap:
            expected.gap = gap.group(1).strip(" */") or "no reason given"

    def first_comment(self, file):
        """Text of the comment that a source begins with, on one line."""
        lines = self.text(file)
        block = bool(lines) and lines[0].startswith("/*")
        taken = []
        for line in lines:
            if not block and not line.startswith("//"):
                break
            taken.append(line.strip(" /*"))
            if block and "*/" in line:
                break
        return " ".join(taken)

    def _is_first_comment(self, file, number):
        lines = self.text(file)[:number]
        if lines[0].startswith("/*"):
            return not any("*/" in line for line in lines[:-1])
        return all(line.startswith("//") for line in lines)

    def _read_list(self, path, expected):
        with open(path, encoding="utf-8") as stream:
            listed = json.load(stream)
        for key in listed:
            if key not in ("results", "verdicts", "known-gap"):
                raise Mistake("expected.json: unknown member '%s'" % key)
        for result in listed.get("results", []):
            place = (result["rule"], result["file"], result["line"])
            (expected.may if result.get("optional") else expected.must).add(place)
        expected.verdicts.update(listed.get("verdicts", {}))
        expected.gap = listed.get("known-gap", expected.gap)

    def _judge_by_name(self, expected):
        """rules/<pack>/<Rule>/bad_* is a defect of its rule, good_* passes it."""
        rule = os.path.basename(os.path.dirname(self.path))
        kind = re.match(r"(good|bad)_\w+", os.path.basename(self.path))
        if not kind or rule in expected.verdicts or not re.search(r"\brules/", self.name):
            return
        named = {place[0] for place in expected.must}
        if kind.group(1) == "good":
            expected.verdicts[rule] = "pass"
            if expected.must or expected.may:
                raise Mistake("a good case expects a defect")
        else:
            expected.verdicts[rule] = "defect"
            if rule not in named:
                raise Mistake("a bad case does not expect a defect of its rule")


def find_cases(paths):
    """Cases below the given files and folders: what is named good_* or bad_* or has an
    expected.json, and any file that is named itself."""
    cases = []
    for path in paths:
        if os.path.isfile(path) or is_case(path):
            cases.append(Case(path))
            continue
        if not os.path.isdir(path):
            raise Mistake("cannot find '%s'" % path)
        for folder, folders, files in os.walk(path):
            folders.sort()
            for name in list(folders):
                if is_case(os.path.join(folder, name)):
                    cases.append(Case(os.path.join(folder, name)))
                    folders.remove(name)
            cases += [Case(os.path.join(folder, name)) for name in sorted(files)
                      if is_case(os.path.join(folder, name))]
    return sorted(cases, key=lambda case: case.name)


def is_case(path):
    name = os.path.basename(os.path.normpath(path))
    if os.path.isdir(path):
        return os.path.exists(os.path.join(path, "expected.json")) or name.startswith(("good_", "bad_"))
    return name.startswith(("good_", "bad_")) and name.endswith(SOURCES[:-1])


# ---------------------------------------------------------------------------------------- drvlint


def run_drvlint(case, options):
    command = [options.drvlint, "check", "--no-cache", "--format=json"]
    rules = options.rules or case.selection()
    if rules:
        command.append("--rules=" + rules)
    command.append(case.path if case.is_folder else os.path.basename(case.path))
    try:
        done = subprocess.run(command, cwd=case.root, capture_output=True, text=True,
                              timeout=options.timeout, check=False)
    except subprocess.TimeoutExpired:
        raise Mistake("no answer within %d s" % options.timeout) from None
    except OSError as error:
        raise Mistake("cannot run '%s': %s" % (command[0], error.strerror)) from None
    if done.returncode not in (0, 1, 3):
        raise Mistake("exit status %d\n%s" % (done.returncode, done.stderr.strip()))
    try:
        report = read_report(json.loads(done.stdout), case)
    except (ValueError, KeyError, TypeError) as error:
        raise Mistake("cannot read its output: %r\n%s" % (error, done.stderr.strip())) from None
    if done.returncode != 3 and (done.returncode == 1) != bool(report.findings):
        raise Mistake("exit status %d with %d findings" % (done.returncode, len(report.findings)))
    return report


def read_report(log, case):
    """Takes what is compared out of drvlint's JSON (docs/formats.md)."""
    findings = []
    for found in log["results"]:
        steps = [place_of(step, case) + (step["text"],) for step in found["path"]]
        findings.append(Finding(found["rule"], *place_of(found, case), found["message"], steps))
    verdicts = {rule["rule"]: rule["verdict"] for rule in log["verdicts"]}
    reasons = {rule["rule"]: rule.get("reason", "") for rule in log["verdicts"]}
    left_out = [place_of(item, case) + (item["what"],) for item in log["leftOut"]
                if item["blocksPass"]]
    return Report(findings, verdicts, reasons, left_out)


def place_of(item, case):
    """(file relative to the case's root, line)."""
    if "file" not in item:
        return None, 0
    return os.path.relpath(os.path.join(case.root, item["file"]), case.root), item.get("line", 0)


# ------------------------------------------------------------------------------------- comparison


def compare(case, expected, report):
    """Lines that say what is different; empty if nothing is."""
    lines = []
    found = {}
    for finding in report.findings:
        found.setdefault((finding.rule, finding.file, finding.line), []).append(finding)
    for place in sorted(expected.must - set(found), key=place_key):
        lines.append("missing  " + show_place(case, place))
    for place in sorted(set(found) - expected.must - expected.may, key=place_key):
        lines.append("extra    " + show_place(case, place))
        lines += ["           " + line for line in show_path(found[place][0])]
    for place, same in found.items():
        if len({finding.message for finding in same}) != len(same):
            lines.append("twice    " + show_place(case, place))
    for finding in report.findings:
        lines += ["path     " + problem for problem in check_path(case, finding)]
    for rule, verdict in sorted(expected.verdicts.items()):
        if report.verdicts.get(rule) != verdict:
            lines.append("verdict  %s is %s, expected: %s%s" % (
                rule, report.verdicts.get(rule, "missing"), verdict, reason(report, rule)))
    for rule, verdict in sorted(report.verdicts.items()):
        if verdict == "unknown" and expected.verdicts.get(rule) != "unknown":
            lines.append("verdict  %s is unknown%s" % (rule, reason(report, rule)))
    for file, line, what in report.left_out:
        lines.append("left out %s:%d  %s" % (file or "-", line, what))
    return lines


def place_key(place):
    return place[1] or "", place[2], place[0]


def reason(report, rule):
    return ": " + report.reasons[rule] if report.reasons.get(rule) else ""


def show_place(case, place):
    rule, file, line = place
    return "%s:%d  %s\n             | %s" % (file, line, rule, case.line(file, line) if file else "")


def show_path(finding):
    shown = ["says: " + finding.message]
    steps = finding.steps
    if len(steps) > 40:
        steps = steps[:10] + [(None, 0, "... %d steps ..." % (len(steps) - 30))] + steps[-20:]
    return shown + ["%s:%d  %s" % (file or "", line, text) for file, line, text in steps]


def check_path(case, finding):
    """A path must be there, end where the finding is, and go over lines that exist."""
    problems = []
    where = "%s at %s:%d" % (finding.rule, finding.file, finding.line)
    if not finding.steps:
        return [where + " has no path"]
    for file, line, text in finding.steps:
        source = case.text(file) if file else None
        if source is None:
            problems.append("%s: step '%s' is in a file that does not exist: %s" % (where, text, file))
        elif not 1 <= line <= len(source):
            problems.append("%s: step '%s' is at %s:%d, which has %d lines" % (
                where, text, file, line, len(source)))
    if finding.steps[-1][:2] != (finding.file, finding.line):
        problems.append("%s: the path ends at %s:%d" % ((where,) + finding.steps[-1][:2]))
    return problems


def run_case(case, options):
    """(passed, lines to print)."""
    try:
        expected = case.expected()
        lines = compare(case, expected, run_drvlint(case, options))
    except Mistake as mistake:
        return False, str(mistake).split("\n")
    if expected.gap:
        if lines:
            return True, ["known gap: " + expected.gap]
        return False, ["works now: remove 'known-gap: %s'" % expected.gap]
    return not lines, lines


def run_cases(cases, options):
    failed = 0
    for case in cases:
        passed, lines = run_case(case, options)
        failed += not passed
        if not passed or options.verbose or lines:
            print("%s %s" % ("ok    " if passed else "FAILED", case.name))
        for line in lines:
            print("         " + line)
    print("%d of %d cases as expected" % (len(cases) - failed, len(cases)))
    return 1 if failed else 0


# --------------------------------------------------------------------------------- acceptance set


def run_acceptance(folder, options):
    """A set of labelled drivers that is kept elsewhere and brings its own scoring program."""
    folder = folder or os.environ.get("DRVLINT_ACCEPTANCE", "")
    score = os.path.join(folder, "score.py")
    if not folder or not os.path.exists(score):
        print("skipped: no acceptance set; name its folder with --acceptance=DIR or in the "
              "environment variable DRVLINT_ACCEPTANCE")
        return SKIPPED
    checker = shlex.quote(options.drvlint) + " check --format=json {files}"
    command = [sys.executable, score, "--checker", checker] + options.score_options
    if options.rules:
        command += ["--rules", options.rules]
    return subprocess.run(command, cwd=folder, check=False).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("paths", nargs="*", metavar="CASE",
                        help="cases, or folders to look for cases in (default: all)")
    parser.add_argument("--drvlint", metavar="PROGRAM", help="the program to test")
    parser.add_argument("--rules", help="rules to run (default: the program's, and "
                        "the one that the case is about)")
    parser.add_argument("--timeout", type=int, default=120, metavar="S",
                        help="seconds for one case (default: %(default)s)")
    parser.add_argument("--list", action="store_true", help="print the cases and stop")
    parser.add_argument("--verbose", action="store_true", help="name the cases that pass, too")
    parser.add_argument("--acceptance", nargs="?", const="", metavar="DIR",
                        help="score the acceptance set in DIR (or $DRVLINT_ACCEPTANCE) instead")
    parser.add_argument("--score-options", nargs=argparse.REMAINDER, default=[], metavar="OPTION",
                        help="what follows is for the acceptance set's scoring program")
    options = parser.parse_args()
    if options.acceptance is None:
        try:
            cases = find_cases(options.paths or [os.path.join(HERE, "drivers"),
                                                 os.path.join(HERE, "rules")])
        except Mistake as mistake:
            parser.error(str(mistake))
        if options.list:
            print("\n".join(case.name for case in cases))
            return 0
    if not options.drvlint:
        parser.error("which program? --drvlint=build/drvlint")
    if os.path.exists(options.drvlint):
        options.drvlint = os.path.abspath(options.drvlint)
    if options.acceptance is not None:
        return run_acceptance(options.acceptance, options)
    return run_cases(cases, options)


if __name__ == "__main__":
    sys.exit(main())
