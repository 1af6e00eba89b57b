#!/usr/bin/env python3
"""Lets one request for memory after the other fail: every run must end with one line and status 2,
until a run makes fewer requests than that.

    test_memory.py [--cache=empty|filled] PROGRAM ARGUMENT...

With a cache, each run begins with one that is empty or filled, and none may make it worse.
"""

import shutil
import subprocess
import sys
import tempfile

LIMIT = 10000


class Cache:
    """The arguments for a cache that is as wanted."""

    def __init__(self, state, folder, command):
        self.state, self.command = state, [*command, f'--cache-dir={folder}/cache']
        self.folder, self.want = f'{folder}/cache', None

    def prepare(self):
        if self.state == 'empty':
            shutil.rmtree(self.folder, ignore_errors=True)
        elif not self.want:
            subprocess.run(self.command, capture_output=True, timeout=120)
            self.want = subprocess.run(self.command, capture_output=True, timeout=120)

    def is_whole(self):
        """What a run finds that may take something of it."""
        done = subprocess.run(self.command, capture_output=True, timeout=120)
        self.want = self.want or done
        return (done.returncode, done.stdout) == (self.want.returncode, self.want.stdout)


def main():
    if not sys.argv[1].startswith('--cache='):
        return fail_all(sys.argv[1:], None)
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as folder:
        cache = Cache(sys.argv[1].partition('=')[2], folder, sys.argv[2:])
        return fail_all(cache.command, cache)


def fail_all(command, cache):
    program, *arguments = command
    for n in range(1, LIMIT):
        if cache:
            cache.prepare()
        done = subprocess.run([program, *arguments, f'--fail-allocation={n}'], capture_output=True,
                              timeout=120)
        if b'out of memory' not in done.stderr:
            if n == 1:
                print('no request failed')
                return 1
            if done.returncode not in (0, 1, 3):
                print(f'without a failing request: exit status {done.returncode}')
                print(done.stderr.decode(errors='replace'))
                return 1
            return 0
        if done.stderr != b'drvlint: out of memory\n' or done.returncode != 2 or done.stdout:
            print(f'request {n} failed: exit status {done.returncode}')
            print(done.stderr.decode(errors='replace'))
            return 1
        if cache and not cache.is_whole():
            print(f'request {n} failed: the cache it leaves makes another report')
            return 1
    print(f'still failing at request {LIMIT}')
    return 1


if __name__ == '__main__':
    sys.exit(main())
