#!/usr/bin/env python3
"""`drvlint lsp` with a scripted client: python3 test_lsp.py DRVLINT PACK REAL [TEST...]

PACK is the rule pack of the driver beside this file, REAL a driver for the rules that drvlint has.
Nothing here depends on how long something takes; what never comes is a failure after a long time."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from client import CAPABILITIES, PATIENCE, Client, uri_of

PROGRAM, PACK, REAL = map(os.path.abspath, sys.argv[1:4])
HERE = os.path.dirname(os.path.abspath(__file__))
RULE = 'GateBalance'

NOT_INITIALIZED, PARSE, INVALID, NO_METHOD, PARAMS = -32002, -32700, -32600, -32601, -32602


def equal(got, want, what):
    if got != want:
        raise AssertionError(f'{what}: {got!r}, not {want!r}')


def without(capabilities, *path):
    copy = json.loads(json.dumps(capabilities))
    at = copy
    for key in path[:-1]:
        at = at[key]
    del at[path[-1]]
    return copy


class Bench:
    """A folder with a copy of the driver, and clients that leave nothing behind."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.temporary = os.path.join(scratch, 'temporary')
        self.workspace = os.path.join(scratch, 'work space')  # with a blank on purpose
        self.driver = os.path.join(self.workspace, 'driver')
        os.mkdir(self.temporary)
        shutil.copytree(os.path.join(HERE, 'driver'), self.driver)
        self.entry = os.path.join(self.driver, 'entry.c')
        self.work = os.path.join(self.driver, 'work.c')
        self.header = os.path.join(self.driver, 'work.h')

    def client(self, *options, pack=True):
        command = [PROGRAM, 'lsp', *options]
        if pack:
            command.append('--pack-dir=' + PACK)
        environment = dict(os.environ, TMPDIR=self.temporary,
                           XDG_CACHE_HOME=os.path.join(self.scratch, 'cache'))
        return Client(command, environment, cwd=self.scratch)

    def started(self, *options, capabilities=None, pack=True, **more):
        client = self.client(*options, pack=pack)
        client.start([self.workspace], capabilities, **more)
        return client

    def stop(self, client, status=0):
        equal(client.stop(), status, 'the exit status')
        equal(client.errors, b'', 'standard error')
        self.clean()

    def clean(self):
        equal(os.listdir(self.temporary), [], 'temporary files')


def read(path):
    return open(path, encoding='utf-8').read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def fixed(text):
    return text.replace('return status;\n    GateClose', '{ GateClose(gate); return status; }\n    GateClose')


def rules(published):
    return [d.get('code') for d in published['diagnostics']]


# ---- the protocol ----------------------------------------------------------------------------------

def test_life(bench):
    client = bench.client()
    equal(client.error('textDocument/hover', {}), NOT_INITIALIZED, 'a request before initialize')
    equal(client.error('shutdown'), NOT_INITIALIZED, 'even shutdown')
    client.notify('textDocument/didOpen', {'textDocument': {}})  # is dropped
    result = client.start([bench.workspace])
    equal(result['capabilities']['positionEncoding'], 'utf-16', 'the encoding that all know')
    equal(result['serverInfo']['name'], 'drvlint', 'who it is')
    equal(client.error('initialize', {'capabilities': {}}), INVALID, 'a second initialize')
    equal(client.error('textDocument/completion', {}), NO_METHOD, 'an unknown request')
    equal(client.error('$/something', {}), NO_METHOD, 'an unknown request of the protocol itself')
    client.notify('something/unknown', {'a': [1]})
    client.notify('$/setTrace', {'value': 'off'})
    client.notify('$/cancelRequest', {'id': 17})
    client.notify('textDocument/didOpen')
    client.notify('textDocument/didOpen', {'textDocument': 'x'})
    client.notify('textDocument/didChange', {'textDocument': {'uri': 'file:///x'}, 'contentChanges': 7})
    client.notify('textDocument/didChange', [1, 2])
    client.notify('textDocument/didSave', {'textDocument': {'uri': 5}})
    client.notify('textDocument/didClose', {'textDocument': {'uri': 'file:///not/open'}})
    client.notify('workspace/didChangeWorkspaceFolders', {'event': {'removed': [{}], 'added': [1]}})
    client.send({'jsonrpc': '2.0', 'id': 99, 'result': None})  # nobody asked
    client.send({'jsonrpc': '2.0', 'id': 'x', 'error': {'code': 1, 'message': 'no'}})
    equal(client.error('textDocument/hover', {}), PARAMS, 'a hover nowhere')
    equal(client.error('textDocument/hover', {'textDocument': {'uri': 'file:///x'},
                                              'position': {'line': -1, 'character': 1e300}}), PARAMS,
          'a hover at no position')
    equal(client.error('textDocument/codeAction', {'textDocument': {'uri': 'file:///x'}}), PARAMS,
          'code actions without a context')
    equal(client.error('workspace/executeCommand', {'command': 'rm'}), PARAMS, 'an unknown command')
    equal(client.hover('/not/open.c', 0, 0), None, 'a hover where nothing is')
    equal(client.result('shutdown'), None, 'shutdown')
    equal(client.error('textDocument/hover', {}), INVALID, 'a request behind shutdown')
    client.notify('textDocument/didOpen', {'textDocument': {'uri': uri_of(bench.entry), 'text': ''}})
    client.notify('exit')
    equal(client.wait_exit(), 0, 'the exit status')
    bench.clean()


