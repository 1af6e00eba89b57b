"""A client of the Language Server Protocol for tests: it starts a server, talks with it, and checks
the shape of every message that it gets against the specification (3.17), with checks of its own."""

import json
import os
import queue
import subprocess
import threading
import urllib.parse

PATIENCE = int(os.environ.get("DRVLINT_PATIENCE", 120))  # seconds; whoever waits longer hangs


class Shape(Exception):
    pass


def must(condition, what, value):
    if not condition:
        raise Shape(f'{what}: {json.dumps(value)}')


def has_keys(value, what, required, optional=()):
    must(isinstance(value, dict), f'{what} is an object', value)
    for key in required:
        must(key in value, f'{what} has {key}', value)
    for key in value:
        must(key in required or key in optional, f'{what} has no {key}', value)


def is_uint(value, what):
    must(isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2 ** 31, what, value)


def is_text(value, what):
    must(isinstance(value, str), what, value)


def is_uri(value, what):
    is_text(value, what)
    parts = urllib.parse.urlsplit(value)
    must(parts.scheme and all(32 < ord(c) < 127 for c in value), f'{what} is a URI', value)


def is_position(value, what='Position'):
    has_keys(value, what, ('line', 'character'))
    is_uint(value['line'], what)
    is_uint(value['character'], what)


def is_range(value, what='Range'):
    has_keys(value, what, ('start', 'end'))
    is_position(value['start'], what)
    is_position(value['end'], what)
    start, end = value['start'], value['end']
    must((start['line'], start['character']) <= (end['line'], end['character']), f'{what} is in order',
         value)


def is_location(value):
    has_keys(value, 'Location', ('uri', 'range'))
    is_uri(value['uri'], 'Location.uri')
    is_range(value['range'])


def is_diagnostic(value):
    has_keys(value, 'Diagnostic', ('range', 'message'),
             ('severity', 'code', 'codeDescription', 'source', 'tags', 'relatedInformation', 'data'))
    is_range(value['range'])
    is_text(value['message'], 'Diagnostic.message')
    must(value['message'], 'Diagnostic.message says something', value)
    must(value.get('severity', 1) in (1, 2, 3, 4), 'Diagnostic.severity', value)
    if 'code' in value:
        must(isinstance(value['code'], (str, int)), 'Diagnostic.code', value)
    if 'codeDescription' in value:
        must('code' in value, 'codeDescription describes a code', value)
        has_keys(value['codeDescription'], 'CodeDescription', ('href',))
        is_uri(value['codeDescription']['href'], 'CodeDescription.href')
    for tag in value.get('tags', []):
        must(tag in (1, 2), 'DiagnosticTag', value)
    for related in value.get('relatedInformation', []):
        has_keys(related, 'DiagnosticRelatedInformation', ('location', 'message'))
        is_location(related['location'])
        is_text(related['message'], 'DiagnosticRelatedInformation.message')


def is_markup(value):
    has_keys(value, 'MarkupContent', ('kind', 'value'))
    must(value['kind'] in ('plaintext', 'markdown'), 'MarkupKind', value)
    is_text(value['value'], 'MarkupContent.value')


def is_command(value):
    has_keys(value, 'Command', ('title', 'command'), ('arguments',))
    is_text(value['title'], 'Command.title')
    is_text(value['command'], 'Command.command')


def is_text_edit(value):
    has_keys(value, 'TextEdit', ('range', 'newText'))
    is_range(value['range'])
    is_text(value['newText'], 'TextEdit.newText')


def is_workspace_edit(value):
    has_keys(value, 'WorkspaceEdit', (), ('changes', 'documentChanges', 'changeAnnotations'))
    for uri, edits in value.get('changes', {}).items():
        is_uri(uri, 'WorkspaceEdit.changes')
        for edit in edits:
            is_text_edit(edit)
    for change in value.get('documentChanges', []):
        has_keys(change, 'TextDocumentEdit', ('textDocument', 'edits'))
        has_keys(change['textDocument'], 'OptionalVersionedTextDocumentIdentifier', ('uri', 'version'))
        is_uri(change['textDocument']['uri'], 'uri')
        for edit in change['edits']:
            is_text_edit(edit)


