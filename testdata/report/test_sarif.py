#!/usr/bin/env python3
"""SARIF logs of a real run, looked at by others: test_sarif.py MODE DRVLINT DRIVER [WHERE]

    content           what the log must say, and that fingerprints survive edits
    schema            valid against the schema in the file WHERE, says python3-jsonschema
    validator         no error and no warning of Microsoft's validator. WHERE is its program, or "npm":
                      it is installed into the working directory, if that is possible

The driver is checked in a copy that is a git checkout. Without what a mode needs, the test is skipped
(status 77) with the reason.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
VALIDATOR = '@microsoft/sarif-multitool-linux@5.7.0'
SECRET = 'gho_notatoken'
failures = 0


def skip(reason):
    print(f'skipped: {reason}')
    sys.exit(77)


def check(condition, what):
    global failures
    if not condition:
        print(f'failed: {what}')
        failures += 1


def git(checkout, *words):
    subprocess.run(['git', '-C', checkout, '-c', 'user.name=t', '-c', 'user.email=t@t', *words],
                   check=True, stdout=subprocess.DEVNULL)


def make_checkout(scratch, driver):
    checkout = os.path.join(scratch, 'checkout')
    shutil.copytree(driver, os.path.join(checkout, 'src', 'my driver'))
    git(checkout, 'init', '-q', '-b', 'trunk')
    git(checkout, 'remote', 'add', 'origin', f'https://me:{SECRET}@example.org/team/lan.git')
    git(checkout, 'add', '.')
    git(checkout, 'commit', '-q', '-m', 'driver')
    return checkout


def run(drvlint, checkout, *options):
    """The log of a check, and the file that it is in."""
    log = os.path.join(checkout, '..', 'log.sarif')
    done = subprocess.run([drvlint, 'check', 'my driver', f'--output=sarif={log}', '--quiet', *options], cwd=os.path.join(checkout, 'src'), capture_output=True)
    check(done.returncode == 1, f'the driver has defects: {done.returncode} {done.stderr.decode()}')
    return json.load(open(log, encoding='utf-8')), log


def edit(checkout):
    """Other lines, comments and indentation, nothing that matters."""
    folder = os.path.join(checkout, 'src', 'my driver')
    for name in os.listdir(folder):
        if name.endswith('.c'):
            text = open(os.path.join(folder, name)).read().replace('    ', '\t')
            open(os.path.join(folder, name), 'w').write('// A line more.\n\n\n' + text)


def fingerprints(log):
    return sorted(result['partialFingerprints']['drvlintFinding/v1']
                  for result in log['runs'][0]['results'] if result['kind'] == 'fail')


def locations(value):
    if isinstance(value, dict):
        if 'artifactLocation' in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from locations(item)


def check_step(step, folder):
    place = step['location']['physicalLocation']
    region = place['region']
    path = os.path.join(folder, place['artifactLocation']['uri'].replace('%20', ' '))
    line = open(path, encoding='utf-8').read().splitlines()[region['startLine'] - 1]
    text = line[region['startColumn'] - 1:region['endColumn'] - 1]
    check(text == region['snippet']['text'] != '', f'region {region} in {line!r}')
    check(step['nestingLevel'] >= 0 and step['kinds'] and step['state'], f'step {step}')


def check_finding(result, checkout):
    steps = [step for flow in result['codeFlows'] for thread in flow['threadFlows']
             for step in thread['locations']]
    check(0 < len(steps) <= 100, f'{len(steps)} steps')
    for step in steps:
        check_step(step, checkout)
    check(steps[-1]['location']['physicalLocation']['region'] ==
          result['locations'][0]['physicalLocation']['region'], 'the path ends at the defect')
    check(result['message']['text'].endswith('.'), 'a sentence')
    for related in result['relatedLocations']:
        check('snippet' in related['physicalLocation']['region'], 'related place')


def weaknesses(drvlint):
    """The table of weaknesses speaks of rules and sets that are there."""
    rules = json.loads(subprocess.run([drvlint, 'rules', '--format=json'], capture_output=True).stdout)
    names = {name for rule in rules['rules'] for name in (rule['id'], *rule['sets'])}
    titles = {}
    for line in open(os.path.join(HERE, '../../rules/ndis/cwe.tsv'), encoding='utf-8'):
        if not line.startswith('#'):
            name, number, title = line.rstrip('\n').split('\t')
            check(name in names, f'cwe.tsv: there is no {name}')
            check(titles.setdefault(number, title) == title, f'cwe.tsv: two titles of {number}')


def content(drvlint, checkout):
    weaknesses(drvlint)
    log, path = run(drvlint, checkout)
    one = log['runs'][0]
    check(SECRET not in open(path).read(), 'no password in the log')
    kinds = {result['kind'] for result in one['results']}
    check(kinds >= {'fail', 'pass', 'notApplicable'}, f'kinds {kinds}')
    rules = [rule['id'] for rule in one['tool']['driver']['rules']]
    check({result['ruleId'] for result in one['results']} == set(rules), 'a verdict for every rule')
    for result in one['results']:
        check(rules[result['ruleIndex']] == result['ruleId'], 'index of the rule')
        if result['kind'] == 'fail':
            check_finding(result, checkout)
    check(any('taxa' in result for result in one['results']), 'weaknesses')
    check(one['automationDetails']['id'] == 'drvlint/my driver/', 'category')
    commit = subprocess.run(['git', '-C', checkout, 'rev-parse', 'HEAD'], capture_output=True, text=True)
    check(one['versionControlProvenance'] == [{
        'repositoryUri': 'https://example.org/team/lan.git', 'revisionId': commit.stdout.strip(),
        'branch': 'trunk', 'mappedTo': {'uriBaseId': 'SRCROOT'}}], 'checkout')
    for place in locations(one['results']):
        check(place['artifactLocation']['uri'].startswith('src/my%20driver/'),
              f'relative to the checkout: {place["artifactLocation"]}')

    github = run(drvlint, checkout, '--profile=github')[0]['runs'][0]
    check({result['kind'] for result in github['results']} == {'fail'}, 'GitHub: failures only')
    check(all('suppressions' not in result for result in github['results']), 'GitHub: nothing else')

    marked(drvlint, checkout)
    before = fingerprints(log)
    edit(checkout)
    after = fingerprints(run(drvlint, checkout)[0])
    check(before == after and len(set(before)) == len(before), f'{before} became {after}')


def outside(checkout):
    """The driver with a part that is not below the working directory."""
    folder = os.path.join(checkout, 'src', 'my driver')
    os.rename(os.path.join(folder, 'chip.c'), os.path.join(checkout, '..', 'chip.c'))
    with open(os.path.join(folder, 'part.c'), 'w') as part:
        part.write('#include "../../../chip.c"\n')


def marked(drvlint, checkout):
    """With levels of the project's own, and a baseline of which one finding is gone with its file."""
    folder = os.path.join(checkout, 'src', 'my driver')
    known = os.path.join(checkout, 'src', 'known.json')
    done = subprocess.run([drvlint, 'baseline', 'my driver', '-o', known], cwd=os.path.dirname(known),
                          capture_output=True, text=True)
    check(done.returncode == 0, f'a baseline: {done.stderr}')
    baseline = json.load(open(known, encoding='utf-8'))
    baseline['findings'][0].update(fingerprint='0' * 32, file='my driver/gone file.c')
    with open(known, 'w', encoding='utf-8') as stream:
        json.dump(baseline, stream)
    with open(os.path.join(folder, 'drvlint.json'), 'w', encoding='utf-8') as stream:
        json.dump({'levels': {'DDIUsage': 'note', 'Init_DeRegisterInterrupt': 'warning'}}, stream)
    log, path = run(drvlint, checkout, '--baseline=known.json')
    one = log['runs'][0]
    states = [result.get('baselineState') for result in one['results'] if result['kind'] == 'fail']
    check(states.count('absent') == 1 and states.count('new') == 1, f'{states}')
    gone = next(result for result in one['results'] if result.get('baselineState') == 'absent')
    check(gone['partialFingerprints']['drvlintFinding/v1'] == '0' * 32, 'who it was')
    check(gone['locations'][0]['physicalLocation']['artifactLocation'] ==
          {'uri': 'src/my%20driver/gone%20file.c', 'uriBaseId': 'SRCROOT'}, 'where it was')
    overrides = {change['descriptor']['id']: change['configuration']['level']
                 for change in one['invocations'][0]['ruleConfigurationOverrides']}
    check(overrides['Init_DeRegisterInterrupt'] == 'warning', f'{overrides}')
    rules = one['tool']['driver']['rules']
    for change in one['invocations'][0]['ruleConfigurationOverrides']:
        rule = rules[change['descriptor']['index']]
        check(rule['id'] == change['descriptor']['id'], 'index of the rule')
        check(rule['defaultConfiguration']['level'] != change['configuration']['level'], 'a change')
    os.remove(os.path.join(folder, 'drvlint.json'))
    return path