def test_exits(bench):
    client = bench.started()
    client.notify('exit')
    equal(client.wait_exit(), 1, 'exit without shutdown')
    client = bench.client()
    client.notify('exit')
    equal(client.wait_exit(), 1, 'exit without initialize')
    client = bench.started()
    client.open(bench.entry)
    client.published(bench.entry)
    equal(client.wait_exit(), 1, 'the end of the input')
    bench.clean()
    client = bench.started()
    client.result('shutdown')
    equal(client.wait_exit(), 0, 'the end of the input behind shutdown')
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        client = bench.started()
        client.open(bench.entry)
        client.heard('window/logMessage', 'checked')
        client.process.send_signal(number)
        equal(client.process.wait(PATIENCE), 1, 'asked to end')
        client.wait_exit()
        bench.clean()
    # Nobody listens any more.
    read_end, write_end = os.pipe()
    os.close(read_end)
    body = b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}'
    server = subprocess.Popen([PROGRAM, 'lsp', '--pack-dir=' + PACK], stdin=subprocess.PIPE,
                              stdout=write_end, env=dict(os.environ, TMPDIR=bench.temporary))
    os.close(write_end)
    server.stdin.write(b'Content-Length: %d\r\n\r\n' % len(body) + body)
    server.stdin.flush()
    equal(server.wait(PATIENCE), 1, 'nobody listens')
    server.stdin.close()
    bench.clean()


def test_frames(bench):
    client = bench.client()

    def null_error(code, what):
        message = client.wait(lambda m: 'error' in m, what)
        equal((message['id'], message['error']['code']), (None, code), what)

    # What is no header is passed over, and told of once up to the next message.
    for garbage, what in ((b'Hello: there\r\n\r\n', 'a header without a length'),
                          (b'Content-Length: many\r\n\r\n{}', 'a length that is no number'),
                          (b'Content-Length: 99999999999999999999\r\n\r\n', 'one beyond all measure'),
                          (b'Content-Length: -5\r\nHi\r\n\n\n', 'one below'),
                          (b'{"jsonrpc":"2.0"}' * 1000, 'messages without headers'),
                          (b'\0\xff' * 5000 + b'Content-', 'no text at all')):
        client.send_bytes(garbage)
        null_error(PARSE, what)
        client.send_bytes(b'Content-Length: 2\r\n\r\n{}')
        null_error(INVALID, f'a message that is nothing, behind {what}')
    client.send_bytes(b'Content-Length: 5\r\n\r\n{"a":')
    null_error(PARSE, 'JSON that ends too early')
    client.send_bytes(b'Content-Length: 4\r\n\r\nnull')
    null_error(INVALID, 'no object')
    client.send_bytes(b'Content-Length: 2\r\n\r\n[]')
    null_error(INVALID, 'a batch')
    client.send_bytes(b'Content-Length: 67108865\r\n\r\n')
    null_error(INVALID, 'a message that is too long')
    block = b'x' * 65536
    for _ in range(1024):
        client.send_bytes(block)
    client.send_bytes(b'x')  # and this was all of it
    body = b'{"jsonrpc": "2.0", "id": "a", "method": "nothing"}'
    client.send_bytes(b'content-length:%d\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n'
                      b'\r\n' % len(body) + body)
    message = client.wait(lambda m: m.get('id') == 'a', 'a response')
    equal(message['error']['code'], NOT_INITIALIZED, 'other ways to write a header')
    for bad in (b'{"id": 1}', b'{"id": {}, "method": "a"}', b'{"id": 1, "method": 5}', b'"a"'):
        client.send_bytes(b'Content-Length: %d\r\n\r\n' % len(bad) + bad)
        message = client.wait(lambda m: 'error' in m, 'a response')
        equal(message['error']['code'], INVALID, bad)
    for byte in b'Content-Length: %d\r\n\r\n' % len(body) + body:
        client.send_bytes(bytes([byte]))
    client.wait(lambda m: m.get('id') == 'a', 'byte by byte')
    client.send_bytes((b'Content-Length: %d\r\n\r\n' % len(body) + body) * 50)
    for _ in range(50):
        client.wait(lambda m: m.get('id') == 'a', 'many at once')
    client.start([bench.workspace])
    bench.stop(client)