def is_code_action(value):
    if isinstance(value.get('command'), str):
        is_command(value)
        return
    has_keys(value, 'CodeAction', ('title',),
             ('kind', 'diagnostics', 'isPreferred', 'disabled', 'edit', 'command', 'data'))
    is_text(value['title'], 'CodeAction.title')
    for diagnostic in value.get('diagnostics', []):
        is_diagnostic(diagnostic)
    if 'edit' in value:
        is_workspace_edit(value['edit'])
    if 'command' in value:
        is_command(value['command'])


def is_initialize_result(value):
    has_keys(value, 'InitializeResult', ('capabilities',), ('serverInfo',))
    capabilities = value['capabilities']
    has_keys(capabilities, 'ServerCapabilities', (),
             ('positionEncoding', 'textDocumentSync', 'hoverProvider', 'codeActionProvider',
              'executeCommandProvider', 'workspace'))
    must(capabilities.get('positionEncoding', 'utf-16') in ('utf-8', 'utf-16', 'utf-32'),
         'PositionEncodingKind', value)
    sync = capabilities['textDocumentSync']
    has_keys(sync, 'TextDocumentSyncOptions', (), ('openClose', 'change', 'willSave',
                                                   'willSaveWaitUntil', 'save'))
    must(sync['change'] in (0, 1, 2), 'TextDocumentSyncKind', value)
    must(isinstance(sync['save'], (bool, dict)), 'TextDocumentSyncOptions.save', value)
    must(isinstance(capabilities['codeActionProvider'], (bool, dict)), 'codeActionProvider', value)
    for command in capabilities['executeCommandProvider']['commands']:
        is_text(command, 'command')
    has_keys(value['serverInfo'], 'serverInfo', ('name',), ('version',))


def is_hover(value):
    if value is None:
        return
    has_keys(value, 'Hover', ('contents',), ('range',))
    is_markup(value['contents'])
    if 'range' in value:
        is_range(value['range'])


def is_code_actions(value):
    must(value is None or isinstance(value, list), 'CodeAction[]', value)
    for action in value or []:
        is_code_action(action)


RESULTS = {
    'initialize': is_initialize_result,
    'shutdown': lambda value: must(value is None, 'the result of shutdown', value),
    'textDocument/hover': is_hover,
    'textDocument/codeAction': is_code_actions,
    'workspace/executeCommand': lambda value: None,
}


def is_publish(value):
    has_keys(value, 'PublishDiagnosticsParams', ('uri', 'diagnostics'), ('version',))
    is_uri(value['uri'], 'PublishDiagnosticsParams.uri')
    if 'version' in value:
        must(isinstance(value['version'], int), 'version', value)
    must(isinstance(value['diagnostics'], list), 'diagnostics', value)
    for diagnostic in value['diagnostics']:
        is_diagnostic(diagnostic)


def is_message_params(value):
    has_keys(value, 'LogMessageParams', ('type', 'message'))
    must(value['type'] in (1, 2, 3, 4), 'MessageType', value)
    is_text(value['message'], 'message')


def is_progress(value):
    has_keys(value, 'ProgressParams', ('token', 'value'))
    must(isinstance(value['token'], (int, str)), 'ProgressToken', value)
    kind = value['value'].get('kind')
    must(kind in ('begin', 'report', 'end'), 'WorkDoneProgress', value)
    if kind == 'begin':
        has_keys(value['value'], 'WorkDoneProgressBegin', ('kind', 'title'),
                 ('cancellable', 'message', 'percentage'))
    else:
        has_keys(value['value'], 'WorkDoneProgressEnd', ('kind',), ('message',))


def is_show_document(value):
    has_keys(value, 'ShowDocumentParams', ('uri',), ('external', 'takeFocus', 'selection'))
    is_uri(value['uri'], 'ShowDocumentParams.uri')


def is_create_progress(value):
    has_keys(value, 'WorkDoneProgressCreateParams', ('token',))


