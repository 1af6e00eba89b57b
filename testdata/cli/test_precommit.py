#!/usr/bin/env python3
"""The hook for pre-commit, run by the real program in a real repository: test_precommit.py DRVLINT ROOT

ROOT is the checkout, whose .pre-commit-hooks.yaml is used. Without pre-commit the test is skipped
(status 77).
"""

import os
import shutil
import subprocess
import sys
import tempfile

failures = 0


def check(condition, what):
    global failures
    if not condition:
        print(f'failed: {what}')
        failures += 1


class Repository:
    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        os.makedirs(folder, exist_ok=True)
        self.git('init', '-q', '-b', 'trunk')

    def git(self, *words):
        """Exit status and output."""
        done = subprocess.run(['git', *words], cwd=self.folder, env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        return done.returncode, done.stdout

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(text)

    def read(self, name):
        with open(os.path.join(self.folder, name), encoding='utf-8') as stream:
            return stream.read()

    def commit(self, message):
        """Exit status and output of a commit of everything."""
        self.git('add', '-A')
        return self.git('commit', '-m', message)

    def commits(self):
        return len(self.git('log', '--oneline')[1].splitlines())


def hook(repository, hooks, revision, *arguments):
    """Uses the hook in the repository."""
    shown = ', '.join(f"'{argument}'" for argument in arguments)
    repository.write('.pre-commit-config.yaml',
                     f'repos:\n- repo: {hooks.folder}\n  rev: {revision}\n'
                     f'  hooks:\n  - id: drvlint\n    args: [{shown}]\n')


def main():
    drvlint, root = map(os.path.abspath, sys.argv[1:])
    if not shutil.which('pre-commit'):
        print('skipped: pre-commit is not installed')
        return 77
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as scratch:
        tools = os.path.join(scratch, 'bin')
        os.mkdir(tools)
        os.symlink(drvlint, os.path.join(tools, 'drvlint'))
        kept = {name: value for name, value in os.environ.items() if not name.startswith('GIT_')}
        environment = dict(kept, PATH=tools + os.pathsep + os.environ['PATH'], HOME=scratch,
                           PRE_COMMIT_HOME=os.path.join(scratch, 'pre-commit'), LC_ALL='C.UTF-8',
                           GIT_AUTHOR_NAME='t', GIT_AUTHOR_EMAIL='t@t', GIT_COMMITTER_NAME='t',
                           GIT_COMMITTER_EMAIL='t@t', NO_COLOR='1')
        hooks = Repository(os.path.join(scratch, 'hooks'), environment)
        shutil.copy(os.path.join(root, '.pre-commit-hooks.yaml'), hooks.folder)
        check(hooks.commit('hooks')[0] == 0, 'the hooks can be committed')
        revision = hooks.git('rev-parse', 'HEAD')[1].strip()

        driver = Repository(os.path.join(scratch, 'driver'), environment)
        shutil.copytree(os.path.join(root, 'testdata/docs/lan'), os.path.join(driver.folder, 'src'))
        bad = driver.read('src/chip.c')
        check(driver.git('apply', '-p2', '--directory=src', 'src/fix.diff')[0] == 0, 'the fix applies')
        good = driver.read('src/chip.c')
        check(good != bad, 'the fix changes something')
        driver.write('drvlint.json', '{"files": ["src/*.c"], "rules": "DDIUsage"}\n')
        hook(driver, hooks, revision)
        status, text = driver.commit('a driver')
        check(status == 0, text)
        done = subprocess.run(['pre-commit', 'install'], cwd=driver.folder, env=environment,
                              capture_output=True, text=True, timeout=300)
        check(done.returncode == 0, done.stdout + done.stderr)

        driver.write('src/chip.c', good + '/* a line more */\n')
        status, text = driver.commit('nothing that matters')
        check(status == 0 and driver.commits() == 2, f'a clean commit passes: {text}')
        check('drvlint' in text and 'Passed' in text, f'the hook was run: {text}')

        driver.write('readme.txt', 'text\n')
        status, text = driver.commit('no source')
        check(status == 0 and 'Skipped' in text, f'the hook has nothing to do: {text}')

        driver.write('src/chip.c', bad)
        status, text = driver.commit('a defect')
        check(status == 1 and driver.commits() == 3, f'a defect is kept out: {status} {text}')
        check('[Init_DeRegisterInterrupt]' in text and 'Failed' in text, f'it is shown: {text}')

        # What is not to be committed does not count, neither good nor bad.
        driver.git('add', '-A')
        driver.write('src/chip.c', good)
        status, text = driver.git('commit', '-m', 'the defect again')
        check(status == 1, f'the staged text counts: {text}')
        check(driver.read('src/chip.c') == good, 'what was not staged is there again')

        # An old defect: with --since=HEAD it is in the way of those only who touch its path.
        driver.write('src/chip.c', bad)
        driver.git('add', '-A')
        check(driver.git('commit', '-q', '--no-verify', '-m', 'old')[0] == 0, 'past the hook')
        driver.write('src/chip.c', bad + '/* one more */\n')
        check(driver.commit('with an old defect')[0] == 1, 'it is in the way')
        hook(driver, hooks, revision, '--since=HEAD')
        status, text = driver.commit('with an old defect')
        check(status == 0 and 'Passed' in text, f'it is not in the way: {text}')
        driver.write('src/chip.c', bad.replace('    if (', '    if ( ', 1))
        status, text = driver.commit('on the path')
        check(status == 1 and '[Init_DeRegisterInterrupt]' in text, f'it is touched: {text}')
        hook(driver, hooks, revision, '--new-since=HEAD')
        status, text = driver.commit('on the path')
        check(status == 0 and 'Passed' in text, f'it is not new: {text}')
        hook(driver, hooks, revision, '--since=HEAD')
        driver.write('src/chip.c', good)
        check(driver.commit('repaired')[0] == 0, 'the defect is gone')
        driver.write('src/chip.c', bad)
        status, text = driver.commit('a new defect')
        check(status == 1 and '[Init_DeRegisterInterrupt]' in text, f'a new one is kept out: {text}')

        # A hook that cannot work must not let anything pass.
        driver.write('drvlint.json', '{"fils": []}\n')
        status, text = driver.commit('a broken project')
        check(status == 1 and 'exit code: 2' in text and "did you mean 'files'" in text, text)
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