def test_nonsense(bench):
    """Messages with something wrong in them: whatever it is, the server goes on."""
    random.seed(7)
    uri = uri_of(bench.entry)
    position = {'line': 1, 'character': 2}
    span = {'start': position, 'end': position}
    diagnostic = {'range': span, 'message': 'x', 'source': 'drvlint', 'code': RULE}
    sound = [
        {'method': 'textDocument/didOpen', 'params': {'textDocument': {
            'uri': uri, 'languageId': 'c', 'version': 1, 'text': 'int x;\n'}}},
        {'method': 'textDocument/didChange', 'params': {
            'textDocument': {'uri': uri, 'version': 2}, 'contentChanges': [{'range': span, 'text': 'y'}]}},
        {'method': 'textDocument/didSave', 'params': {'textDocument': {'uri': uri}, 'text': 'int y;'}},
        {'method': 'textDocument/didClose', 'params': {'textDocument': {'uri': uri}}},
        {'method': 'textDocument/hover', 'id': 'x', 'params': {
            'textDocument': {'uri': uri}, 'position': position}},
        {'method': 'textDocument/codeAction', 'id': 'x', 'params': {
            'textDocument': {'uri': uri}, 'range': span, 'context': {'diagnostics': [diagnostic],
                                                                     'only': ['quickfix']}}},
        {'method': 'workspace/executeCommand', 'id': 'x', 'params': {
            'command': 'drvlint.explain', 'arguments': [RULE]}},
        {'method': 'workspace/didChangeWorkspaceFolders', 'params': {'event': {
            'added': [{'uri': uri_of(bench.driver)}], 'removed': [{'uri': uri_of(bench.driver)}]}}},
        {'method': 'window/workDoneProgress/cancel', 'params': {'token': 1}},
        {'id': 1, 'result': None},
    ]
    odd = [None, True, -1, 0.5, 1e308, 2 ** 31, '', 'file://', 'x' * 5000, [], [[]], {}, {'a': 1}, '\u0000']

    def spoil(value):
        if isinstance(value, (dict, list)) and value and random.random() < 0.8:
            key = random.choice(list(value) if isinstance(value, dict) else range(len(value)))
            copy = value.copy()
            if random.random() < 0.1:
                del copy[key]
            else:
                copy[key] = spoil(value[key])
            return copy
        return random.choice(odd)

    client = bench.started()
    client.methods['x'] = 'workspace/executeCommand'  # its result may be anything
    for _ in range(600):
        message = {'jsonrpc': '2.0', **random.choice(sound)}
        if random.random() < 0.9:
            message['params' if 'params' in message else 'id'] = spoil(message.get('params', 1))
        client.send(message)
        if random.random() < 0.05:
            equal(client.error('nothing'), NO_METHOD, 'it is still there')
    client.close(bench.entry)
    client.notify('workspace/didChangeWorkspaceFolders', {'event': {
        'added': [{'uri': uri_of(bench.workspace)}], 'removed': []}})
    client.open(bench.entry, version=1000)
    while client.published(bench.entry).get('version') != 1000:
        pass
    bench.stop(client)


# ---- diagnostics -----------------------------------------------------------------------------------

def test_open_and_save(bench):
    client = bench.started()
    client.open(bench.work)
    found = client.published(bench.entry)
    equal(rules(found), [RULE], 'what is found in a file that is not open')
    assert 'version' not in found, 'it has no version'
    text = read(bench.entry)
    write(bench.entry, fixed(text))
    client.save(bench.work)
    equal(rules(client.published(bench.entry)), [], 'mended, in a file that is not open')
    write(bench.entry, text)
    client.open(bench.entry, version=5)
    client.save(bench.entry)
    found = client.published(bench.entry)
    equal(found['version'], 5, 'the version that was checked')
    diagnostic = found['diagnostics'][0]
    equal((diagnostic['severity'], diagnostic['source'], diagnostic['code']), (1, 'drvlint', RULE),
          'what it is')
    equal(diagnostic['message'], "the gate opened at line 6 stays open", 'the message')
    start, end = diagnostic['range']['start'], diagnostic['range']['end']
    line = read(bench.entry).splitlines()[start['line']]
    column = len(line[:line.index('return')].encode('utf-16-le')) // 2
    equal((start['line'], start['character'], end['character']), (10, column, column + 6),
          'the place, in UTF-16')
    steps = diagnostic['relatedInformation']
    files = {step['location']['uri'] for step in steps}
    equal(files, {uri_of(bench.entry), uri_of(bench.work)}, 'the path goes through both files')
    equal([int(step['message'].split('.')[0]) for step in steps], list(range(1, len(steps) + 1)),
          'the steps have their order')
    assert "closed -> open" in ' '.join(step['message'] for step in steps), 'the state changes'
    equal(steps[-1]['location']['range'], diagnostic['range'], 'it ends at the defect')

    client.change(bench.entry, 6, fixed(text))
    client.save(bench.work)  # the disk does not have the change
    found = client.published(bench.entry)
    equal((rules(found), found['version']), ([], 6), 'cleared when it is mended in memory')
    equal(read(bench.entry), text, 'the disk is as it was')
    client.change(bench.entry, 7, text)
    client.save(bench.entry)
    equal(rules(client.published(bench.entry)), [RULE], 'and back')
    write(bench.entry, fixed(text))
    client.change(bench.entry, 8, fixed(text))
    client.save(bench.entry)
    equal(rules(client.published(bench.entry)), [], 'cleared when it is mended on disk')
    client.change(bench.header, 2, '')  # is not open
    client.open(bench.header, '#include <gate.h>\n#define Random() 5\nint Work(void);\n')
    client.open(bench.entry, text, version=1)
    equal(rules(client.published(bench.entry)), [RULE], 'with a header that is not saved')
    client.change(bench.header, 2, '#include <gate.h>\n#define Random() 2\nint Work(void);\n')
    client.save(bench.header)
    equal(rules(client.published(bench.entry)), [], 'with another one')
    bench.stop(client)