NOTIFICATIONS = {
    'textDocument/publishDiagnostics': is_publish,
    'window/logMessage': is_message_params,
    'window/showMessage': is_message_params,
    '$/progress': is_progress,
}
REQUESTS = {
    'window/showDocument': is_show_document,
    'window/workDoneProgress/create': is_create_progress,
}


def check_message(message, methods):
    """`methods`: id -> method of requests that were sent."""
    must(message.get('jsonrpc') == '2.0', 'jsonrpc', message)
    if 'method' not in message:
        has_keys(message, 'ResponseMessage', ('jsonrpc', 'id'), ('result', 'error'))
        must(('result' in message) != ('error' in message), 'either result or error', message)
        if 'error' in message:
            has_keys(message['error'], 'ResponseError', ('code', 'message'), ('data',))
            must(isinstance(message['error']['code'], int), 'code', message)
            is_text(message['error']['message'], 'ResponseError.message')
        else:
            must(message['id'] in methods, 'a response to a request', message)
            RESULTS[methods[message['id']]](message['result'])
    elif 'id' in message:
        has_keys(message, 'RequestMessage', ('jsonrpc', 'id', 'method'), ('params',))
        must(message['method'] in REQUESTS, 'a known request', message)
        REQUESTS[message['method']](message['params'])
    else:
        has_keys(message, 'NotificationMessage', ('jsonrpc', 'method'), ('params',))
        must(message['method'] in NOTIFICATIONS, 'a known notification', message)
        NOTIFICATIONS[message['method']](message['params'])


def uri_of(path):
    return 'file://' + urllib.parse.quote(os.path.abspath(path))


CAPABILITIES = {
    'general': {'positionEncodings': ['utf-16']},
    'window': {'workDoneProgress': True, 'showDocument': {'support': True}},
    'workspace': {'workspaceFolders': True, 'workspaceEdit': {'documentChanges': True}},
    'textDocument': {
        'hover': {'contentFormat': ['markdown', 'plaintext']},
        'codeAction': {'codeActionLiteralSupport': {'codeActionKind': {'valueSet': ['quickfix']}}},
        'publishDiagnostics': {'relatedInformation': True, 'codeDescriptionSupport': True,
                               'versionSupport': True, 'tagSupport': {'valueSet': [1, 2]}},
    },
}


