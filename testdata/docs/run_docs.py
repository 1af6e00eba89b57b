#!/usr/bin/env python3
"""Runs the commands that the documentation shows and compares what they print.

    run_docs.py --drvlint=build/drvlint [DOCUMENT.md ...]

Of a document, these blocks count, in their order, as one session in a shell:

    ```sh                every command has to succeed; a check may find something
    ```console           "$ command", with "> " in front of its further lines, and below it exactly
                         what it prints; a line of three dots stands for any lines, three dots in
                         a line for any text
    ```LANGUAGE FILE     the block is what the file contains from here on

The session begins in a copy of the checkout with build/ on PATH. Programs that build or install
(./run, meson, ninja) are only asked whether they know what is wanted of them.

Exit status: 0 all is as shown, 1 something is not, 2 wrong usage.
"""
import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FENCE = re.compile(r"^```(\w*) *(.*?) *$")
MARK = "\x01"  # between the outputs of commands
LIMIT_SECONDS = 300

PRELUDE = """
./run() { grep -q "^$1)" "$real_root/run"; }
ninja() { true; }
meson() {
    case $1 in
    setup | install) true ;;
    test) shift 3; test -n "$(command meson test --list --no-rebuild -C "$real_build" "$@")" ;;
    *) false ;;
    esac
}
command -v dot >/dev/null || dot() { cat; }
"""


class Block:
    def __init__(self, language, argument, line):
        self.language, self.argument, self.line = language, argument, line
        self.lines = []


class Command:
    """What is typed, and what has to come out: None for "it succeeds"."""

    def __init__(self, text, line, output=None):
        self.text, self.line, self.output = text, line, output


def blocks_of(path):
    blocks, current = [], None
    with open(path, encoding="utf-8") as stream:
        for number, line in enumerate(stream.read().split("\n"), 1):
            fence = FENCE.match(line)
            if current is None and fence:
                current = Block(fence.group(1), fence.group(2), number)
            elif current is not None and line == "```":
                blocks.append(current)
                current = None
            elif current is not None:
                current.lines.append(line)
    return blocks


def commands_of_sh(block):
    commands = []
    for number, line in enumerate(block.lines, block.line + 1):
        if commands and commands[-1].text.endswith("\\"):
            commands[-1].text += "\n" + line
        elif line and not line.startswith("#"):
            commands.append(Command(line, number))
    return commands


def commands_of_console(block):
    commands = []
    for number, line in enumerate(block.lines, block.line + 1):
        if line.startswith("$ "):
            commands.append(Command(line[2:], number, []))
        elif commands and not commands[-1].output and line.startswith("> "):
            commands[-1].text += "\n" + line[2:]
        elif commands:
            commands[-1].output.append(line)
    return commands


def command_of_file(block):
    text = "\n".join(block.lines) + "\n"
    path = shlex.quote(block.argument)
    return Command("mkdir -p \"$(dirname %s)\" && printf %%s %s > %s" %
                   (path, shlex.quote(text), path), block.line)


def commands_of(path):
    commands = []
    for block in blocks_of(path):
        if block.argument:
            commands.append(command_of_file(block))
        elif block.language == "sh":
            commands += commands_of_sh(block)
        elif block.language == "console":
            commands += commands_of_console(block)
    return commands


# ------------------------------------------------------------------------------------ the session


def make_tree(folder, drvlint):
    """A copy of what commands use, with its own build/ whose drvlint finds the copy's packs."""
    for name in ("rules", "testdata", "docs"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(folder, name))
    real_build = os.path.dirname(drvlint)
    build = os.path.join(folder, "build")
    os.mkdir(build)
    for name in os.listdir(real_build):
        path = os.path.join(real_build, name)
        if name == "drvlint" or name.endswith(".model"):
            shutil.copy(path, build)
        elif name == "checker":
            os.symlink(path, os.path.join(build, name))
    with open(os.path.join(build, "rules.path"), "w", encoding="utf-8") as stream:
        stream.write(os.path.join(folder, "rules") + "\n")
    git = ["git", "-C", folder, "-c", "user.name=t", "-c", "user.email=t@t"]
    for words in ["init", "-q", "-b", "main"], ["add", "testdata/docs"], ["commit", "-q", "-m", "docs"]:
        subprocess.run(git + words, check=True)
    return build