def test_encodings(bench):
    for offered, chosen in ((['utf-16'], 'utf-16'), (['utf-8', 'utf-16'], 'utf-8'),
                            (['utf-32', 'utf-8'], 'utf-8'), (None, 'utf-16')):
        capabilities = without(CAPABILITIES, 'general')
        if offered:
            capabilities['general'] = {'positionEncodings': offered}
        client = bench.client()
        result = client.start([bench.workspace], capabilities)
        equal(result['capabilities']['positionEncoding'], chosen, f'of {offered}')
        client.open(bench.entry)
        diagnostic = client.published(bench.entry)['diagnostics'][0]
        before = read(bench.entry).splitlines()[10].split('return')[0]
        units = len(before.encode(chosen if chosen == 'utf-8' else 'utf-16-le'))
        units //= 1 if chosen == 'utf-8' else 2
        equal(diagnostic['range']['start'], {'line': 10, 'character': units}, f'in {chosen}')

        # Edits count in the same way: mend it with edits alone.
        client.change(bench.entry, 2, ((10, units), (10, units + 6), '{ GateClose(gate); return'),
                      ((10, units + 25 + 8), (10, units + 25 + 8), ' }'),
                      ((0, 0), (0, 0), '// a line more\r\n'))
        client.save(bench.entry)
        equal(rules(client.published(bench.entry)), [], f'edits in {chosen}')
        bench.stop(client)


def test_edits(bench):
    """Random edits: what the server has in the end is what the client has."""
    random.seed(4)
    client = bench.started()
    text = read(bench.entry)
    client.open(bench.entry)
    client.published(bench.entry)
    pieces = ['', 'x', 'ä', '😀', '\n', '\r\n', 'int y;\n', '/* 漢字 */', '\n\n\n']

    def position(text, offset):
        before = text[:offset]
        line = before.count('\n')
        return line, len(before[before.rfind('\n') + 1:].encode('utf-16-le')) // 2

    now, edits = text, []
    for _ in range(300):
        # No cut through a line end of two characters: there is no position for it.
        places = [i for i in range(len(now) + 1) if now[i - 1:i + 1] != '\r\n']
        start, end = sorted(random.choices(places, k=2))
        end = min(end, start + 5)
        end = end if end in places else start
        piece = random.choice(pieces)
        edits.append((position(now, start), position(now, end), piece))
        now = now[:start] + piece + now[end:]
    client.change(bench.entry, 2, *edits)
    # What is between the line ends of the first line is put in front of the whole: the rest must be
    # a comment's, or it would not compile.
    end = position(now, len(now))
    now = text + '/*' + now.replace('*/', '') + '*/'
    client.change(bench.entry, 3, ((0, 0), end, now))
    client.save(bench.entry)
    equal(rules(client.published(bench.entry)), [RULE], 'behind the edits')
    client.change(bench.entry, 4, ((0, 0), (10 ** 6, 10 ** 6), fixed(text)))
    client.save(bench.entry)
    equal(rules(client.published(bench.entry)), [], 'a range beyond the end')
    bench.stop(client)


def test_less_capable(bench):
    """Clients that can do nothing get nothing that they do not know."""
    client = bench.started(capabilities={})
    client.open(bench.entry)
    found = client.published(bench.entry)
    assert 'version' not in found, found
    diagnostic = found['diagnostics'][0]
    equal(sorted(diagnostic), ['code', 'message', 'range', 'severity', 'source'], 'a diagnostic')
    at = diagnostic['range']['start']
    equal(client.hover(bench.entry, at['line'], at['character'])['contents']['kind'], 'plaintext',
          'a hover')
    actions = client.actions(bench.entry, [diagnostic])
    equal([action['command'] for action in actions], ['drvlint.explain'], 'commands, no literals')
    number = client.send_request('workspace/executeCommand', {'command': 'drvlint.explain',
                                                              'arguments': [RULE]})
    assert 'GateBalance' in client.heard('window/showMessage')['message']
    client.wait(lambda m: m.get('id') == number, 'the response')
    assert not any(m.get('method', '').startswith('window/workDone') for m in client.messages)
    bench.stop(client)


# ---- help ------------------------------------------------------------------------------------------

