#!/usr/bin/env python3
"""Editors with what docs/editors.md tells them: python3 test_editors.py EDITOR DRVLINT DRIVER DOCUMENT

The blocks of the document are the editors' configuration. EDITOR is vim, nvim, emacs-compile,
emacs-eglot or vscode; status 77 if it is not installed. DRIVER is testdata/docs/lan."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from client import Client

RULE = 'Init_DeRegisterInterrupt'
FINDING = ('main.c', 39, 5)
STEP = ('chip.c', 28, 14)  # where the rule's state changes
LIMIT = 300  # seconds: more is a hang


def skip(reason):
    print(f'skipped: {reason}')
    sys.exit(77)


def need(program):
    if not shutil.which(program):
        skip(f'{program} is not installed')


def equal(got, want, what):
    if got != want:
        raise AssertionError(f'{what}: {got!r}, not {want!r}')


def blocks(document):
    """What the document says files have."""
    found = re.findall(r'^```\w+ (\S+)\n(.*?)^```$', open(document, encoding='utf-8').read(), re.M | re.S)
    return dict(found)


class Bench:
    def __init__(self, scratch, program, driver, document):
        self.home = os.path.join(scratch, 'home')
        self.driver = os.path.join(scratch, 'driver')
        tools = os.path.join(scratch, 'bin')
        os.makedirs(tools)
        os.symlink(os.path.abspath(program), os.path.join(tools, 'drvlint'))
        shutil.copytree(driver, self.driver)
        self.blocks = blocks(document)
        for name, text in self.blocks.items():
            self.write(name, text)
        self.environment = dict(os.environ, HOME=self.home, XDG_CONFIG_HOME=self.home, LC_ALL='C.UTF-8',
                                XDG_DATA_HOME=self.home, XDG_CACHE_HOME=self.home, TERM='dumb',
                                XDG_STATE_HOME=self.home,
                                PATH=tools + os.pathsep + os.environ['PATH'])

    def write(self, name, text):
        path = os.path.join(self.home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    def run(self, *command):
        done = subprocess.run(command, cwd=self.driver, env=self.environment, timeout=LIMIT,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return done.stdout + done.stderr

    def read(self, name):
        path = os.path.join(self.home, name)
        return open(path, encoding='utf-8').read() if os.path.exists(path) else None


def check_list(entries, merged=False):
    """A list of (file, line, column, type, text) as an editor has it: the finding, 18 steps, and a
    note. `merged`: steps that follow each other at one place are one."""
    places = [tuple(entry[:3]) for entry in entries]
    equal(places[0], FINDING, 'the finding comes first')
    equal(entries[0][3], 'e', 'its type')
    assert entries[0][4].endswith(f'[{RULE}]'), entries[0]
    equal(len(places), 19 if merged else 20, 'the number of entries')
    equal(places[12], STEP, 'a step of the path')
    if not merged:
        equal(places[13], STEP, 'and what becomes of the state there')
        assert "the rule's state becomes 'registered'" in entries[13][4], entries[13]
    equal((places[-1], entries[-1][3]), (STEP, 'n'), 'the note')


def quickfix(bench, *command):
    script = bench.write('script.vim', '''
set nomore
exe 'set runtimepath^=' . $HOME
compiler drvlint
silent make! .
let list = map(getqflist(), '[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.type, v:val.text]')
call writefile([json_encode(list)], $HOME . '/list.json')
qall!
''')
    output = bench.run(*command, script)
    assert bench.read('list.json'), output
    check_list(json.loads(bench.read('list.json')))


def test_vim(bench):
    need('vim')
    if '+quickfix' not in bench.run('vim', '--version'):
        skip('this vim has no quickfix list')
    quickfix(bench, 'vim', '-Nu', 'NONE', '-i', 'NONE', '-es', '-S')


def test_nvim(bench):
    need('nvim')
    quickfix(bench, 'nvim', '--headless', '-u', 'NONE', '-i', 'NONE', '-S')
    version = bench.run('nvim', '--version').splitlines()[0]
    script = bench.write('session.lua', '''
if not vim.lsp.start then -- before 0.8
    vim.lsp.start = function(config)
        vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
    end
end
dofile(vim.env.HOME .. '/init.lua')
vim.cmd('filetype on')
vim.cmd('edit main.c')
vim.wait(120000, function() return #vim.diagnostic.get(0) > 0 end, 20)
local found = vim.diagnostic.get(0)[1] or {}
local before = {found.lnum, found.col, found.severity, found.source, found.code}
vim.fn.writefile({vim.fn.json_encode(before)}, vim.env.HOME .. '/found.json')
-- Mended: nothing of it is left.
local text = vim.api.nvim_buf_get_lines(0, 0, -1, false)
for i, line in ipairs(text) do
    if line == '        Status = ChipStart(Adapter);' then
        vim.api.nvim_buf_set_lines(0, i, i, false,
            {'    if (Status != NDIS_STATUS_SUCCESS && Adapter->Interrupt)',
             '        NdisMDeregisterInterruptEx(Adapter->Interrupt);'})
    end
end
vim.cmd('write')
local gone = vim.wait(120000, function() return #vim.diagnostic.get(0) == 0 end, 20)
vim.fn.writefile({vim.fn.json_encode(gone)}, vim.env.HOME .. '/gone.json')
vim.cmd('qall!')
''')
    output = bench.run('nvim', '--headless', '-u', 'NONE', '-i', 'NONE', '-c', f'luafile {script}')
    assert bench.read('found.json'), output
    equal(json.loads(bench.read('found.json')), [38, 4, 1, 'drvlint', RULE], f'{version}: the finding')
    assert bench.read('gone.json'), output
    equal(json.loads(bench.read('gone.json')), True, 'gone when it is mended')


def emacs(bench, script):
    need('emacs')
    return bench.run('emacs', '-q', '--no-site-file', '--batch', '-l', bench.write('script.el', script))


def test_emacs_compile(bench):
    output = emacs(bench, r'''
(require 'compile)
(require 'json)
(load (expand-file-name "compile.el" (getenv "HOME")))
(let ((buffer (compilation-start "drvlint check --quiet .")) (found '()))
  (while (get-buffer-process buffer)
    (accept-process-output nil 0.05))
  (with-current-buffer buffer
    (compilation--ensure-parse (point-max))
    (goto-char (point-min))
    (let ((compilation-skip-threshold 0) (go t))
      (while go
        (condition-case nil
            (progn
              (compilation-next-error 1)
              (let* ((message (get-text-property (point) 'compilation-message))
                     (place (compilation--message->loc message)))
                (push (list (caar (compilation--loc->file-struct place)) (compilation--loc->line place)
                            (compilation--loc->col place) (compilation--message->type message)
                            (buffer-substring (line-beginning-position) (line-end-position)))
                      found)))
          (error (setq go nil))))))
  (with-temp-file (expand-file-name "list.json" (getenv "HOME"))
    (insert (json-encode (vconcat (nreverse found))))))
''')
    assert bench.read('list.json'), output
    names = {2: 'e', 1: 'w', 0: 'n'}
    entries = json.loads(bench.read('list.json'))
    check_list([(*entry[:3], names[entry[3]], entry[4]) for entry in entries], merged=True)


def test_emacs_eglot(bench):
    output = emacs(bench, r'''
(package-initialize)
(require 'json)
(unless (require 'eglot nil t)
  (with-temp-file (expand-file-name "found.json" (getenv "HOME")) (insert "0"))
  (kill-emacs))
(load (expand-file-name "eglot.el" (getenv "HOME")))
(setq c-mode-hook nil) ; in a batch nothing is idle: what would happen then is done here
(find-file "main.c")
(c-mode)
(let ((eglot-sync-connect t))
  (apply #'eglot--connect (eglot--guess-contact)))
(let ((n 0))
  (while (and (not (flymake-diagnostics)) (< (setq n (1+ n)) 2400))
    (accept-process-output nil 0.05)
    (flymake-start)))
(let ((found (car (flymake-diagnostics))))
  (with-temp-file (expand-file-name "found.json" (getenv "HOME"))
    (insert (json-encode
             (and found
                  (list (with-current-buffer "main.c"
                          (line-number-at-pos (flymake-diagnostic-beg found)))
                        (flymake-diagnostic-text found)))))))
(eglot-shutdown-all)
''')
    found = bench.read('found.json')
    assert found, output
    if found == '0':
        skip('this Emacs has no eglot')
    assert found != 'null', output
    line, text = json.loads(found)
    equal(line, 39, 'the line')
    assert RULE in text and 'still registered' in text, text


def test_vscode(bench):
    """The matcher's expression as VS Code uses it, and the extension with stubs of VS Code's parts;
    what it starts is then used."""
    need('node')
    matcher = json.loads(bench.blocks['.vscode/tasks.json'])['tasks'][0]
    output = bench.run('sh', '-c', matcher['command'])
    bench.write('output.txt', output)
    script = bench.write('match.js', '''
const fs = require('fs');
const pattern = JSON.parse(fs.readFileSync('.vscode/tasks.json')).tasks[0].problemMatcher.pattern;
const found = [];
for (const line of fs.readFileSync('output.txt', 'utf8').split('\\n')) {
    const match = new RegExp(pattern.regexp).exec(line);
    if (match) {
        found.push(['file', 'line', 'column', 'severity', 'code'].map((key) => match[pattern[key]]));
    }
}
process.stdout.write(JSON.stringify(found));
''')
    done = subprocess.run(['node', script], cwd=bench.home, capture_output=True, text=True, timeout=LIMIT)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    equal(found, [['main.c', '39', '5', 'error', RULE]], 'what the problem matcher finds')

    json.loads(bench.blocks['drvlint-vscode/package.json'])
    script = bench.write('start.js', '''
const Module = require('module');
const load = Module._load;
let watched;
Module._load = (name, ...rest) => {
    if (name === 'vscode') {
        return {workspace: {createFileSystemWatcher: (pattern) => { watched = pattern; return {}; }}};
    }
    if (name === 'vscode-languageclient/node') {
        return {LanguageClient: class {
            constructor(...args) { this.args = args; }
            start() { console.log(JSON.stringify([...this.args, watched])); }
            stop() { console.log('stopped'); }
        }};
    }
    return load(name, ...rest);
};
const main = require('./drvlint-vscode/package.json').main;
const extension = require('./drvlint-vscode/' + main);
extension.activate({subscriptions: []});
extension.deactivate();
''')
    done = subprocess.run(['node', script], cwd=bench.home, capture_output=True, text=True, timeout=LIMIT)
    assert done.returncode == 0, done.stderr
    said, stopped = done.stdout.splitlines()
    equal(stopped, 'stopped', 'the end')
    _, _, server, client, watched = json.loads(said)
    pattern = watched.replace('**/', '').replace('.', r'\.').replace('*', '.*')
    pattern = pattern.replace('{', '(').replace('}', ')').replace(',', '|')
    assert all(re.fullmatch(pattern, name)
               for name in ('drvlint.json', 'compile_commands.json', 'x.vcxproj')), watched
    equal(sorted(s['language'] for s in client['documentSelector']), ['c', 'cpp'], 'the languages')
    session = Client([server['command'], *server['args']], bench.environment)
    session.start([bench.driver])
    main = os.path.join(bench.driver, 'main.c')
    session.open(main)
    equal([d['code'] for d in session.published(main)['diagnostics']], [RULE], 'what the server finds')
    equal(session.stop(), 0, 'its status')


def main():
    editor, program, driver, document = sys.argv[1:5]
    with tempfile.TemporaryDirectory(prefix='drvlint-editor-') as scratch:
        globals()['test_' + editor.replace('-', '_')](Bench(os.path.realpath(scratch), program, driver, document))
    print(f'{editor}: ok')


if __name__ == '__main__':
    main()
