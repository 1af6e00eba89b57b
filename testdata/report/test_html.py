#!/usr/bin/env python3
"""The HTML report: one file that loads nothing and says what the JSON report says.

    test_html.py DRVLINT DRIVER SCRIPT      SCRIPT: checker/report/html/script.js

The driver's copy has comments that would be markup if they were not kept from it. test_page.js tries
the script's functions, if node is there, and test_browser.py the page itself.
"""

import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
EVIL = '// </script><img src=x onerror=alert(1)><!-- <script> @GRAPH@ ]]> &amp; \u2028\n'
failures = 0


def check(condition, what):
    global failures
    if not condition:
        print(f'failed: {what}')
        failures += 1


class Page(html.parser.HTMLParser):
    """Collects the scripts and what would be loaded."""

    def __init__(self, text):
        super().__init__()
        self.scripts, self.loads, self.open, self.current = {}, [], [], None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.loads += [value for name, value in attributes.items()
                       if name in ('src', 'href', 'srcset', 'action', 'data') or name.startswith('on')]
        self.current = attributes.get('id', '') if tag == 'script' else None
        if tag not in ('meta', 'input', 'br', 'img', 'link'):
            self.open.append(tag)

    def handle_endtag(self, tag):
        check(self.open and self.open.pop() == tag, f'</{tag}> closes what is open')
        self.current = None

    def handle_data(self, text):
        if self.current is not None:
            self.scripts[self.current] = self.scripts.get(self.current, '') + text


def step_is_there(step, sources):
    lines = sources[step['file']].split('\n')
    line = lines[step['line'] - 1]
    return line[step['start']:step['end']].strip() if 'start' in step else True


def compare(data, results):
    for member in 'tool', 'files', 'functions', 'verdicts', 'callbacks', 'leftOut', 'assumptions':
        check(data[member] == results[member], f'{member} as in the JSON report')
    check(len(data['results']) == len(results['results']) > 0, 'as many findings')
    for shown, told in zip(data['results'], results['results']):
        check(shown['message'] == told['message'], 'message')
        check(0 < len(shown['path']) <= 100, 'path')
        for step, same in zip(shown['path'], told['path']): # no path here is cut
            check(step_is_there(step, data['sources']), f'step {step}')
            check(step['start'] == same['column'] - 1, f'column of step {step}')
    check(set(data['rules']) == {item['rule'] for item in results['verdicts']}, 'help of all rules')


def main():
    drvlint, driver, script = map(os.path.abspath, sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as scratch:
        folder = os.path.join(scratch, 'lan')
        shutil.copytree(driver, folder)
        for name in os.listdir(folder):
            if name.endswith('.c'):
                path = os.path.join(folder, name)
                text = open(path, encoding='utf-8').read()
                open(path, 'w', encoding='utf-8').write(EVIL + text.replace('\n', '\r\n'))
        page = os.path.join(scratch, 'page.html')
        subprocess.run([drvlint, 'check', 'lan', '-q', f'--output=html={page}',
                        '--output=json=results.json'], cwd=scratch, stdout=subprocess.DEVNULL)
        text = open(page, encoding='utf-8', newline='').read()
        parsed = Page(text)
        check(not parsed.loads and not parsed.open, f'nothing is loaded: {parsed.loads} {parsed.open}')
        check(not re.search(r'@import|url\(|fetch\(|XMLHttpRequest|innerHTML', text), 'nor by the script')
        check(set(parsed.scripts) == {'data', 'callgraph', ''}, f'scripts: {set(parsed.scripts)}')
        data = json.loads(parsed.scripts['data'])
        check(all(source.startswith(EVIL) for source in data['sources'].values()), 'sources as they are')
        check(json.loads(parsed.scripts['callgraph'])['nodes'], 'call graph')
        compare(data, json.load(open(os.path.join(scratch, 'results.json'), encoding='utf-8')))
        if not shutil.which('node'):
            print('skipped: the script, for node is not installed')
            sys.exit(failures != 0 or 77)
        done = subprocess.run(['node', os.path.join(HERE, 'test_page.js'), script])
        check(done.returncode == 0, 'test_page.js')
        sys.exit(failures != 0)


if __name__ == '__main__':
    main()