class Client:
    """`messages` keeps all that came, in order; `wait` looks for the next that fits."""

    def __init__(self, command, environment=None, cwd=None):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=environment, cwd=cwd)
        self.methods, self.last_id, self.messages, self.seen = {}, 0, [], 0
        self.arrived = queue.Queue()
        self.answer_progress = True
        self.errors = b''
        self.threads = [threading.Thread(target=self.read_output, daemon=True),
                        threading.Thread(target=self.read_errors, daemon=True)]
        for thread in self.threads:
            thread.start()

    def read_errors(self):
        self.errors = self.process.stderr.read()

    def read_output(self):
        out = self.process.stdout
        try:
            while True:
                line = out.readline()
                if not line:
                    break
                length = None
                while line != b'\r\n':
                    must(line.endswith(b'\r\n'), 'a header line', line.decode())
                    name, _, value = line.decode('ascii').partition(': ')
                    if name == 'Content-Length':
                        length = int(value)
                    line = out.readline()
                must(length is not None, 'Content-Length', None)
                body = out.read(length)
                must(len(body) == length, 'as many bytes as the header says', None)
                message = json.loads(body.decode('utf-8'))
                check_message(message, self.methods)
                self.arrived.put(message)
        except Exception as problem:  # for the thread that waits
            self.arrived.put(problem)
        self.arrived.put(None)

    # sending

    def send_bytes(self, data):
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # its end is for wait_exit() to see

    def send(self, message):
        body = json.dumps(message).encode('utf-8')
        self.send_bytes(b'Content-Length: %d\r\n\r\n' % len(body) + body)

    def notify(self, method, params=None):
        message = {'jsonrpc': '2.0', 'method': method}
        if params is not None:
            message['params'] = params
        self.send(message)

    def send_request(self, method, params=None):
        self.last_id += 1
        self.methods[self.last_id] = method
        message = {'jsonrpc': '2.0', 'id': self.last_id, 'method': method}
        if params is not None:
            message['params'] = params
        self.send(message)
        return self.last_id

    # receiving

    def wait(self, fits, what):
        """The next message that fits, of those that were not yet looked at. None when the server
        has ended."""
        while True:
            while self.seen < len(self.messages):
                message = self.messages[self.seen]
                self.seen += 1
                if fits(message):
                    return message
            try:
                message = self.arrived.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f'nothing came: {what}; so far {json.dumps(self.messages[-5:])}')
            if isinstance(message, Exception):
                raise message
            if message is None:
                self.arrived.put(None)
                return None
            if message.get('method') == 'window/workDoneProgress/create' and self.answer_progress:
                self.send({'jsonrpc': '2.0', 'id': message['id'], 'result': None})
            elif message.get('method') == 'window/showDocument':
                self.send({'jsonrpc': '2.0', 'id': message['id'], 'result': {'success': True}})
            self.messages.append(message)

    def request(self, method, params=None):
        """The response: with "result" or "error"."""
        number = self.send_request(method, params)
        return self.wait(lambda m: m.get('id') == number and 'method' not in m, method)

    def result(self, method, params=None):
        response = self.request(method, params)
        assert response and 'result' in response, response
        return response['result']

    def error(self, method, params=None):
        response = self.request(method, params)
        assert response and 'error' in response, response
        return response['error']['code']

    def published(self, path):
        """The next diagnostics of that file, with the version that they are about."""
        uri = uri_of(path)
        message = self.wait(lambda m: m.get('method') == 'textDocument/publishDiagnostics' and
                            m['params']['uri'] == uri, f'diagnostics of {path}')
        assert message, 'the server has ended'
        return message['params']

    def heard(self, method, part=''):
        message = self.wait(lambda m: m.get('method') == method and part in json.dumps(m['params']),
                            f'{method} {part}')
        assert message, 'the server has ended'
        return message['params']

    # what editors do

    def start(self, folders=(), capabilities=None, **more):
        result = self.result('initialize', {
            'processId': os.getpid(), 'clientInfo': {'name': 'test'}, 'rootUri': None,
            'capabilities': CAPABILITIES if capabilities is None else capabilities,
            'workspaceFolders': [{'uri': uri_of(f), 'name': os.path.basename(f)} for f in folders],
            **more})
        self.notify('initialized', {})
        return result

    def open(self, path, text=None, version=1):
        if text is None:
            text = open(path, encoding='utf-8').read()
        self.notify('textDocument/didOpen', {'textDocument': {
            'uri': uri_of(path), 'languageId': 'c', 'version': version, 'text': text}})

    def change(self, path, version, *edits):
        """Edits are (start, end, text) with positions (line, character), or a whole text."""
        changes = []
        for edit in edits:
            if isinstance(edit, str):
                changes.append({'text': edit})
            else:
                (line, character), (end_line, end_character), text = edit
                changes.append({'range': {'start': {'line': line, 'character': character},
                                          'end': {'line': end_line, 'character': end_character}},
                                'text': text})
        self.notify('textDocument/didChange', {
            'textDocument': {'uri': uri_of(path), 'version': version}, 'contentChanges': changes})

    def save(self, path):
        self.notify('textDocument/didSave', {'textDocument': {'uri': uri_of(path)}})

    def close(self, path):
        self.notify('textDocument/didClose', {'textDocument': {'uri': uri_of(path)}})

    def hover(self, path, line, character):
        return self.result('textDocument/hover', {
            'textDocument': {'uri': uri_of(path)}, 'position': {'line': line, 'character': character}})

    def actions(self, path, diagnostics, **context):
        return self.result('textDocument/codeAction', {
            'textDocument': {'uri': uri_of(path)}, 'range': diagnostics[0]['range'],
            'context': {'diagnostics': diagnostics, **context}})

    # ending

    def wait_exit(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        status = self.process.wait(timeout=PATIENCE)
        for thread in self.threads:
            thread.join(timeout=PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()
        return status

    def stop(self):
        """As editors do. The status."""
        assert self.result('shutdown') is None
        self.notify('exit')
        return self.wait_exit()
