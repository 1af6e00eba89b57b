#!/usr/bin/env python3
"""The cache, as users meet it: test_cache.py GROUP DRVLINT DRIVER PACKS

A copy of the driver is checked again and again. What a run prints must be what a run without a cache
prints, whatever happened in between; and --stats says what was found in the cache.
"""

import glob
import os
import random
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

RULE = 'Init_DeRegisterInterrupt'
FORMATS = 'json', 'sarif', 'github', 'gitlab', 'junit', 'html'
STATS = re.compile(r'^cache +(\d+) of (\d+) sources(, and the results)?$', re.MULTILINE)
HEADER = struct.Struct('<16s16s16sQ')
failures = 0


def check(condition, what):
    global failures
    if not condition:
        print(f'failed: {what}')
        failures += 1


class Place:
    """A driver of its own, a cache of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.driver = os.path.join(folder, 'driver')
        self.cache = os.path.join(folder, 'cache')
        self.program = DRVLINT
        self.flags = []
        shutil.copytree(DRIVER, self.driver)

    def path(self, name):
        return os.path.join(self.driver, name)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), 'w', encoding='utf-8') as stream:
            stream.write(text)

    def edit(self, name, old, new):
        text = open(self.path(name), encoding='utf-8').read()
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def command(self, *arguments, cached=True, rules=RULE):
        place = [f'--cache-dir={self.cache}'] if cached else ['--no-cache']
        return [self.program, 'check', '.', f'--rules={rules}', *place, *arguments, *self.flags]

    def run(self, *arguments, cached=True, stdin=None, environment=None, rules=RULE):
        done = subprocess.run(self.command(*arguments, cached=cached, rules=rules),
                              cwd=self.driver, input=stdin, capture_output=True, timeout=120,
                              env=environment)
        return done.returncode, done.stdout, done.stderr

    def reports(self, cached=True):
        """What a run says, and all that it writes."""
        out = os.path.join(self.folder, 'out')
        os.makedirs(out, exist_ok=True)
        files = {name: os.path.join(out, name) for name in FORMATS}
        done = self.run(*(f'--output={name}={file}' for name, file in files.items()), cached=cached)
        return done, {name: open(file, 'rb').read() for name, file in files.items()}

    def found(self, *arguments, **options):
        """Sources in the cache, sources in all, and whether the results were there, too."""
        match = STATS.search(self.run('--stats', *arguments, **options)[2].decode())
        return (int(match[1]), int(match[2]), bool(match[3])) if match else None

    def expect(self, want, why, *arguments, **options):
        got = self.found(*arguments, **options)
        check(got == want, f'{why}: {got}, not {want}')
        check(self.run(*arguments, **options) == self.run(*arguments, **{**options, 'cached': False}),
              f'{why}: says what a run without a cache says')

    def fill(self, why, *arguments, **options):
        """A first run, and a second one that finds everything."""
        self.found(*arguments, **options)
        self.expect((2, 2, True), why, *arguments, **options)

    def entries(self):
        return sorted(glob.glob(os.path.join(self.cache, '??', '*')))


# --------------------------------------------------------------------------------- what is the same


def group_same(place):
    """The second run writes the same bytes as the first, and as one without a cache."""
    without = place.reports(cached=False)
    check(without[0][0] == 1, 'the driver has a defect')
    check(place.reports() == without, 'the first run')
    check(place.found() == (2, 2, True), 'everything was kept')
    check(place.reports() == without, 'the second run')
    place.flags = ['-j1', '--color=always']
    colours = place.run(cached=False)
    check(place.found() == (2, 2, True) and place.run() == colours, 'threads and colours do not count')
    place.flags = []
    source = open(place.path('chip.c'), 'rb').read()
    place.write('broken.c', '#include "lan.h"\nint Broken(void) { return Missing.Field + ; }\n#error no\n')
    without = place.reports(cached=False)
    check(b'Broken' in without[0][2] or b'broken' in without[0][2], 'a source that clang rejects')
    check(place.reports() == without and place.reports() == without, 'its messages come again')
    os.remove(place.path('broken.c'))
    place.write('chip.c', source.decode())
    check(place.found() == (2, 2, True), 'what was there before is still known')


def group_triage(place):
    """What is not decided by the engine is decided in every run."""
    place.found()
    baseline = os.path.join(place.folder, 'baseline')
    text = subprocess.run([DRVLINT, 'baseline', '.', f'--rules={RULE}', f'--cache-dir={place.cache}'],
                          cwd=place.driver, capture_output=True, timeout=120).stdout
    with open(baseline, 'wb') as stream:
        stream.write(text)
    check(b'"results"' in text or b'fingerprint' in text, 'a baseline from kept results')
    place.expect((2, 2, True), 'a baseline', f'--baseline={baseline}')
    check(place.run(f'--baseline={baseline}')[0] == 0, 'known findings do not count')
    check(place.run()[0] == 1, 'without it they do')
    place.edit('main.c', '    return Status;\n}',
               f'    return Status; // drvlint:ignore {RULE} -- known\n}}')
    check(place.run()[0] == place.run()[0] == place.run(cached=False)[0], 'a comment that is new')


def group_since(place):
    """What --new-since compares with is kept as well."""
    git = ['git', '-C', place.driver, '-c', 'user.name=t', '-c', 'user.email=t@t']
    for words in ['init', '-q'], ['add', '.'], ['commit', '-q', '-m', 'first']:
        subprocess.run([*git, *words], check=True, capture_output=True)
    place.edit('main.c', '#include', '\n#include')
    want = place.run('--new-since=HEAD', cached=False)
    check(want[0] == 0, 'the defect is known')
    check(place.run('--new-since=HEAD') == want, 'the first run')
    before = place.entries()
    check(len(before) == 6, 'two drivers')
    check(place.run('--new-since=HEAD') == want, 'the second run')
    check(place.entries() == before, 'has nothing to keep')
    place.edit('chip.c', '#include', '\n#include')
    place.run('--new-since=HEAD')
    check(len(place.entries()) == 8, 'one source and the results are new')


# -------------------------------------------------------------------------- what a key consists of


def group_sources(place):
    place.fill('unchanged')
    place.edit('main.c', '#include', '\n\n#include')
    check(place.found() == (1, 2, False), 'one source is changed: the other one is kept')
    place.expect((2, 2, True), 'and then both are')
    place.edit('lan.h', '#include', '#define NEW 1\n#include')
    check(place.found() == (0, 2, False), 'the header is changed: both include it')
    place.expect((2, 2, True), 'after the header')
    place.flags = ['-DMORE=1']
    check(place.found() == (0, 2, False), 'a macro')
    place.expect((2, 2, True), 'with the macro')
    place.flags = ['-DMORE=2']
    check(place.found() == (0, 2, False), 'another value of it')
    place.flags = []
    place.expect((2, 2, True), 'without it again')
    place.flags = ['--target=i686-pc-windows-msvc']
    check(place.found() == (0, 2, False), 'another target')
    place.expect((2, 2, True), 'and its model is kept')
    place.flags = []
    place.write('third.c', '#include "lan.h"\nint Third;\n')
    check(place.found() == (2, 3, False), 'a new source')
    os.rename(place.path('third.c'), place.path('fourth.c'))
    check(place.found() == (2, 3, False), 'a source of another name')


def group_options(place):
    place.found()
    check(place.found('--budget=3') == (2, 2, False), 'another budget')
    place.expect((2, 2, True), 'the same budget', '--budget=3')
    check(place.run('--budget=3') != place.run(), 'which decides something')
    check(place.found(rules='Locking') == (2, 2, False), 'other rules')
    check(place.found(rules=f'Locking,{RULE}') == (2, 2, False), 'more rules')
    place.expect((2, 2, True), 'the same rules, otherwise selected', rules=f'{RULE},Locking')
    text = open(place.path('chip.c'), 'rb').read().replace(b'    return Adapter->Pool',
                                                          b'    ;\n    return Adapter->Pool')
    saved = place.run()
    unsaved = place.run('--stdin-filename=chip.c', stdin=text)
    check(unsaved == place.run('--stdin-filename=chip.c', stdin=text) ==
          place.run('--stdin-filename=chip.c', stdin=text, cached=False) != saved,
          'a text that is not saved')
    check(place.run() == saved, 'does not count for the file')
    check(place.found('--dump=program') == (2, 2, False), 'a dump is made anew')
    config = '{"name": "lan", "files": ["*.c"], "pack": "ndis", "levels": {"%s": "warning"}}' % RULE
    place.write('drvlint.json', config)
    check(place.found() == (2, 2, False), 'another level')
    place.expect((2, 2, True), 'the same level')
    check(b'warning' in place.run()[1], 'which is told')


def group_pack(place):
    packs = os.path.join(place.folder, 'packs')
    shutil.copytree(PACKS, packs)
    place.flags = [f'--pack-dir={packs}']

    def edit(name, old, new):
        text = open(os.path.join(packs, name), encoding='utf-8').read()
        assert old in text, name
        with open(os.path.join(packs, name), 'w', encoding='utf-8') as stream:
            stream.write(text.replace(old, new, 1))

    place.fill('a pack of one\'s own')
    edit(f'ndis/{RULE}.rule', 'is not deregistered"', 'is kept"')
    check(place.found() == (2, 2, False), 'a rule file')
    place.expect((2, 2, True), 'the changed rule file')
    check(b'is kept' in place.reports()[1]['json'], 'is what counts')
    before = place.run()
    edit('ndis/model/interrupt.c', 'NdisMRegisterInterruptEx(', 'NdisMRegisterInterruptEx /* */ (')
    check(place.found() == (2, 2, False), 'a file of the model')
    place.expect((2, 2, True), 'the changed model')
    check(place.run() == before, 'which is the same')
    edit('ndis/include/ndis.h', '#', '\n#')
    check(place.found() == (0, 2, False), 'a header of the pack')
    place.expect((2, 2, True), 'the changed header')
    edit('ndis/roles.tsv', '#', '##')
    check(place.found() == (2, 2, False), 'the roles')
    program = os.path.join(place.folder, 'drvlint')
    shutil.copy(DRVLINT, program)
    with open(program, 'ab') as stream:
        stream.write(b'another build')
    place.program = program
    check(place.found() == (0, 2, False), 'another drvlint')
    place.expect((2, 2, True), 'the same drvlint')


def group_own_model(place):
    """Files that a model of the driver's own includes are known, too."""
    place.write('models/own.c', '#include "own.h"\nint OwnAnswer(void) { return ANSWER; }\n')
    place.write('models/own.h', '#define ANSWER 1\n')
    place.write('drvlint.json', '{"files": ["*.c"], "pack": "ndis", "modelFiles": ["models/own.c"]}')
    place.fill('a model of its own')
    place.write('models/own.h', '#define ANSWER 2\n')
    check(place.found() == (2, 2, False), 'what its model includes')
    place.expect((2, 2, True), 'the changed model')