def run_session(commands, drvlint):
    """(output, exit status) of each command."""
    script = [PRELUDE]
    for command in commands:
        script.append(command.text)
        script.append("printf '%s%%d%s' $?" % (MARK, MARK))
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        build = make_tree(folder, drvlint)
        environment = dict(os.environ, PATH=build + os.pathsep + os.environ["PATH"], root=folder,
                           real_root=ROOT, real_build=os.path.dirname(drvlint), NO_COLOR="1",
                           DRVLINT_CACHE_DIR="")
        done = subprocess.run(["bash"], input="\n".join(script) + "\n", cwd=folder,
                              env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", timeout=LIMIT_SECONDS, check=False)
    pieces = done.stdout.split(MARK)
    return list(zip(pieces[0::2], (int(status) for status in pieces[1::2])))


# ------------------------------------------------------------------------------------- comparison


def line_matches(want, got):
    pattern = ".*".join(re.escape(piece) for piece in want.split("..."))
    return re.fullmatch(pattern, got) is not None


def matches(want, got):
    """Do the lines shown fit those printed?"""
    if not want:
        return not got
    if want[0].strip() == "...":
        return any(matches(want[1:], got[i:]) for i in range(len(got) + 1))
    return bool(got) and line_matches(want[0], got[0]) and matches(want[1:], got[1:])


def lines_of(text):
    return [line.rstrip() for line in text.rstrip("\n").split("\n")] if text.strip() else []


def problem_of(command, output, status):
    """What is wrong with a command, or None."""
    if command.output is None:
        fine = (0, 1, 3) if command.text.startswith("drvlint check") else (0,)
        return None if status in fine else "exit status %d\n%s" % (status, output)
    want = [line.rstrip() for line in command.output]
    while want and not want[-1]:
        want.pop()
    if matches(want, lines_of(output)):
        return None
    return "prints (exit status %d)\n%s" % (status, output)


def check_document(path, drvlint):
    """Number of commands, and of those that do otherwise."""
    commands = commands_of(path)
    if not commands:
        return 0, 0
    shown = os.path.relpath(path, ROOT)
    try:
        results = run_session(commands, drvlint)
    except subprocess.TimeoutExpired:
        print("%s: its commands take more than %d s" % (shown, LIMIT_SECONDS))
        return len(commands), len(commands)
    failed = len(commands) - len(results)
    if failed:
        print("%s:%d: the session ends here" % (shown, commands[len(results)].line))
    for command, (output, status) in zip(commands, results):
        problem = problem_of(command, output, status)
        if problem:
            failed += 1
            print("%s:%d: '%s' %s" % (shown, command.line, command.text.split("\n")[0], problem))
    return len(commands), failed


def all_documents():
    documents = [os.path.join(ROOT, "README.md")]
    for folder, folders, files in os.walk(os.path.join(ROOT, "docs")):
        folders.sort()
        documents += [os.path.join(folder, file) for file in sorted(files) if file.endswith(".md")]
    return documents


def main():
    parser = argparse.ArgumentParser(description="Runs the commands that the documentation shows.")
    parser.add_argument("--drvlint", default=os.path.join(ROOT, "build", "drvlint"))
    parser.add_argument("documents", nargs="*")
    options = parser.parse_args()
    drvlint = os.path.abspath(options.drvlint)
    if not os.path.exists(drvlint):
        parser.error("there is no '%s'" % drvlint)
    commands = failed = 0
    for path in options.documents or all_documents():
        some, wrong = check_document(os.path.abspath(path), drvlint)
        commands += some
        failed += wrong
    print("%d of %d commands do what is shown" % (commands - failed, commands))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
