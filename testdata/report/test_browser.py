#!/usr/bin/env python3
"""The HTML report in a real browser, by keyboard only: test_browser.py DRVLINT DRIVER

The driver is checked in a copy that has one more defect. Without Chromium and its driver the test is
skipped (status 77).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import webdriver

MORE = '''
static MINIPORT_SHUTDOWN LanShutdown;
static NDIS_SPIN_LOCK LanLock;

static VOID LanShutdown(NDIS_HANDLE Context, NDIS_SHUTDOWN_ACTION Action)
{
    NdisAcquireSpinLock(&LanLock); // </script><img src=x onerror=alert(1)><!-- <script>
    if (Action == NdisShutdownPowerOff)
        return;
    NdisReleaseSpinLock(&LanLock);
}
'''
REGISTER = '    Characteristics.UnloadHandler = LanUnload;\n'
FOCUS = "document.activeElement.id || document.activeElement.tagName"
failures = 0


def check(condition, what):
    global failures
    if not condition:
        print(f'failed: {what}')
        failures += 1


def equal(got, want, what):
    check(got == want, f'{what}: {got!r} is not {want!r}')


def make_report(drvlint, driver, scratch):
    folder = os.path.join(scratch, 'lan')
    shutil.copytree(driver, folder)
    path = os.path.join(folder, 'main.c')
    with open(path, encoding='utf-8') as stream:
        text = stream.read()
    end = text.index('NTSTATUS DriverEntry(')
    assert REGISTER in text
    text = text[:end] + MORE.lstrip() + '\n' + text[end:].replace(
        REGISTER, REGISTER + '    Characteristics.ShutdownHandlerEx = LanShutdown;\n')
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write(text)
    page = os.path.join(scratch, 'page.html')
    done = subprocess.run([drvlint, 'check', 'lan', '-q', f'--output=html={page}',
                           '--output=json=results.json'], cwd=scratch, capture_output=True, text=True)
    check(done.returncode == 1, f'the driver has defects: {done.returncode} {done.stderr}')
    with open(os.path.join(scratch, 'results.json'), encoding='utf-8') as stream:
        return page, json.load(stream)


def text_of(browser, selector):
    return browser.ask(f'document.querySelector({json.dumps(selector)}).textContent')


def count_of(browser, selector):
    return browser.ask(f'document.querySelectorAll({json.dumps(selector)}).length')


def step_of(browser):
    return browser.ask("Number(document.querySelector('#steps [aria-current=step]').dataset.step)")


def chosen(browser):
    return browser.ask("Number(document.querySelector('#list [aria-current=true]').dataset.index)")


def tab_to(browser, condition, what):
    """Presses Tab until the element with the focus is the one that is meant."""
    for _ in range(200):
        if browser.ask(f'(e => {condition})(document.activeElement)'):
            return
        browser.press('Tab')
    check(False, f'{what} can be reached with Tab')


def filtering(browser, results):
    number = len(results['results'])
    check(number >= 2, 'there is something to choose from')
    equal(count_of(browser, '#list li'), number, 'findings in the list')
    browser.press('/')
    equal(browser.ask(FOCUS), 'words', 'the focus is in the filter')
    texts = [json.dumps(item).lower() for item in results['results']]
    rule = next(item['rule'] for item in results['results'][1:]
                if sum(item['rule'].lower() in text for text in texts) == 1)
    browser.press(*rule.lower())
    wanted = 1
    equal(count_of(browser, '#list li'), wanted, f'findings with {rule}')
    equal(results['results'][chosen(browser)]['rule'], rule, 'the chosen finding is one of those')
    browser.press('Enter')
    check(browser.ask(FOCUS) != 'words', 'Enter leaves the filter')
    equal(count_of(browser, '#list li'), wanted, 'and keeps it')
    browser.press('/', *['Backspace'] * len(rule), 'Enter')
    equal(count_of(browser, '#list li'), number, 'all findings again')
    # The list of rules, as a keyboard uses it.
    tab_to(browser, "e.id === 'rule'", 'the list of rules')
    browser.press('ArrowDown')
    first = browser.ask("document.getElementById('rule').value")
    check(first, 'a rule is chosen')
    equal(count_of(browser, '#list li'), sum(item['rule'] == first for item in results['results']),
          f'findings of {first}')
    browser.press('ArrowUp')
    equal(count_of(browser, '#list li'), number, 'all rules again')
    browser.press('Escape')


def opening(browser, results):
    browser.press('[', '[', '[')
    equal(chosen(browser), 0, 'the first finding')
    browser.press(']')
    equal(chosen(browser), 1, 'the next one')
    check(results['results'][1]['message'] in text_of(browser, '#finding'), 'its message')
    tab_to(browser, "e.dataset.index === '0'", 'a finding in the list')
    browser.press('Enter')
    equal(chosen(browser), 0, 'Enter opens it')
    equal(count_of(browser, '#steps button'), len(results['results'][0]['path']), 'its steps')


def state_pane(browser):
    names = browser.ask("[...document.querySelectorAll('#state dt')].map(e => e.textContent)")
    values = browser.ask("[...document.querySelectorAll('#state dd')].map(e => e.textContent)")
    return dict(zip(names, values))


def stepping(browser, finding, watched):
    """Through all of the path: the pane and the source are those of each step. `watched`: the object."""
    path = finding['path']
    equal(step_of(browser), len(path) - 1, 'it is shown from its end')
    browser.press('Home')
    state, irql = None, None
    for number, step in enumerate(path):
        equal(step_of(browser), number, 'the step')
        state, irql = step.get('state', state), step.get('irql', irql)
        pane = state_pane(browser)
        if state:
            check(pane.get('state', '').endswith(state), f'state {state} at step {number}: {pane}')
        if irql:
            check(pane.get('IRQL', '').endswith(irql), f'IRQL {irql} at step {number}: {pane}')
        equal(pane.get('function'), step['function'], 'the function')
        equal(pane.get('object'), watched, f'what is watched at step {number}')
        facts = browser.ask("[...document.querySelectorAll('#known li')].map(e => e.textContent)")
        if step['kind'] in ('decision', 'assume'):
            check(step['text'].split(';')[0] in facts[-1], f'{step["text"]} is known: {facts}')
        equal(text_of(browser, '#source-name'), step['file'], 'the source')
        equal(browser.ask("Number(document.querySelector('.row.here').dataset.line)"), step['line'],
              f'the line of step {number}')
        check(browser.ask("(r => r.top >= 0 && r.bottom <= innerHeight)"
                          "(document.querySelector('.row.here').getBoundingClientRect())"),
              f'the line of step {number} is in sight')
        browser.press('ArrowRight')
    equal(step_of(browser), len(path) - 1, 'there is nothing behind the end')
    browser.press('ArrowLeft', 'k')
    equal(step_of(browser), len(path) - 3, 'back')
    browser.press('j')
    equal(step_of(browser), len(path) - 2, 'forward')
    browser.press('Home', 'ArrowLeft')
    equal(step_of(browser), 0, 'there is nothing before the start')
    change = next(i for i, step in enumerate(path) if step['kind'] == 'state')
    browser.press(*['ArrowRight'] * change)
    check('\u2192' in state_pane(browser)['state'], f'a change is shown: {state_pane(browser)}')
    address = browser.ask('location.hash')
    check(address.endswith(f'/{change + 1}'), f'the address leads to the step: {address}')
    browser.press('End')
    browser.open(browser.ask('location.href').split('#')[0] + '?again' + address)
    equal(step_of(browser), change, 'a link leads to the step')


def views(browser, results):
    browser.press('2')
    equal(count_of(browser, '#verdicts tr'), len(results['verdicts']), 'the table of verdicts')
    tab_to(browser, "e.closest('#verdicts')", 'a rule in the table')
    rule = text_of(browser, ':focus')
    browser.press('Enter')
    check(text_of(browser, '#help').startswith(f'# {rule}'), 'the rule is explained')
    browser.press('3')
    boxes = count_of(browser, '#picture svg g')
    check(boxes > 5 and count_of(browser, '#picture svg path') >= boxes - 1, 'the call graph')
    check(browser.ask("[...document.querySelectorAll('#picture g')].every(g => g.getBBox().width > 20)"),
          'its boxes can be seen')
    tab_to(browser, "e.closest('svg')", 'a function in the picture')
    browser.press('Enter')
    check(text_of(browser, '#node') and count_of(browser, '#picture g.chosen') == 1, 'it is picked')
    browser.press('4')
    check(results['callbacks'][0]['function'] in text_of(browser, '#notes'), 'the analysis')
    browser.press('1')
    check(browser.ask("!document.getElementById('view-findings').hidden"), 'the findings again')


def odd_reports(browser, page, results):
    """No finding; and one that knows neither a place nor a path."""
    odd = {'rule': 'Odd', 'severity': 'note', 'message': 'no place', 'path': [], 'related': []}
    with open(page, encoding='utf-8') as stream:
        text = stream.read()
    for findings in [], [odd]:
        changed = re.sub(r'(id="data">)([^<]*)', lambda match: match[1] + json.dumps(
            dict(json.loads(match[2]), results=findings)).replace('<', '\\u003c'), text)
        with open(page, 'w', encoding='utf-8') as stream:
            stream.write(changed)
        browser.open('file://' + page)
        equal(count_of(browser, '#list li'), len(findings), 'findings of an odd report')
        browser.press('ArrowRight', 'Home', ']', '2')
        equal(count_of(browser, '#verdicts tr'), len(results['verdicts']), 'its verdicts')


def colours(browser):
    """Brightness of background and text, from 0 to 255."""
    return [sum(map(float, browser.ask(f'getComputedStyle(document.body).{name}.match(/[0-9.]+/g)')[:3])) / 3
            for name in ('backgroundColor', 'color')]


def light_and_dark(browser):
    for scheme in 'light', 'dark':
        browser.tool('Emulation.setEmulatedMedia',
                     features=[{'name': 'prefers-color-scheme', 'value': scheme}])
        back, front = colours(browser)
        check(back > front + 120 if scheme == 'light' else front > back + 120,
              f'{scheme}: background {back}, text {front}')
    tab_to(browser, "e.id === 'theme'", 'the button for the colours')
    browser.press('Enter')
    back, front = colours(browser)
    check(back > front + 120, 'the button makes the dark page light')


def main():
    drvlint, driver = map(os.path.abspath, sys.argv[1:])
    if webdriver.missing():
        print(f'skipped: {webdriver.missing()} is not installed')
        return 77
    with tempfile.TemporaryDirectory(prefix='drvlint-test-', ignore_cleanup_errors=True) as scratch:
        page, results = make_report(drvlint, driver, scratch)
        with webdriver.Browser(scratch) as browser:
            browser.open('about:blank')
            browser.requests() # those of the page that a browser begins with
            browser.open('file://' + page)
            filtering(browser, results)
            opening(browser, results)
            findings = results['results']
            stepping(browser, findings[0], None)
            browser.press('Home')
            lock = next(i for i, item in enumerate(findings) if item['rule'] == 'SpinLock')
            browser.press(*[']'] * lock)
            equal(chosen(browser), lock, 'the finding about the lock')
            stepping(browser, findings[lock], 'LanLock')
            views(browser, results)
            light_and_dark(browser)
            equal(count_of(browser, 'img, iframe, link'), 0, 'nothing of the driver is markup')
            odd_reports(browser, page, results)
            asked = browser.requests()
            check(asked and all(address.startswith(f'file://{page}') for address in asked),
                  f'nothing else is loaded: {asked}')
            equal([entry['message'] for entry in browser.log('browser')], [], 'the console is empty')
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
