#!/usr/bin/env python3
"""How the program behaves towards people: test_manners.py MODE DRVLINT DRIVER

    progress    a line on a terminal that is gone in the end, nothing in a pipe
    killed      a run that dies leaves the reports of the one before as they were
    manual      the manual page, looked at by mandoc or groff, has every command and option

Without what a mode needs, the test is skipped (status 77) with the reason.
"""

import os
import pty
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile

LIMIT_SECONDS = 120
failures = 0


def check(condition, what):
    global failures
    if not condition:
        print(f'failed: {what}')
        failures += 1


def on_terminal(command, columns=40, **options):
    """What a command writes to a terminal that is its standard error, and to its standard output."""
    master, slave = pty.openpty()
    import fcntl, struct, termios
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, **options)
    os.close(slave)
    text, out, open_ends = b'', b'', {master, process.stdout.fileno()}
    while open_ends:
        ready = select.select(list(open_ends), [], [], LIMIT_SECONDS)[0]
        check(ready, 'it comes to an end')
        for end in ready:
            try:
                more = os.read(end, 65536)
            except OSError: # what reading from a terminal without a process gives
                more = b''
            if not more:
                open_ends.remove(end)
            elif end == master:
                text += more
            else:
                out += more
        if not ready:
            process.kill()
            break
    os.close(master)
    process.wait()
    return text.decode(), out.decode()


def visible(text):
    """What is left on one line of a terminal."""
    line = ''
    for part in re.split(r'(\x1b\[K|\r)', text):
        if part == '\r':
            column = 0
        elif part == '\x1b[K':
            line = line[:column]
        elif part:
            line = line[:column] + part
            column = len(line)
    return line


def progress(drvlint, driver):
    environment = dict(os.environ, TERM='xterm')
    command = [drvlint, 'check', driver, '-j2']

    told = subprocess.run([*command, '--progress=always'], capture_output=True, text=True)
    lines = told.stderr.splitlines()
    compiled = sorted(line for line in lines if line.startswith('compiling '))
    sources = len([name for name in os.listdir(driver) if name.endswith('.c')])
    check([line.split()[1] for line in compiled] == [f'{i + 1}/{sources}' for i in range(sources)],
          f'every source is told of: {compiled}')
    rules = [line for line in lines if line.startswith('checking ')]
    check(rules and all(re.fullmatch(r'checking \d+/\d+ \w+', line) for line in rules), f'{rules}')
    check(len(compiled) + len(rules) == len(lines), f'nothing else is told: {lines}')

    quiet = subprocess.run(command, capture_output=True, text=True)
    check(quiet.stderr == '', f'nothing in a pipe: {quiet.stderr}')
    check(quiet.stdout == told.stdout, 'the report is the same')

    text, out = on_terminal([*command, '--progress=always'], env=environment)
    check(out == quiet.stdout, 'the report is the same on a terminal')
    check(visible(text) == '', f'nothing is left of it: {text!r}')
    check(all(len(line) < 40 for line in re.split(r'\x1b\[K|\r', text)), 'within a line')
    counts = [' '.join(line.split()[:2]) for line in lines] # which is n-th differs from run to run
    check('\n' not in text and all(count in text for count in counts), 'one line, all of them')
    for more, what in (['--progress=never'], 'never'), (['-q'], 'quiet'):
        check(on_terminal([*command, *more], env=environment)[0] == '', what)
    check(on_terminal(command, env=dict(environment, TERM='dumb'))[0] == '', 'a dumb terminal')


def killed(drvlint, driver):
    """At whatever moment, and surely in the middle of writing a report."""
    limit, old = 1 << 20, 'the report of the last run\n'
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as scratch:
        shutil.copytree(driver, os.path.join(scratch, 'lan'))
        with open(os.path.join(scratch, 'lan', 'main.c'), 'a', encoding='utf-8') as source:
            source.write('/*' + 'x' * 2 * limit + '*/\n') # the page has it; no other file does
        outputs = {name: os.path.join(scratch, name) for name in ('html', 'json', 'sarif')}
        command = [drvlint, 'check', 'lan', '-q', '--rules=DDIUsage',
                   *(f'--output={name}={path}' for name, path in outputs.items())]
        options = dict(cwd=scratch, env=dict(os.environ, TMPDIR=scratch), stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

        def kept(name):
            with open(outputs[name], encoding='utf-8') as stream:
                return stream.read()

        def begin_anew():
            for path in outputs.values():
                with open(path, 'w', encoding='utf-8') as stream:
                    stream.write(old)

        begin_anew()
        done = subprocess.run(command, **options, preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_FSIZE, (limit, limit)))
        check(done.returncode == -signal.SIGXFSZ, f'it dies of too large a file: {done.returncode}')
        check(kept('html') == old, 'half a page is not written')

        begin_anew()
        check(subprocess.run(command, **options).returncode == 1, 'alive it writes them')
        new = {name: kept(name) for name in outputs}
        check(all(text != old for text in new.values()), 'all of them')
        for delay in range(12):
            begin_anew()
            process = subprocess.Popen(command, **options, start_new_session=True)
            try:
                process.wait(delay * 0.03)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            for name in outputs:
                check(kept(name) in (old, new[name]), f'{name} after {delay} moments')


def names_of(text, pattern):
    return set(re.findall(pattern, text, re.MULTILINE))


def manual(drvlint):
    def run(*command, text=None):
        return subprocess.run(command, input=text, capture_output=True, text=True, timeout=LIMIT_SECONDS)

    page = run(drvlint, 'manual').stdout
    help_text = run(drvlint, 'help').stdout
    commands = names_of(help_text, r'^  ([a-z]\S*)')
    options = set()
    for command in commands:
        options |= names_of(run(drvlint, 'help', '--all', command).stdout, r'^ +(?:-\w, )?(-[-\w]+)')
    check(len(commands) > 5 and len(options) > 20, f'{commands} {options}')
    plain = page.replace('\\-', '-')
    check(commands <= names_of(plain, r'^\.B ([a-z]\S*)'), 'all commands')
    check(options <= names_of(plain, r'^\.B (?:-\w, )?(-[-\w]+)'), 'all options')
    judges = 0
    if shutil.which('mandoc'):
        judges += 1
        said = run('mandoc', '-T', 'lint', '-W', 'warning', text=page).stdout
        said = [line for line in said.splitlines() if 'missing date' not in line] # that is on purpose
        check(not said, f'mandoc: {said}')
    if shutil.which('groff'):
        judges += 1
        done = run('groff', '-man', '-Tascii', '-ww', '-z', text=page)
        check(done.returncode == 0 and not done.stderr, f'groff: {done.stderr}')
    if not judges:
        print('skipped: neither mandoc nor groff is installed')
        sys.exit(failures != 0 or 77)


def main():
    mode, drvlint, *rest = sys.argv[1:]
    if mode in ('progress', 'killed'):
        {'progress': progress, 'killed': killed}[mode](os.path.abspath(drvlint), os.path.abspath(rest[0]))
    else:
        manual(os.path.abspath(drvlint))
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
