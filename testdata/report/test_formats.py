#!/usr/bin/env python3
"""Formats for other programs, read as those read them: test_formats.py DRVLINT DRIVER

The driver is checked in a copy that is a git checkout, in a folder whose name has characters that the
formats escape.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

FOLDER = 'a&b, 100%: <my> "driver"'
COMMAND = re.compile(r'::(error|warning|notice) ([^:]*)::(.*)')
failures = 0


def check(condition, what):
    global failures
    if not condition:
        print(f'failed: {what}')
        failures += 1


def run(drvlint, driver, scratch):
    """The reports by format, and the results."""
    checkout = os.path.join(scratch, 'checkout')
    shutil.copytree(driver, os.path.join(checkout, FOLDER))
    subprocess.run(['git', 'init', '-q', checkout], check=True)
    formats = 'json', 'github', 'gitlab', 'junit', 'text'
    outputs = [f'--output={name}={os.path.join(scratch, name)}' for name in formats]
    subprocess.run([drvlint, 'check', '.', '--quiet', *outputs],
                   cwd=os.path.join(checkout, FOLDER), stdout=subprocess.DEVNULL)
    return {name: open(os.path.join(scratch, name), encoding='utf-8').read() for name in formats}


def places(results):
    """Where the findings are, from the top of the checkout."""
    return sorted((f'{FOLDER}/{result["file"]}', result['line'], result['rule'])
                  for result in results['results'])


def unescaped(text):
    """As the runner decodes the values of its commands."""
    return re.sub('%(0D|0A|25|3A|2C)', lambda match: chr(int(match[1], 16)), text)


def github(text, want):
    found = []
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        check(match, f'a command: {line}')
        properties = dict(item.split('=', 1) for item in match[2].split(','))
        properties = {name: unescaped(value) for name, value in properties.items()}
        if properties['title'] in {rule for _, _, rule in want}:
            found.append((properties['file'], int(properties['line']), properties['title']))
            check(int(properties['col']) > 0 and unescaped(match[3]), f'column and message: {line}')
    check(sorted(found) == want, f'GitHub: {found} is not {want}')


def gitlab(text, want):
    issues = json.loads(text)
    found = [(issue['location']['path'], issue['location']['lines']['begin'], issue['check_name'])
             for issue in issues]
    check(sorted(found) == want, f'GitLab: {found} is not {want}')
    check(len({issue['fingerprint'] for issue in issues}) == len(issues), 'fingerprints')
    for issue in issues:
        check(issue['description'] and issue['severity'] in
              {'info', 'minor', 'major', 'critical', 'blocker'}, f'issue {issue}')


def junit(text, results):
    suite = ElementTree.fromstring(text.encode()).find('testsuite')
    cases = suite.findall('testcase')
    outcome = {case.get('name'): [child.tag for child in case] for case in cases}
    expected = {'pass': [], 'defect': ['failure'], 'unknown': ['error'], 'not applicable': ['skipped']}
    for verdict in results['verdicts']:
        check(outcome.pop(verdict['rule'], None) == expected[verdict['verdict']], f'JUnit: {verdict}')
    check(outcome == {'everything is analysed': []}, f'JUnit: one case more: {outcome}')
    for attribute, path in ('tests', 'testcase'), ('failures', 'testcase/failure'), \
            ('errors', 'testcase/error'), ('skipped', 'testcase/skipped'):
        check(int(suite.get(attribute)) == len(suite.findall(path)), f'JUnit: number of {attribute}')
    for failure in suite.iter('failure'):
        check(failure.get('message') and 'the system calls' in failure.text, 'JUnit: the path')
    if shutil.which('xmllint'):
        done = subprocess.run(['xmllint', '--noout', '-'], input=text.encode(), capture_output=True)
        check(done.returncode == 0, f'xmllint: {done.stderr.decode()}')


def schemas(drvlint, driver, results):
    """The JSON formats, by the validator that everybody uses."""
    try:
        import jsonschema
    except ImportError:
        print('the JSON formats are not validated, for python3-jsonschema is not installed')
        return
    docs = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'docs')
    graph = subprocess.run([drvlint, 'graph', driver, '--format=json'], capture_output=True)
    for name, value in ('results', results), ('graph', json.loads(graph.stdout)):
        with open(os.path.join(docs, f'drvlint-{name}.schema.json'), encoding='utf-8') as stream:
            schema = json.load(stream)
        for error in jsonschema.Draft202012Validator(schema).iter_errors(value):
            check(False, f'{name}: {list(error.absolute_path)}: {error.message[:200]}')


def dot(drvlint, driver):
    """The call graph, by Graphviz."""
    if not shutil.which('dot'):
        print('the call graph is not drawn, for dot is not installed')
        return
    graph = subprocess.run([drvlint, 'graph', driver], capture_output=True)
    done = subprocess.run(['dot', '-Tsvg'], input=graph.stdout, capture_output=True)
    check(done.returncode == 0 and not done.stderr, f'dot: {done.stderr.decode()}')
    boxes = [element for element in ElementTree.fromstring(done.stdout).iter()
             if element.get('class') == 'node']
    check(len(boxes) > 5, f'{len(boxes)} functions in the picture')


def main():
    drvlint, driver = map(os.path.abspath, sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as scratch:
        reports = run(drvlint, driver, scratch)
    results = json.loads(reports['json'])
    check(results['results'], 'the driver has defects')
    github(reports['github'], places(results))
    gitlab(reports['gitlab'], places(results))
    junit(reports['junit'], results)
    schemas(drvlint, driver, results)
    dot(drvlint, driver)
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