# ------------------------------------------------------------- files that were looked for in vain


def group_shadows(place):
    """A header that appears where it was looked for first is taken, and one that goes is missed."""
    for name in 'first', 'second':
        os.makedirs(place.path(name))
    place.write('drvlint.json',
                '{"files": ["*.c"], "pack": "ndis", "include": ["first", "second"]}')
    place.write('second/switch.h', '#define LEAK 0\n')
    place.write('sub/inner.h', '#include "switch.h"\n')
    place.edit('chip.c', '#include "lan.h"', '#include "lan.h"\n#include "sub/inner.h"')
    place.edit('chip.c', '    return Adapter->Pool', '#if !LEAK\n    if (!Adapter->Pool)\n        '
               'NdisMDeregisterInterruptEx(Adapter->Interrupt);\n#endif\n    return Adapter->Pool')
    place.fill('the header is in the second directory')
    check(place.run()[0] == 0, 'and has no defect')
    for where in 'first/switch.h', 'switch.h', 'sub/switch.h':
        place.write(where, '#define LEAK 1\n')
        check(place.found() == (1, 2, False), f'{where} is in front of it')
        place.expect((2, 2, True), where)
        check(place.run()[0] == 1, f'{where} is taken')
        os.remove(place.path(where))
        place.expect((2, 2, True), f'without {where} again')
    check(place.run()[0] == 0, 'as it was')
    os.remove(place.path('second/switch.h'))
    check(place.found() == (0, 2, False), 'the header is gone; other sources may find the stub')
    before = place.run()
    place.expect((2, 2, True), 'a stub in its place')
    check(b'switch.h' in before[2], 'which is told')
    place.write('second/SWITCH.H', '#define LEAK 1\n')
    check(place.found() == (0, 2, False), 'it is there in capitals')
    place.expect((2, 2, True), 'in capitals')
    place.edit('chip.c', '#include "lan.h"', '#include "lan.h"\n#include <stddef.h>')
    place.found()
    place.write('first/__stddef_null.h', '#define NULL 1\n')
    check(place.found() == (0, 2, False), 'it is in front of what a header of clang includes')
    place.expect((2, 2, True), 'in front of clang')
    place.write('first/__stddef_null.h', '#undef NULL\n#define NULL 2\n')
    check(place.found() == (0, 2, False), 'and is changed')


