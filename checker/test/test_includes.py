#!/usr/bin/env python3
"""Modules look one way only: fails on an #include that the table below does not allow, and on
third-party headers outside the one module that may use them."""

import os
import re
import sys

EVERYTHING = None
MAY_INCLUDE = {
    'base': set(),
    'project': set(),
    'result': set(),
    'cache': {'result'},
    'smt': set(),
    'rule': {'result'},
    'frontend': {'project', 'result', 'cache'},
    'program': {'frontend', 'project'},
    'model': {'program', 'frontend'},
    'coverage': {'program', 'model', 'frontend', 'project', 'result'},
    'replay': {'program', 'model', 'rule', 'smt'},
    'engine': {'program', 'model', 'rule', 'replay', 'result'},
    'triage': {'result'},
    'report': {'result', 'rule'},
    'lsp': set(),
    'cli': EVERYTHING,
    '': EVERYTHING,  # main.c and what belongs to it
}
THIRD_PARTY = {'clang-c/': 'frontend', 'llvm-c/': 'program', 'cjson/': 'base', 'libxml/xmlwriter': 'report',
               'libxml/parser': 'project', 'z3': 'smt'}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')


def problems(path, module):
    name = os.path.basename(path)
    for number, line in enumerate(open(path, encoding='utf-8'), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        included = match[2]
        for prefix, owner in () if name.startswith('test_') else THIRD_PARTY.items():
            if included.startswith(prefix) and (module != owner or name == owner + '.h'):
                yield f'{path}:{number}: <{included}> is for the .c files of {owner}/ only'
        if match[1] == '<' or '/' not in included:
            continue
        other, header = included.split('/', 1)
        if name.startswith('test_') and (other == 'test' or header.startswith('test_')):
            continue
        allowed = MAY_INCLUDE[module]
        if other not in (module, 'base') and allowed is not EVERYTHING and other not in allowed:
            yield f'{path}:{number}: {module}/ may not include {other}/'
        if other not in (module, 'base', 'cli') and header != other + '.h':
            yield f'{path}:{number}: {included} is private to {other}/'


def main():
    root = sys.argv[1]
    found = []
    for directory, _, names in os.walk(root):
        module = os.path.relpath(directory, root).split(os.sep)[0].replace('.', '')
        if module == 'test':
            continue
        for name in sorted(names):
            if name.endswith(('.c', '.h')):
                found += problems(os.path.join(directory, name), module)
    print('\n'.join(found))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
