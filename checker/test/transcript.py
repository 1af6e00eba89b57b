#!/usr/bin/env python3
"""Runs a golden test: a text file with commands and what they print.

    ;; what the case shows
    $ drvlint check none.c
    error: cannot find 'none.c'
    exit 2

Lines that start with ";;" are comments. Every line that starts with "$ " is run by the shell in a copy of the file's directory, with the
program under test as `drvlint`. Its output, standard error first, and an "exit N" line if the status
is not 0 must be the lines that follow. With --accept the file is rewritten to what was printed.
"""

import os
import shutil
import subprocess
import sys
import tempfile

TIMEOUT = 120


def run(command, directory, environment):
    done = subprocess.run(command, shell=True, cwd=directory, env=environment, timeout=TIMEOUT,
                          stdin=subprocess.DEVNULL, capture_output=True)
    text = (done.stderr + done.stdout).decode('utf-8', 'replace')
    lines = text.splitlines()
    if done.returncode:
        lines.append(f'exit {done.returncode}')
    return lines


def replay(path, program):
    """The transcript as it would read now."""
    result = []
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as scratch:
        home = os.path.dirname(os.path.abspath(path))
        directory = os.path.join(scratch, os.path.basename(home))
        shutil.copytree(home, directory)
        tools = os.path.join(scratch, '.bin')
        os.mkdir(tools)
        os.symlink(os.path.abspath(program), os.path.join(tools, 'drvlint'))
        environment = dict(os.environ, PATH=tools + os.pathsep + os.environ['PATH'], LC_ALL='C',
                           PWD=directory, DRVLINT_CACHE_DIR='')
        for line in open(path, encoding='utf-8').read().splitlines():
            if line.startswith('$ '):
                result.append(line)
                result += run(line[2:], directory, environment)
                result.append('')
            elif line.startswith(';;'):
                result.append(line)
    while result and result[-1] == '':
        result.pop()
    return '\n'.join(result) + '\n'


def main():
    accept = '--accept' in sys.argv
    program, *paths = [arg for arg in sys.argv[1:] if arg != '--accept']
    failed = False
    for path in paths:
        want = open(path, encoding='utf-8').read()
        got = replay(path, program)
        if got == want:
            continue
        if accept:
            open(path, 'w', encoding='utf-8').write(got)
            continue
        failed = True
        with tempfile.NamedTemporaryFile('w', suffix='.txt') as actual:
            actual.write(got)
            actual.flush()
            subprocess.run(['diff', '-u', '--label', path, '--label', 'now', path, actual.name])
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