def test_help(bench):
    client = bench.started()
    client.open(bench.entry)
    diagnostic = client.published(bench.entry)['diagnostics'][0]
    at = diagnostic['range']['start']
    hover = client.hover(bench.entry, at['line'], at['character'] + 1)
    text = hover['contents']['value']
    equal((hover['range'], hover['contents']['kind']), (diagnostic['range'], 'markdown'), 'the hover')
    for part in ('the gate opened at line 6 stays open', '# GateBalance', 'lets everybody in',
                 'work.c:5', "'Random() > 3' is true"):
        assert part in text, f'{part} is in {text}'
    equal(client.hover(bench.entry, at['line'] - 1, at['character']), None, 'beside it')
    equal(client.hover(bench.work, 0, 0), None, 'in another file')
    client.change(bench.entry, 2, ((2, 0), (2, 0), '\n\n'), ((0, 0), (1, 0), ''))
    assert client.hover(bench.entry, at['line'] + 1, at['character']), 'it moves with edits'
    equal(client.hover(bench.entry, at['line'], at['character']), None, 'away from where it was')

    explain, suppress = client.actions(bench.entry, [diagnostic])
    equal(explain['title'], 'Explain GateBalance', 'the first action')
    equal(explain['diagnostics'], [diagnostic], 'what it is about')
    number = client.send_request('workspace/executeCommand', {
        key: explain['command'][key] for key in ('command', 'arguments')})
    shown = client.heard('window/showDocument')
    file = shown['uri'].replace('file://', '')
    assert '# GateBalance' in read(file), 'a document with the explanation'
    response = client.wait(lambda m: m.get('id') == number, 'the response')
    equal(response['result'], read(file), 'and the text')
    equal(client.error('workspace/executeCommand', {'command': 'drvlint.explain',
                                                    'arguments': ['GateBalanc']}), PARAMS, 'no such rule')
    equal(client.error('workspace/executeCommand', {'command': 'drvlint.explain', 'arguments': 1}), PARAMS,
          'no arguments')
    equal(client.actions(bench.entry, [diagnostic], only=['refactor']), [], 'no refactoring')
    equal(len(client.actions(bench.entry, [diagnostic], only=['refactor', 'quickfix'])), 2, 'a fix')
    foreign = dict(diagnostic, source='clangd')
    equal(client.actions(bench.entry, [foreign]), [], "somebody else's diagnostic")
    unknown = dict(diagnostic, code='Unknown')
    equal([a['title'] for a in client.actions(bench.entry, [unknown])],
          ['Suppress Unknown on this line'], 'a rule of another pack')
    bench.stop(client)


def apply(text, edit):
    """One edit of a workspace edit, at one place."""
    change, = edit['documentChanges'] if 'documentChanges' in edit else [
        {'edits': next(iter(edit['changes'].values()))}]
    one, = change['edits']
    equal(one['range']['start'], one['range']['end'], 'it only inserts')
    lines = text.split('\n')
    at = one['range']['start']
    line = lines[at['line']].encode('utf-16-le')
    cut = 2 * at['character']
    lines[at['line']] = (line[:cut].decode('utf-16-le') + one['newText'] + line[cut:].decode('utf-16-le'))
    return '\n'.join(lines)


def test_suppress(bench):
    where = {
        'behind a statement': ('return status;\n    GateClose', 'return status;   \n    GateClose',
                               'return status; // drvlint:ignore GateBalance -- why   \n'),
        'above a comment': ('/* ä😀 */', '/* ä😀 */', '    // drvlint:ignore GateBalance -- why\n    /* ä'),
        'above another comment': ('return status;\n    GateClose', 'return status; // here\r\n    GateClose',
                                  '    // drvlint:ignore GateBalance -- why\r\n    /*'),
    }
    original = read(bench.entry)
    for what, (old, new, want) in where.items():
        text = original.replace(old, new)
        if what == 'behind a statement':
            text = text.replace('/* ä😀 */', 'ä😀'.replace('ä😀', '           '))
        for capabilities in (CAPABILITIES, without(CAPABILITIES, 'workspace', 'workspaceEdit')):
            client = bench.started(capabilities=capabilities)
            client.open(bench.entry, text)
            diagnostic = client.published(bench.entry)['diagnostics'][0]
            edit = client.actions(bench.entry, [diagnostic])[1]['edit']
            equal('documentChanges' in edit, capabilities is CAPABILITIES, 'the kind of edit')
            mended = apply(text, edit).replace(' -- ', ' -- why', 1)
            assert want in mended, f'{what}: {want!r} in {mended!r}'
            client.change(bench.entry, 2, mended)
            client.save(bench.entry)
            equal(rules(client.published(bench.entry)), [], f'suppressed, {what}')
            bench.stop(client)

    client = bench.started()
    macro = ('#include "work.h"\n#define BODY \\\n    GATE gate; \\\n    return GateOpen(&gate);\n'
             'int DriverEntry(void) { BODY }\n')
    client.open(bench.entry, macro)
    diagnostic = dict(client.published(bench.entry)['diagnostics'][0])
    titles = {}
    for line in range(5):
        diagnostic['range'] = {'start': {'line': line, 'character': 0}, 'end': {'line': line, 'character': 1}}
        actions = client.actions(bench.entry, [diagnostic])
        titles[line] = actions[1]['edit']['documentChanges'][0]['edits'][0]['range']['start'] \
            if len(actions) > 1 else None
    equal(titles, {0: {'line': 0, 'character': 17}, 1: {'line': 1, 'character': 0}, 2: None,
                   3: {'line': 3, 'character': 27}, 4: {'line': 4, 'character': 30}},
          'in a macro of several lines')

    text = fixed(original).replace('return 0;', 'return 0; // drvlint:ignore GateBalance -- closed')
    client.change(bench.entry, 2, text)
    client.save(bench.entry)
    odd, = client.published(bench.entry)['diagnostics']
    equal((odd['severity'], odd['tags'], 'code' in odd), (4, [1], False), 'a suppression of nothing fades')
    line = text.split('\n')[odd['range']['start']['line']]
    equal(line[odd['range']['start']['character']:odd['range']['end']['character']],
          'drvlint:ignore GateBalance -- closed', 'all of it')
    equal(client.actions(bench.entry, [odd]), [], 'nothing to explain')
    client.change(bench.entry, 3, text.replace(' -- closed', ''))
    client.save(bench.entry)
    odd, = client.published(bench.entry)['diagnostics']
    equal((odd['severity'], 'tags' in odd), (2, False), 'one without a reason is a warning')
    bench.stop(client)


