// The functions of the HTML report's script alone; test_browser.py has the page that it makes.
// usage: node test_page.js SCRIPT
'use strict';
const assert = require('assert');
const path = require('path');

const script = process.argv[2];
const {standing, filtered, highlighted, marked, known, layout} = require(path.resolve(script));

const findings = [
    {rule: 'Lock', severity: 'error', file: 'a.c', message: 'held', path: [{text: 'calls F'}]},
    {rule: 'Irql', severity: 'note', file: 'b.c', message: 'high', path: [], baseline: 'new'},
    {rule: 'Irql', severity: 'error', file: 'a.c', message: 'low', path: [], baseline: 'unchanged'},
    {rule: 'Lock', severity: 'error', file: 'a.c', message: 'on purpose', path: [],
     suppression: {reason: 'why'}},
];
const left = filters => filtered(findings, filters).map(item => item.message);
assert.deepEqual(findings.map(standing), ['open', 'open', 'known', 'suppressed']);
assert.deepEqual(left({}), ['held', 'high', 'low', 'on purpose']);
assert.deepEqual(left({rule: 'Irql'}), ['high', 'low']);
assert.deepEqual(left({severity: 'note'}), ['high']);
assert.deepEqual(left({file: 'a.c', standing: 'open'}), ['held']);
assert.deepEqual(left({words: 'CALLS f'}), ['held'], 'in a step, whatever its case');
assert.deepEqual(left({words: 'lock high'}), [], 'all words');

const kinds = text => highlighted(text).map(
    line => line.filter(part => part[0]).map(([kind, word]) => `${kind}:${word}`).join(' '));
assert.deepEqual(kinds('int x; // if'), ['keyword:int comment:// if']);
assert.deepEqual(kinds('a /* b\nif */ if\nc'), ['comment:/* b', 'comment:if */ keyword:if', '']);
assert.deepEqual(kinds('f("/* \\" if", \'"\')'), ['string:"/* \\" if" string:\'"\'']);
assert.deepEqual(kinds('#if 1 // x\r\nif'), ['directive:#if 1 // x', 'keyword:if']);
assert.deepEqual(kinds('/*/ if\n*/'), ['comment:/*/ if', 'comment:*/']);
for (const text of ['"open', "'", '/*', '//', '', '\u4e2d "\u00e9"', '#'])
    assert.equal(highlighted(text)[0].map(part => part[1]).join(''), text, 'nothing is lost');

const cut = (start, end) => marked([['', 'ab'], ['keyword', 'cd'], ['', 'ef']], start, end)
    .map(([, text, is]) => is ? `[${text}]` : text).join('');
assert.equal(cut(0, 2), '[ab]cdef');
assert.equal(cut(1, 5), 'a[b][cd][e]f');
assert.equal(cut(undefined, undefined), 'abcdef');
assert.equal(cut(5, 99), 'abcde[f]');

const steps = [
    ['enter', 0, 1], ['assume', 0, 2], ['call', 0, 3], ['decision', 1, 9], ['decision', 1, 10],
    ['decision', 1, 9], ['return', 1, 11], ['decision', 0, 3], ['leave', 0, 4],
].map(([kind, depth, line], i) => ({kind, depth, line, column: 1, file: 'a.c', text: `${kind} ${i}`}));
assert.deepEqual(known(steps, 0), []);
assert.deepEqual(known(steps, 4), ['assume 1', 'decision 3', 'decision 4']);
assert.deepEqual(known(steps, 5), ['assume 1', 'decision 4', 'decision 5'], 'the last one of a place');
assert.deepEqual(known(steps, 6), ['assume 1'], 'what returned is over');
assert.deepEqual(known(steps, 7), ['assume 1', 'decision 7']);
assert.deepEqual(known(steps, 8), [], 'and so is a callback');

const graph = {
    nodes: ['NDIS', 'Init', 'Halt', 'Help', 'Alone', 'Ddi', 'Ring', 'Back'].map((name, id) => (
        {id, name, kind: id === 0 ? 'model' : name === 'Ddi' ? 'ddi' : 'driver', roles: []})),
    edges: [[0, 1], [0, 2], [1, 3], [2, 3], [3, 3], [3, 5], [4, 5], [6, 7], [7, 6]].map(
        ([from, to]) => ({from, to, resolved: 'direct'})),
};
const whole = layout(graph, true), own = layout(graph, false);
const x = id => whole.boxes.get(id).x;
assert.equal(whole.boxes.size, 8);
assert.equal(own.boxes.size, 7);
assert.equal(own.edges.length, 7, 'edges to what is not shown are not shown');
assert.ok(x(0) < x(1) && x(1) === x(2) && x(2) < x(3) && x(3) < x(5), 'from the system on');
const all = [...whole.boxes.values()];
for (const a of all)
    for (const b of all)
        assert.ok(a === b || a.x !== b.x || Math.abs(a.y - b.y) >= a.height, 'no box on another');
assert.deepEqual(layout({nodes: [], edges: []}, true).boxes.size, 0);