def group_race(place):
    """A file is changed while clang reads it: what came of that is not kept for what it was."""
    tools = os.path.join(place.folder, 'tools')
    os.makedirs(tools)
    trigger, header = os.path.join(place.folder, 'trigger'), place.path('lan.h')
    with open(os.path.join(tools, 'clang-19'), 'w', encoding='utf-8') as script:
        script.write(f'''#!/bin/sh
case "$*" in *-emit-llvm*) test -e {trigger} && cp {trigger} {header} ;; esac
exec {shutil.which('clang-19')} "$@"
''')
    os.chmod(os.path.join(tools, 'clang-19'), 0o755)
    environment = dict(os.environ, PATH=tools + os.pathsep + os.environ['PATH'])
    before = open(header, encoding='utf-8').read()
    want = place.run(cached=False, environment=environment)
    with open(trigger, 'w', encoding='utf-8') as stream:
        stream.write(before + '#undef NDIS_STATUS_RESOURCES\n#define NDIS_STATUS_RESOURCES 0\n')
    other = place.run(environment=environment)
    check(other != want, 'the change made a difference')
    os.remove(trigger)
    place.write('lan.h', before)
    check(place.found(environment=environment) == (0, 2, False), 'nothing was kept')
    check(place.run(environment=environment) == want, 'it is what it was')
    check(place.found(environment=environment) == (2, 2, True), 'and now it is kept')


