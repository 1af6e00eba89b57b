#!/usr/bin/env python3
"""Lets one request for memory after the other fail: every run must end with one line and status 2,
until a run makes fewer requests than that."""

import subprocess
import sys

LIMIT = 10000


def main():
    program, *arguments = sys.argv[1:]
    for n in range(1, LIMIT):
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
    print(f'still failing at request {LIMIT}')
    return 1


if __name__ == '__main__':
    sys.exit(main())