def logs(drvlint, checkout):
    """All kinds of logs, one after the other."""
    for options in [], ['--profile=github'], ['--rules=all']:
        yield run(drvlint, checkout, *options)[1]
    yield marked(drvlint, checkout)
    shutil.rmtree(os.path.join(checkout, '.git'))
    yield run(drvlint, checkout)[1]
    outside(checkout)
    log, path = run(drvlint, checkout)
    check('ELSEWHERE' in log['runs'][0]['originalUriBaseIds'], 'a base for what is elsewhere')
    yield path
    for name in 'results.sarif', 'github.sarif', 'nothing.sarif':
        yield os.path.join(HERE, name)


def schema(drvlint, checkout, where):
    try:
        import jsonschema
    except ImportError:
        skip('python3-jsonschema is not installed')
    rules = json.load(open(where, encoding='utf-8'))
    validator = jsonschema.validators.validator_for(rules)(rules)
    for log in logs(drvlint, checkout):
        for error in validator.iter_errors(json.load(open(log, encoding='utf-8'))):
            check(False, f'{log}: {list(error.absolute_path)}: {error.message[:200]}')


def validator_program(where):
    if where != 'npm':
        return where or skip('no validator; give -Dsarif_validator or DRVLINT_SARIF_VALIDATOR')
    folder = os.path.abspath('sarif-validator')
    program = os.path.join(folder, 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool')
    if not os.path.exists(program):
        if not shutil.which('npm'):
            skip('npm is not installed')
        try:
            subprocess.run(['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund',
                            '--fetch-retries=0', '--fetch-timeout=20000', '--prefix', folder,
                            VALIDATOR], check=True, capture_output=True, timeout=120)
        except (subprocess.SubprocessError, OSError) as error:
            skip(f'npm cannot install the validator: {error}')
    os.chmod(program, 0o755)
    return program


def validator(drvlint, checkout, where):
    program = validator_program(where)
    for log in logs(drvlint, checkout):
        judged = os.path.join(checkout, 'judged.sarif')
        done = subprocess.run(
            [program, 'validate', log, '-c', os.path.join(HERE, 'sarif-validator.xml'),
             '--rule-kind', 'Sarif;Ghas', '-o', judged, '--log', 'ForceOverwrite'],
            env=dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT='1'), capture_output=True)
        check(done.returncode == 0, f'{log}: {done.stdout.decode()}')
        for one in json.load(open(judged, encoding='utf-8-sig'))['runs'][0]['results']:
            if one.get('level', 'warning') in ('error', 'warning'):
                check(False, f'{log}: {one["ruleId"]} {one["message"]}')


def main():
    mode, drvlint, driver, where = (*sys.argv[1:], '')[:4]
    where = os.environ.get(f'DRVLINT_SARIF_{mode.upper()}', where)
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as scratch:
        checkout = make_checkout(scratch, driver)
        if mode == 'content':
            content(os.path.abspath(drvlint), checkout)
        else:
            {'schema': schema, 'validator': validator}[mode](os.path.abspath(drvlint), checkout, where)
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