def group_traces(place):
    """What stands in for generated headers is made of all sources."""
    place.edit('chip.c', '#include "lan.h"', '#include "lan.h"\n#include "chip.tmh"')
    place.edit('chip.c', '    NET_BUFFER_LIST_POOL', '    TraceIt(1);\n    NET_BUFFER_LIST_POOL')
    place.edit('main.c', '#include "lan.h"',
               '#include "lan.h"\n// begin_wpp config\n// FUNC TraceIt(MSG, ...);\n// end_wpp\n')
    place.fill('trace functions')
    place.edit('main.c', 'FUNC TraceIt', 'FUNC TraceThat')
    check(place.found()[0] == 0, 'another source names another one')
    check(place.run() == place.run(cached=False), 'and the stub is another one')
    place.write('third.c', '#include "lan.h"\n#include "absent.h"\nint Third;\n')
    check(place.found() == (0, 3, False), 'a stub that another source may find')
    check(place.run() == place.run(cached=False), 'with the stub')


def group_doubt(place):
    """Sources that ask for files in ways that are not followed are compiled every time."""
    for text, file in (('#if __has_include("extra.h")\n#include "extra.h"\n#endif\n', 'extra.h'),
                       ('#define TEXT(x) #x\n#include TEXT(named.h)\n', 'named.h'),
                       ('#include_next "next.h"\n', 'next.h')):
        source = open(path := place.path('chip.c'), encoding='utf-8').read()
        place.write(file, '#define HAVE 1\n')
        place.edit('chip.c', '#include "lan.h"', '#include "lan.h"\n' + text)
        place.found()
        check(place.found() == (1, 2, True), f'{file}: one source is compiled')
        place.write(file, '#define HAVE 2\n\n#define MORE 1\n')
        check(place.run() == place.run(cached=False), f'{file} is changed')
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(source)
    place.flags = ['--', '-ftrapv']
    place.found()
    check(place.found()[0] == 0, 'a flag that nobody knows')
    place.flags = []
    # What libclang has read decides: here a comment hides a directive from the scan.
    place.write('hidden.h', '#define HIDDEN 1\n')
    place.edit('chip.c', '#include "lan.h"', '#include "lan.h"\n/* */ #include "hidden.h"')
    place.found()
    check(place.found()[0] == 1, 'a file that the scan did not see')
    place.write('hidden.h', '#define HIDDEN 2\n')
    check(place.run() == place.run(cached=False), 'which is changed')