def test_real_rules(bench):
    """The pack that drvlint comes with, whose rules have addresses."""
    real = os.path.join(bench.workspace, 'real')
    shutil.copytree(REAL, real)
    write(os.path.join(real, 'drvlint.json'), '{"files": ["*.c"]}')
    client = bench.started('--rules=Init_DeRegisterInterrupt,SpinLock', pack=False)
    main = os.path.join(real, 'main.c')
    client.open(main)
    diagnostic, = client.published(main)['diagnostics']
    equal(diagnostic['code'], 'Init_DeRegisterInterrupt', 'the rule')
    assert diagnostic['codeDescription']['href'].startswith('https://'), diagnostic['codeDescription']
    log = client.heard('window/logMessage')
    assert '1 defect' in log['message'], log
    bench.stop(client)


# ---- drivers ---------------------------------------------------------------------------------------

VCXPROJ = '''<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
<ItemDefinitionGroup><ClCompile>
<PreprocessorDefinitions>STUDIO=1</PreprocessorDefinitions>
</ClCompile></ItemDefinitionGroup>
<ItemGroup><ClCompile Include="work.c" /><ClCompile Include="sub\\entry.c" /></ItemGroup>
</Project>
'''


def test_drivers(bench):
    """Which folder is checked for a document."""
    bad = read(bench.entry)
    work, header = read(bench.work), read(bench.header)
    other = os.path.join(bench.workspace, 'other')
    for folder in (other, os.path.join(other, 'sub', 'deep'), os.path.join(bench.scratch, 'outside')):
        write(os.path.join(folder, 'work.h'), header)
    write(os.path.join(other, 'sub', 'deep', 'entry.c'), bad)
    write(os.path.join(other, 'work.c'), work)
    deep = os.path.join(other, 'sub', 'deep', 'entry.c')
    write(os.path.join(other, 'compile_commands.json'), json.dumps([
        {'directory': other, 'file': name, 'arguments': ['cl', '-I.', name]}
        for name in ('work.c', 'sub/deep/entry.c')]))
    client = bench.started()
    client.open(deep)
    found = client.published(deep)
    equal(rules(found), [RULE], 'a compile_commands.json above')
    assert any(step['location']['uri'] == uri_of(os.path.join(other, 'work.c'))
               for step in found['diagnostics'][0]['relatedInformation']), 'with what it names'
    client.open(bench.entry)
    equal(rules(client.published(bench.entry)), [RULE], 'a second driver in the workspace')

    studio = os.path.join(bench.workspace, 'studio')
    inner = os.path.join(studio, 'sub', 'entry.c')
    write(os.path.join(studio, 'sub', 'work.h'), header)
    write(inner, '#ifdef STUDIO\n' + bad + '\n#endif\n')
    write(os.path.join(studio, 'work.c'), '#include "sub/work.h"\n' + work.replace('#include "work.h"', ''))
    write(os.path.join(studio, 'stray.c'), 'int DriverEntry(void) { return 0; }\n')
    write(os.path.join(studio, 'My Driver.vcxproj'), VCXPROJ)
    client.open(inner)
    equal(rules(client.published(inner)), [RULE], 'a project of Visual Studio above, with its macros')
    write(os.path.join(studio, 'other.vcxproj'), VCXPROJ)
    client.save(inner)
    equal(rules(client.published(inner)), [], 'of two none is taken')
    client.close(inner)

    outside = os.path.join(bench.scratch, 'outside', 'entry.c')
    write(outside, bad)
    client.open(outside)
    equal(rules(client.published(outside)), [RULE], 'outside of the workspace: its folder')

    stranger = os.path.join(bench.driver, 'extra.txt.c')
    write(os.path.join(bench.driver, 'drvlint.json'), '{"files": ["entry.c", "work.c"]}')
    write(stranger, 'int Nothing;\n')
    client.open(stranger)
    equal(rules(client.published(stranger)), [], 'a file that the driver does not have')
    client.heard('window/logMessage', "'extra.txt.c' is none of the driver's sources")

    client.close(deep)
    equal(rules(client.published(deep)), [], 'nothing of a driver of which nothing is open')
    client.close(bench.entry)
    client.close(stranger)
    equal(rules(client.published(bench.entry)), [], 'nor of another')

    client.notify('workspace/didChangeWorkspaceFolders', {'event': {
        'removed': [], 'added': [{'uri': uri_of(os.path.join(bench.scratch)), 'name': 'scratch'}]}})
    client.open(outside)
    found = client.published(outside)
    client.notify('workspace/didChangeWatchedFiles', {'changes': []})
    client.published(outside)
    bench.stop(client)

    # Without a project file the folder of the workspace is one driver.
    os.remove(os.path.join(bench.driver, 'drvlint.json'))
    shutil.rmtree(other)
    for how in ({'workspaceFolders': None, 'rootUri': uri_of(bench.workspace)},
                {'workspaceFolders': None, 'rootPath': bench.workspace}):
        client = bench.started(**how)
        client.open(bench.work)
        equal(rules(client.published(bench.entry)), [RULE], 'the folder of the workspace')
        client.heard('window/logMessage', "checked 'work space'")
        bench.stop(client)


