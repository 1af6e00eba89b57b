"""A browser that is driven through chromedriver: https://www.w3.org/TR/webdriver2/"""

import json
import os
import re
import shutil
import signal
import subprocess
import urllib.request

KEYS = {'Tab': '\ue004', 'Enter': '\ue007', 'Escape': '\ue00c', 'End': '\ue010', 'Home': '\ue011',
        'ArrowLeft': '\ue012', 'ArrowUp': '\ue013', 'ArrowRight': '\ue014', 'ArrowDown': '\ue015',
        'Backspace': '\ue003', 'Shift': '\ue008'}
LIMIT_SECONDS = 60


def missing():
    """What is not installed, or None."""
    if not shutil.which('chromedriver'):
        return 'chromedriver'
    return None if shutil.which('chromium') else 'chromium'


class Browser:
    """Headless Chromium; to be used with `with`."""

    def __init__(self, scratch):
        self.driver = subprocess.Popen(['chromedriver', '--port=0'], stdout=subprocess.PIPE, text=True,
                                       stderr=subprocess.DEVNULL, start_new_session=True)
        self.address = None
        for line in self.driver.stdout:
            started = re.search(r'started successfully on port (\d+)', line)
            if started:
                self.address = f'http://127.0.0.1:{started[1]}'
                break
        arguments = ['--headless=new', '--no-first-run', '--disable-gpu', '--window-size=1400,900',
                     '--disable-dev-shm-usage', f'--user-data-dir={os.path.join(scratch, "profile")}']
        if os.getuid() == 0:
            arguments.append('--no-sandbox')
        wanted = {'browserName': 'chrome', 'goog:chromeOptions':
                  {'args': arguments, 'binary': shutil.which('chromium')},
                  'goog:loggingPrefs': {'performance': 'ALL', 'browser': 'ALL'}}
        made = self.call('POST', '/session', {'capabilities': {'alwaysMatch': wanted}})
        self.session = f'/session/{made["sessionId"]}'

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call('DELETE', self.session)
        finally:
            os.killpg(self.driver.pid, signal.SIGTERM)
            self.driver.wait()
            self.driver.stdout.close()

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data=data, method=method,
                                         headers={'Content-Type': 'application/json'})
        no_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with no_proxy.open(request, timeout=LIMIT_SECONDS) as answer:
            return json.load(answer)['value']

    def open(self, address):
        self.call('POST', self.session + '/url', {'url': address})

    def press(self, *keys):
        """Keys, by name or as they are, one after the other, to whatever has the focus."""
        actions = []
        for key in keys:
            for kind in 'keyDown', 'keyUp':
                actions.append({'type': kind, 'value': KEYS.get(key, key)})
        self.call('POST', self.session + '/actions',
                  {'actions': [{'type': 'key', 'id': 'keyboard', 'actions': actions}]})

    def ask(self, expression):
        """The value of a JavaScript expression in the page."""
        return self.call('POST', self.session + '/execute/sync',
                         {'script': f'return {expression}', 'args': []})

    def tool(self, command, **parameters):
        """A command of the DevTools protocol."""
        return self.call('POST', self.session + '/goog/cdp/execute',
                         {'cmd': command, 'params': parameters})

    def log(self, kind):
        return self.call('POST', self.session + '/se/log', {'type': kind})

    def requests(self):
        """Addresses that the page has asked for."""
        events = [json.loads(entry['message'])['message'] for entry in self.log('performance')]
        return [event['params']['request']['url'] for event in events
                if event['method'] == 'Network.requestWillBeSent']