# ---------------------------------------------------------------------------------- broken entries


def is_whole(path):
    data = open(path, 'rb').read()
    return (len(data) >= HEADER.size and data.startswith(b'drvlint cache ') and
            HEADER.unpack_from(data)[3] == len(data) - HEADER.size)


def group_broken(place):
    place.found()
    want = place.run(cached=False)
    entries = place.entries()
    check(len(entries) == 3 and all(map(is_whole, entries)), 'two sources and the results')
    random.seed(1)
    harm = {
        'empty': lambda data: b'',
        'the header only': lambda data: data[:HEADER.size],
        'half': lambda data: data[:len(data) // 2],
        'all but a byte': lambda data: data[:-1],
        'a byte more': lambda data: data + b'\0',
        'another byte in the middle': lambda data: flipped(data, len(data) // 2),
        'another byte in the end': lambda data: flipped(data, len(data) - 1),
        'another form': lambda data: data.replace(b'drvlint cache 1', b'drvlint cache 0'),
        'the form of a later drvlint': lambda data: data.replace(b'drvlint cache 1', b'drvlint cache 2'),
        'chance': lambda data: random.randbytes(len(data)),
    }
    for name, change in harm.items():
        whole = {path: open(path, 'rb').read() for path in entries}
        for path, data in whole.items():
            with open(path, 'wb') as stream:
                stream.write(change(data))
        check(place.found() == (0, 2, False), f'{name}: nothing of it is taken')
        check(place.run() == want, f'{name}: says what a run without a cache says')
        check(place.found() == (2, 2, True), f'{name}: it is mended')
        check({path: open(path, 'rb').read() for path in entries} == whole, f'{name}: as it was')
    one, other = (path for path in entries if path.endswith('.unit'))
    os.rename(one, one + '.old')
    os.rename(other, one)
    os.rename(one + '.old', other)
    check(place.found()[0] == 0, 'entries that are exchanged')
    check(place.run() == want, 'say what a run without a cache says')


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1:]


# ---------------------------------------------------------------------------------------- processes


def group_together(place):
    """Runs side by side on one cache, that is being made and cleared meanwhile."""
    want = place.run(cached=False)
    for turn in range(3):
        shutil.rmtree(place.cache, ignore_errors=True)
        runs = [subprocess.Popen(place.command(), cwd=place.driver, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE) for _ in range(6)]
        if turn == 2:
            for _ in range(20):
                clear(place)
        for process in runs:
            out, err = process.communicate(timeout=120)
            check((process.returncode, out, err) == want, 'a run beside others')
    place.found()
    check(place.found() == (2, 2, True), 'and then it is kept')
    check(all(map(is_whole, place.entries())), 'all entries are whole')


def clear(place, *arguments):
    return subprocess.run([DRVLINT, 'cache', '--clear', f'--cache-dir={place.cache}', *arguments],
                          capture_output=True, timeout=60, check=True).stdout.decode()


def group_killed(place):
    """Runs that are killed anywhere leave whole entries and whole reports, or none."""
    want = place.reports(cached=False)[1]
    random.seed(2)
    out = os.path.join(place.folder, 'killed')
    os.makedirs(out)
    files = {name: os.path.join(out, name) for name in FORMATS}
    command = place.command(*(f'--output={name}={file}' for name, file in files.items()))
    start = time.monotonic()
    subprocess.run(command, cwd=place.driver, capture_output=True, timeout=120)
    seconds = time.monotonic() - start
    killed = 0
    for turn in range(24):
        if turn % 2:
            shutil.rmtree(place.cache, ignore_errors=True)
        for file in files.values():
            if os.path.exists(file):
                os.remove(file)
        process = subprocess.Popen(command, cwd=place.driver, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(random.random() * seconds * (1.1 if turn % 2 else 0.4))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        killed += process.wait(timeout=60) == -signal.SIGKILL
        whole = [path for path in place.entries() if re.search(r'\.(unit|model|results)$', path)]
        check(all(map(is_whole, whole)), 'entries are whole')
        for name, file in files.items():
            check(not os.path.exists(file) or open(file, 'rb').read() == want[name],
                  f'the report {name} is whole')
    check(killed > 5, 'some runs were killed')
    # The system ends a process that writes behind the limit: in the middle of a file.
    sizes = sorted({os.path.getsize(path) for path in place.entries()})
    for size in [1, 1000, *(size - 1 for size in sizes)]:
        shutil.rmtree(place.cache, ignore_errors=True)
        done = subprocess.run(place.command(), cwd=place.driver, capture_output=True, timeout=120,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        check(done.returncode == -signal.SIGXFSZ, f'ended by a file of {size} bytes')
        whole = [path for path in place.entries() if re.search(r'\.(unit|model|results)$', path)]
        check(all(map(is_whole, whole)), f'entries are whole with {size} bytes')
        check(size == 1 or len(whole) < len(place.entries()), f'there is a piece of {size} bytes')
    check(place.reports()[1] == place.reports()[1] == want, 'and the cache serves')


# ------------------------------------------------------------------------------------------- places


def group_place(place):
    home = os.path.join(place.folder, 'home')
    os.makedirs(home)
    clean = {name: value for name, value in os.environ.items()
             if name not in ('XDG_CACHE_HOME', 'LOCALAPPDATA', 'DRVLINT_CACHE_DIR', 'HOME')}
    for variables, where in (({'HOME': home}, '.cache/drvlint'),
                             ({'HOME': '/none', 'LOCALAPPDATA': f'{home}/local'}, 'local/drvlint/cache'),
                             ({'HOME': '/none', 'XDG_CACHE_HOME': f'{home}/xdg'}, 'xdg/drvlint'),
                             ({'HOME': home, 'XDG_CACHE_HOME': 'relative'}, '.cache/drvlint'),
                             ({'HOME': '/none', 'DRVLINT_CACHE_DIR': f'{home}/own'}, 'own'),
                             ({'HOME': home, 'DRVLINT_CACHE_DIR': ''}, None), ({}, None)):
        environment = {**clean, **variables}
        command = [DRVLINT, 'check', '.', f'--rules={RULE}']
        subprocess.run(command + ['--no-cache'], cwd=place.driver, env=environment, timeout=120,
                       capture_output=True)
        check(not os.listdir(home), f'{variables}: --no-cache leaves nothing')
        for _ in range(2):
            done = subprocess.run(command + ['--stats'], cwd=place.driver, env=environment,
                                  capture_output=True, timeout=120)
        match = STATS.search(done.stderr.decode())
        check(bool(match and match[3]) == (where is not None), f'{variables}: is there a cache')
        top = where and os.path.join(home, where)
        check(not where or glob.glob(f'{top}/??/*.results'), f'{variables}: the cache is in {where}')
        check(where or not os.listdir(home), f'{variables}: there is none')
        said = subprocess.run([DRVLINT, 'cache'], env=environment, capture_output=True, timeout=60)
        check(said.returncode == 0 and (not where or top in said.stdout.decode()),
              f'{variables}: it is shown')
        shutil.rmtree(home)
        os.makedirs(home)
    check(not os.path.exists(place.path('relative')), 'nothing beside the driver')


def group_unwritable(place):
    """Where nothing can be written, checks go on as if there were no cache."""
    want = place.run(cached=False)
    place.cache = place.path('main.c')
    check(place.run() == want and place.run() == want, 'a file is in the place of the directory')
    place.cache = '/proc/drvlint/cache'
    check(place.run() == want, 'a place where no directory can be made')
    place.cache = os.path.join(place.folder, 'cache')
    place.found()
    for path in place.entries():
        os.remove(path)
        os.makedirs(path)
    check(place.run() == want, 'directories are in the place of entries')
    if os.geteuid():
        shutil.rmtree(place.cache)
        os.makedirs(place.cache)
        os.chmod(place.cache, 0o500)
        check(place.run() == want, 'a directory that may only be read')
        os.chmod(place.cache, 0o700)


def group_limit(place):
    place.found('--cache-limit=1')
    place.flags = ['--cache-limit=1']
    want = set(place.entries())
    for turn in range(16):
        check(place.found() == (2, 2, True), 'what is used again and again is kept')
        place.found(f'-DTURN={turn}')
        size = sum(map(os.path.getsize, place.entries()))
        check(size <= 1024 * 1024, f'{size} bytes')
    check(want <= set(place.entries()), 'the oldest entries are there still')
    check(len(place.entries()) < 3 * 17, 'others had to go')
    check(place.found('-DTURN=0')[0] < 2, 'those that nobody used')


def group_clear(place):
    place.found()
    check(re.search(r'sources +2 .*\nmodels +0 .*\nresults +1 ', clear_not(place)), 'what is there')
    strange = [os.path.join(place.cache, name) for name in
               ('notes.txt', 'ab/notes.txt', 'ab/0123456789abcdef.unit', 'abc/x.unit')]
    for path in strange:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        open(path, 'w', encoding='utf-8').close()
    left = os.path.join(place.cache, 'ab', '0' * 30 + '.unit.aB3xYz')
    open(left, 'w', encoding='utf-8').close()
    os.utime(left, (1, 1))
    place.found('-DSTORE=1')
    check(not os.path.exists(left), 'what a killed run left is removed')
    said = clear(place)
    check(re.search(r'sources +0 .*\nmodels +0 .*\nresults +0 ', said), 'nothing is there')
    check(all(map(os.path.exists, strange)), 'files of others are left alone')
    check(place.found() == (0, 2, False), 'it begins anew')


def clear_not(place):
    return subprocess.run([DRVLINT, 'cache', f'--cache-dir={place.cache}'], capture_output=True,
                          timeout=60, check=True).stdout.decode()


def main():
    global DRVLINT, DRIVER, PACKS
    group, DRVLINT, DRIVER, PACKS = sys.argv[1], *map(os.path.abspath, sys.argv[2:])
    os.environ.pop('DRVLINT_CACHE_DIR', None)
    with tempfile.TemporaryDirectory(prefix='drvlint-test-') as scratch:
        os.environ['TMPDIR'] = os.path.join(scratch, 'tmp')  # killed runs leave something there
        os.makedirs(os.environ['TMPDIR'])
        globals()['group_' + group](Place(os.path.realpath(scratch)))
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
