#!/usr/bin/env python3
"""The schema of drvlint.json takes what the program takes and refuses what it refuses.

    test_schema.py DRVLINT SCHEMA

The judge of the schema is python3-jsonschema; without it the test is skipped.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

# What each key may say, in a directory that has the files.
GOOD = {
    '$schema': ['drvlint.schema.json'],
    'name': ['lan'],
    'files': [['a.c'], ['*.c', 'a.c'], ['**/*.c']],
    'include': [[], ['inc'], ['inc', '.']],
    'defines': [[], ['A', 'B=1']],
    'flags': [[], ['-Wno-microsoft']],
    'target': ['aarch64-pc-windows-msvc'],
    'pack': ['ndis'],
    'rules': ['Locking,-Warning', 'all'],
    'levels': [{}, {'SpinLock': 'error', 'Irql': 'warning', 'all': 'note'}],
    'ruleFiles': [[], ['own.rule'], ['own']],
    'modelFiles': [[], ['model.c'], ['own']],
    'baseline': ['known.json'],
    'outputs': [{}, {'html': 'a.html', 'text': 'a.txt'}, {'json': 'a', 'sarif': 'b', 'github': 'c',
                                                         'gitlab': 'd', 'junit': 'e'}],
}
ODD = [None, True, 1, '', 'x', [], [''], [1], ['a.c', None], {}, {'a': ''}, {'a': 1}, {'html': ''},
       {'html': 1}, {'sarrif': 'x'}, {'all': 'off'}, {'all': 'Error'}, {'all': ['error']}]
FILES = ['a.c', 'inc/a.h', 'own/.keep', 'model.c']
failures = 0


def check(condition, what):
    global failures
    if not condition:
        print(f'failed: {what}')
        failures += 1


def program_says(drvlint, folder, config):
    """Exit status and messages for a configuration."""
    with open(os.path.join(folder, 'drvlint.json'), 'w', encoding='utf-8') as stream:
        json.dump(config, stream)
    done = subprocess.run([drvlint, 'check', '.', '--stop-after=rule'], cwd=folder, text=True,
                          capture_output=True, timeout=60)
    return done.returncode, done.stderr


def main():
    drvlint, schema_file = map(os.path.abspath, sys.argv[1:])
    try:
        import jsonschema
    except ImportError:
        print('skipped: python3-jsonschema is not installed')
        return 77
    with open(schema_file, encoding='utf-8') as stream:
        schema = json.load(stream)
    jsonschema.Draft7Validator.check_schema(schema)
    valid = jsonschema.Draft7Validator(schema).is_valid
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as folder:
        for name in FILES:
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            open(os.path.join(folder, name), 'w', encoding='utf-8').close()
        with open(os.path.join(folder, 'own.rule'), 'w', encoding='utf-8') as stream:
            stream.write('rule Own\ntitle "own"\nsets House\non call OwnFunction\n    error "called"\n')

        keys = program_says(drvlint, folder, {'zzzzzzzz': 1})[1]
        keys = set(re.search("unknown key 'zzzzzzzz'; there are (.*)", keys)[1].split(', '))
        check(keys == set(schema['properties']) == set(GOOD), f'keys: {keys}')
        for key in keys:
            check(schema['properties'][key].get('description'), f'{key} has a description')
        formats = subprocess.run([drvlint, 'check', '--format=zzzzzzzz'], text=True, capture_output=True)
        formats = re.search('only (.*)', formats.stderr)[1].replace(' or ', ', ').split(', ')
        check(set(formats) == set(schema['properties']['outputs']['properties']), f'formats: {formats}')

        for key, values in GOOD.items():
            for value in values:
                config = {key: value}
                status, text = program_says(drvlint, folder, config)
                check(valid(config) and status == 0, f'{config} is taken: {valid(config)} {text}')
        for key in GOOD:
            for value in ODD:
                config = {key: value}
                if not valid(config):
                    status, text = program_says(drvlint, folder, config)
                    check(status == 2 and 'error: ' in text, f'{config} is refused: {text}')
        for config in [{'Name': 'x'}, {'exclude': []}, [], 'x', 1, None]:
            check(not valid(config), f'{config} is refused by the schema')
            check(program_says(drvlint, folder, config)[0] == 2, f'{config} is refused')
        together = {key: values[-1] for key, values in GOOD.items()}
        check(valid(together) and program_says(drvlint, folder, together)[0] == 0, 'all in one')
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