def test_links(bench):
    """A workspace that is reached by a link: addresses are those of the editor."""
    link = os.path.join(bench.scratch, 'link')
    os.symlink(bench.driver, link)
    client = bench.client()
    client.start([link])
    client.open(os.path.join(link, 'entry.c'), fixed(read(bench.entry)))
    equal(rules(client.published(os.path.join(link, 'entry.c'))), [], 'with what is not saved')
    client.change(os.path.join(link, 'entry.c'), 2, read(bench.entry))
    client.save(os.path.join(link, 'entry.c'))
    equal(rules(client.published(os.path.join(link, 'entry.c'))), [RULE], 'and with what is')
    bench.stop(client)


def test_flags(bench):
    """Options and flags of the command line are those of the checks."""
    client = bench.client('-DRandom()=1', '--rules=all', '-j1', '--stdio', '--budget=100000')
    client.start([bench.workspace])
    write(bench.header, '#include <gate.h>\n#ifndef Random\nint Random(void);\n#endif\nint Work(void);\n')
    client.open(bench.entry)
    equal(rules(client.published(bench.entry)), [], 'a macro of the command line')
    bench.stop(client)


# ---- trouble ---------------------------------------------------------------------------------------

def test_trouble(bench):
    client = bench.started()
    config = os.path.join(bench.driver, 'drvlint.json')
    good = read(config)
    write(config, '{"fles": []}')
    client.open(bench.entry)
    said = client.heard('window/showMessage')
    assert said['type'] == 1 and 'fles' in said['message'], said
    client.save(bench.entry)
    client.heard('window/logMessage', 'fles')
    client.save(bench.entry)
    client.heard('window/logMessage', 'fles')
    equal(len([m for m in client.messages if m.get('method') == 'window/showMessage']), 1,
          'it is shown once')
    write(config, good)
    client.save(bench.entry)
    equal(rules(client.published(bench.entry)), [RULE], 'when it is mended')
    write(config, '{')
    client.save(bench.entry)
    client.heard('window/showMessage')

    # What is left out is for the log, not for the editor's list of problems.
    write(config, good)
    client.change(bench.work, 1, 'x')
    client.open(bench.work, 'int Work(void) { return Undeclared; }\nint Broken(\n')
    found = client.published(bench.work)
    equal(found['diagnostics'], [], 'no diagnostics of what does not compile')
    said = client.heard('window/logMessage', 'left out')
    equal(said['type'], 2, 'a warning in the log')
    assert 'work.c' in said['message'], said
    bench.stop(client)

    client = bench.started('--budget=1')
    client.open(bench.entry)
    said = client.heard('window/logMessage', 'checked')
    assert 'unknown: GateBalance: ' in said['message'] and said['type'] == 2, said
    bench.stop(client)

    client = bench.started('--pack-dir=/not/there', pack=False)
    client.open(bench.entry)
    assert '/not/there' in client.heard('window/showMessage')['message']
    bench.stop(client)


def hanging(bench):
    """A check that never ends: it reads a pipe that nobody writes. Returns the pipe, and text that
    includes it."""
    fifo = os.path.join(bench.driver, 'never.h')
    os.mkfifo(fifo)
    return fifo, '#include "never.h"\n' + read(bench.entry)


