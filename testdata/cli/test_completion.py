#!/usr/bin/env python3
"""The completions of a shell, asked of the shell itself: test_completion.py SHELL DRVLINT

Without the shell the test is skipped (status 77).
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

LIMIT_SECONDS = 30
# What is typed, and what has to be among the completions, and what must not.
CASES = [
    ('', {'check', 'baseline', 'init', 'completion'}, {'compile-pack', 'manual'}),
    ('ba', {'baseline'}, {'check'}),
    ('check --for', {'--format'}, {'--output', '--fail-on'}),
    ('check --format=', {'sarif', 'html', 'text'}, {'dot'}),
    ('check --format=sa', {'sarif'}, {'html'}),
    ('graph --format=', {'dot', 'json'}, {'sarif'}),
    ('check --color=', {'auto', 'always', 'never'}, set()),
    ('check --dump=mod', {'model'}, {'engine'}),
    ('check --rules=Spin', {'SpinLock', 'SpinLockBalanced'}, {'Locking'}),
    ('check --rules=SpinLock,Lock', {'Locking'}, {'SpinLock,SpinLock'}),
    ('explain MandatoryO', {'MandatoryOid'}, {'SpinLock'}),
    ('completion ', {'bash', 'zsh', 'fish'}, set()),
    ('help ', {'check', 'rules'}, {'manual'}),
    ('check dri', {'driver.c'}, set()),
    ('check --output=dri', {'driver.c'}, set()),
]
failures = 0


def check(condition, what):
    global failures
    if not condition:
        print(f'failed: {what}')
        failures += 1


class Bash:
    """The function is called as readline calls it: '=' is a word of its own."""

    def __init__(self, script, environment, folder):
        self.script, self.options = script, dict(env=environment, cwd=folder)

    def completions(self, line):
        words = ['drvlint'] + re.findall(r'=|[^\s=]+', line)
        if not line or line.endswith((' ', '=')) and words[-1] != '=':
            words.append('')
        program = ('source "$1"; shift; compopt() { :; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                   'COMP_LINE="$*"; _drvlint; printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(['bash', '-c', program, 'bash', self.script, *words], text=True,
                              capture_output=True, timeout=LIMIT_SECONDS, **self.options)
        check(not done.stderr, f'bash says nothing: {done.stderr}')
        return done.stdout.split()


class Fish:
    def __init__(self, script, environment, folder):
        self.script, self.options = script, dict(env=environment, cwd=folder)

    def completions(self, line):
        program = 'source $argv[1]; complete -C "drvlint $argv[2]"'
        done = subprocess.run(['fish', '--no-config', '-c', program, self.script, line], text=True,
                              capture_output=True, timeout=LIMIT_SECONDS, **self.options)
        check(not done.stderr, f'fish says nothing: {done.stderr}')
        return [item.split('\t')[0] for item in done.stdout.splitlines()]


class Zsh:
    """An interactive zsh on a terminal for each line; what the completion adds is printed."""

    SETUP = r'''
        autoload -Uz compinit; compinit -u -D
        source $SCRIPT
        bindkey '^I' complete-word
        compadd() {
            if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
            typeset -a hits; builtin compadd -A hits "$@"
            printf '<%s>\n' $hits
            builtin compadd "$@"
        }
        finish() { print; print -r -- END''MARK; exit }
        comppostfuncs=(finish)
        print -r -- SET''UP
    '''

    def __init__(self, script, environment, folder):
        self.folder = folder
        self.environment = dict(environment, SCRIPT=script, ZDOTDIR=folder, TERM='dumb', PS1='> ')
        self.setup = os.path.join(folder, 'setup')
        with open(self.setup, 'w', encoding='utf-8') as stream:
            stream.write(self.SETUP)

    def read_until(self, terminal, mark):
        text, end = '', time.monotonic() + LIMIT_SECONDS
        while mark not in text and time.monotonic() < end:
            if select.select([terminal], [], [], 1)[0]:
                text += os.read(terminal, 65536).decode('utf-8', 'replace')
        check(mark in text, f'zsh: no {mark!r} in {text[-500:]!r}')
        return text

    def completions(self, line):
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execvpe('zsh', ['zsh', '-f', '-i'], self.environment)
        os.write(terminal, f'source {self.setup}\n'.encode())
        self.read_until(terminal, 'SETUP')
        os.write(terminal, f'drvlint {line}\t'.encode())
        text = self.read_until(terminal, 'ENDMARK')
        os.close(terminal)
        os.waitpid(pid, 0)
        return re.findall(r'<([^<>\r\n]+)>', text)


def main():
    shell, drvlint = sys.argv[1], os.path.abspath(sys.argv[2])
    if not shutil.which(shell):
        print(f'skipped: {shell} is not installed')
        return 77
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as folder:
        os.mkdir(os.path.join(folder, 'bin'))
        os.symlink(drvlint, os.path.join(folder, 'bin', 'drvlint'))
        open(os.path.join(folder, 'driver.c'), 'w', encoding='utf-8').close()
        script = os.path.join(folder, 'completion')
        with open(script, 'w', encoding='utf-8') as stream:
            subprocess.run([drvlint, 'completion', shell], stdout=stream, check=True)
        path = os.path.join(folder, 'bin') + os.pathsep + os.environ['PATH']
        environment = dict(os.environ, PATH=path, HOME=folder, LC_ALL='C.UTF-8')
        program = {'bash': Bash, 'zsh': Zsh, 'fish': Fish}[shell](script, environment, folder)
        for line, wanted, unwanted in CASES:
            found = program.completions(line)
            # Some shells give the whole word, some what stands behind '=' or ','.
            ends = {part for item in found for part in (item, item.rstrip('='), item.split('=')[-1],
                                                        item.split(',')[-1])}
            check(wanted <= ends, f'{shell}: {line!r}: {wanted - ends} is not in {found}')
            check(not unwanted & ends, f'{shell}: {line!r}: {unwanted & ends} is in {found}')
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
