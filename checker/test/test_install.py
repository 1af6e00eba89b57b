#!/usr/bin/env python3
"""Installs into a scratch directory and checks a driver with what is there: the program has to find
its rule pack and the compiled OS model, which has to be made from the installed pack's text."""

import glob
import os
import subprocess
import sys
import tempfile

DRIVER = '''#include <ndis.h>
DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    return STATUS_SUCCESS;
}
'''
PAGES = ('man/man1/drvlint.1', 'bash-completion/completions/drvlint.bash',
         'zsh/site-functions/_drvlint', 'fish/vendor_completions.d/drvlint.fish',
         'drvlint/drvlint.schema.json')


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, **options)
    if done.returncode:
        sys.exit(f'{" ".join(command)}: exit status {done.returncode}\n{done.stdout}{done.stderr}')
    return done.stdout


def fingerprint(file):
    with open(file, 'rb') as model:
        return model.readline() + model.readline()


def main():
    meson, build = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as scratch:
        run(meson, 'install', '-C', build, '--no-rebuild', '--quiet', '--destdir', scratch)
        program, = glob.glob(f'{scratch}/**/bin/drvlint', recursive=True)
        share = os.path.join(os.path.dirname(os.path.dirname(program)), 'share', 'drvlint')
        with open(f'{scratch}/driver.c', 'w', encoding='utf-8') as source:
            source.write(DRIVER)
        out = run(program, 'check', 'driver.c', cwd=scratch)
        if 'pass' not in out and 'not applicable' not in out:
            sys.exit(f'no verdicts:\n{out}')
        for name in PAGES:
            if not os.path.getsize(os.path.join(os.path.dirname(share), name)):
                sys.exit(f'{name} is empty')
        run(program, 'compile-pack', f'--output={scratch}/again', f'{share}/rules/ndis')
        made, = glob.glob(f'{share}/models/ndis.*.model')
        if fingerprint(made) != fingerprint(f'{scratch}/again'):
            sys.exit(f'{made} was not made from the installed rule pack')


if __name__ == '__main__':
    main()
