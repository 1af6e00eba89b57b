#!/usr/bin/env python3
"""The workflows that the documentation offers do what they say: test_ci.py DRVLINT DRIVER DOCS

Their drvlint commands are run on a driver with a defect, and must write every file that a later step
takes. Without python3-yaml the test is skipped (status 77).
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


def github(workflow):
    """Shell commands, and files that the steps take."""
    check('push' in workflow.get('on', workflow.get(True)), 'GitHub: when it runs')
    steps = [step for job in workflow['jobs'].values() for step in job['steps']]
    for step in steps:
        check(('run' in step) != ('uses' in step), f'GitHub: a step runs or uses something: {step}')
        if step.get('uses', '').startswith(('github/codeql-action/upload-sarif', 'actions/upload-')):
            check(step.get('if') == 'always()', f'GitHub: results of a failed check are kept: {step}')
    commands = [line for step in steps for line in step.get('run', '').splitlines()]
    files = [step['with'][key] for step in steps for key in ('sarif_file', 'path')
             if key in step.get('with', {}) and 'upload' in step['uses']]
    kept = [step['with']['path'] for step in steps if step.get('uses', '').startswith('actions/cache@')]
    named = [step['env']['DRVLINT_CACHE_DIR'] for step in steps
             if 'DRVLINT_CACHE_DIR' in step.get('env', {})]
    check(named and named == kept, f'GitHub: {kept} is the cache')
    return commands, files


def gitlab(workflow):
    commands, files = [], []
    for job in workflow.values():
        commands += job['before_script'] + job['script']
        check(job['artifacts']['when'] == 'always', 'GitLab: results of a failed check are kept')
        check([job['variables']['DRVLINT_CACHE_DIR']] ==
              ['$CI_PROJECT_DIR/' + path for path in job['cache']['paths']], 'GitLab: the cache')
        files += job['artifacts']['paths'] + list(job['artifacts']['reports'].values())
    return commands, files


def main():
    drvlint, driver, docs = map(os.path.abspath, sys.argv[1:])
    try:
        import yaml
    except ImportError:
        print('skipped: python3-yaml is not installed')
        return 77
    for name, reader in ('github', github), ('gitlab', gitlab):
        with open(os.path.join(docs, 'ci', name + '.yml'), encoding='utf-8') as stream:
            commands, files = reader(yaml.safe_load(stream))
        checks = [command for command in commands if command.startswith('drvlint ')]
        check(checks and files, f'{name}: something is checked, and kept')
        check(any('/run build' in command for command in commands), f'{name}: drvlint is built')
        with tempfile.TemporaryDirectory(prefix='drvlint-test-') as scratch:
            os.mkdir(os.path.join(scratch, 'bin'))
            os.symlink(drvlint, os.path.join(scratch, 'bin', 'drvlint'))
            shutil.copytree(driver, os.path.join(scratch, 'src'))
            path = os.path.join(scratch, 'bin') + os.pathsep + os.environ['PATH']
            for command in checks:
                done = subprocess.run(['sh', '-c', command], cwd=scratch, capture_output=True, text=True,
                                      env=dict(os.environ, PATH=path), timeout=300)
                check(done.returncode == 1, f'{name}: the defect fails the job: {command} {done}')
            for file in files:
                check(os.path.getsize(os.path.join(scratch, file)) > 0, f'{name}: {file}')
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