class Released:
    """Whoever reads the pipe meanwhile finds it empty."""

    def __init__(self, fifo):
        self.fifo, self.over = fifo, threading.Event()
        self.thread = threading.Thread(target=self.release)

    def release(self):
        while not self.over.wait(0.005):
            try:
                os.close(os.open(self.fifo, os.O_WRONLY | os.O_NONBLOCK))
            except OSError:
                pass  # nobody reads it

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *problem):
        self.over.set()
        self.thread.join()


def children_of(pid):
    found = []
    for name in os.listdir('/proc'):
        if name.isdigit():
            try:
                fields = open(f'/proc/{name}/stat').read().rsplit(')', 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.append(int(name))
    return found


def running_check(client):
    """Until the server has a child; the child."""
    for _ in range(12000):
        children = children_of(client.process.pid)
        if children:
            return children[0]
        time.sleep(0.01)
    raise AssertionError('no check runs')


def test_superseded(bench):
    """A check that hangs is in nobody's way."""
    client = bench.started()
    fifo, hang = hanging(bench)
    client.open(bench.entry, hang)
    begun = client.heard('$/progress', 'begin')
    assert begun['value']['cancellable'], begun
    child = running_check(client)
    equal(client.hover(bench.entry, 0, 0), None, 'the server answers meanwhile')
    client.change(bench.entry, 2, read(bench.entry))
    client.save(bench.entry)
    ended = client.heard('$/progress', '"end"')
    equal(ended['token'], begun['token'], 'the progress of the one that was superseded')
    equal(client.published(bench.entry)['version'], 2, 'the later save is checked')
    assert not os.path.exists(f'/proc/{child}'), 'the one before is gone'

    client.change(bench.entry, 3, hang)
    client.save(bench.entry)
    token = client.heard('$/progress', 'begin')['token']
    running_check(client)
    other = os.path.join(bench.scratch, 'outside', 'entry.c')
    write(other, read(bench.entry))
    write(os.path.join(bench.scratch, 'outside', 'work.h'), read(bench.header))
    client.open(other)  # waits for its turn
    client.notify('window/workDoneProgress/cancel', {'token': token + 1000})
    client.notify('window/workDoneProgress/cancel', {'token': 'x'})
    client.notify('window/workDoneProgress/cancel', {'token': token})
    client.heard('window/logMessage', 'cancelled')
    equal(rules(client.published(other)), [RULE], 'what waited has its turn')

    # A check tells of what there was when it began.
    client.save(bench.entry)
    running_check(client)
    client.change(bench.entry, 4, '\n' + fixed(hang))
    with Released(fifo):
        found = client.published(bench.entry)
    equal((rules(found), found['version']), ([RULE], 3), 'what is changed meanwhile does not count')

    client.save(bench.entry)
    client.heard('$/progress', 'begin')
    child = running_check(client)
    equal(client.stop(), 0, 'shutdown does not wait')
    assert not os.path.exists(f'/proc/{child}'), 'no check is left'
    bench.clean()

    for end in ('close', 'eof', 'term'):
        client = bench.started()
        client.answer_progress = False
        client.open(bench.entry, hang)
        child = running_check(client)
        if end == 'close':
            client.close(bench.entry)
            client.result('shutdown')
        elif end == 'term':
            client.process.send_signal(signal.SIGTERM)
        equal(client.wait_exit(), 0 if end == 'close' else 1, f'the exit status of {end}')
        assert not os.path.exists(f'/proc/{child}'), f'no check is left behind {end}'
        assert not any(m.get('method') == '$/progress' for m in client.messages), 'no progress'
        bench.clean()


def test_memory(bench):
    """Every request for memory may fail: then the server says so and ends. Until a session makes
    fewer requests than that."""
    def session(number):
        client = bench.client(f'--fail-allocation={number}')
        try:
            client.start([bench.workspace])
            client.open(bench.entry)
            diagnostic = client.published(bench.entry)['diagnostics'][0]
            client.open(bench.work)
            client.hover(bench.entry, 10, 20)
            client.change(bench.entry, 2, ((0, 0), (0, 0), '\n'))
            client.actions(bench.entry, [diagnostic])
            client.save(bench.entry)
            client.published(bench.entry)
            client.result('shutdown')
            client.notify('exit')
        except AssertionError:
            pass
        return client.wait_exit(), client.errors

    for number in range(1, 1000):
        status, errors = session(number)
        for name in os.listdir(bench.temporary):
            shutil.rmtree(os.path.join(bench.temporary, name))
        if status == 0:
            assert number > 10, 'no request failed'
            return
        equal((status, errors), (2, b'drvlint: out of memory\n'), f'request {number}')
    raise AssertionError('requests still fail')


def main():
    tests = {name[len('test_'):]: test for name, test in globals().items() if name.startswith('test_')}
    failed = 0
    for name in sys.argv[4:] or tests:
        with tempfile.TemporaryDirectory(prefix='drvlint-lsp-') as scratch:
            try:
                tests[name](Bench(os.path.realpath(scratch)))
                print(f'{name}: ok', flush=True)
            except Exception as problem:
                traceback.print_exc()
                print(f'{name}: FAILED: {problem}', flush=True)
                failed += 1
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
