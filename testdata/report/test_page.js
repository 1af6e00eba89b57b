// The script of the HTML report: its functions alone, and with jsdom, where that is installed, the
// page that it makes. usage: node test_page.js SCRIPT PAGE.html
'use strict';
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const [script, file] = process.argv.slice(2);
const {standing, filtered, highlighted, marked, layout} = require(path.resolve(script));

/* ---- functions ---- */

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

/* ---- page ---- */

let jsdom;
try {
    jsdom = require('jsdom');
} catch {
    console.log('skipped: the page itself, for jsdom is not installed');
    process.exit(77);
}

const errors = [];
const virtual = new jsdom.VirtualConsole();
virtual.on('jsdomError', error => errors.push(error));

function load(text) {
    return new jsdom.JSDOM(text, {
        runScripts: 'dangerously', url: 'https://example.org/report.html', virtualConsole: virtual,
        beforeParse(window) {
            window.Element.prototype.scrollIntoView = () => {};
            window.matchMedia = () => ({matches: true});
        },
    }).window;
}

const text = fs.readFileSync(file, 'utf8');
const window = load(text), {document} = window, $ = id => document.getElementById(id);
const data = JSON.parse($('data').textContent);
const press = (key, target) => (target || document.body).dispatchEvent(
    new window.KeyboardEvent('keydown', {key, bubbles: true}));
const current = () => Number(document.querySelector('#steps [aria-current=step]').dataset.step) + 1;

assert.deepEqual(errors, []);
assert.equal($('list').children.length, data.results.filter(item => standing(item) === 'open').length);
assert.equal($('verdicts').children.length, data.verdicts.length);
const last = data.results[0].path.length;
assert.equal(current(), last, 'the path is shown from its end');
assert.equal($('position').textContent, `step ${last} of ${last}`);
press('Home');
assert.equal(current(), 1);
press('ArrowLeft');
assert.equal(current(), 1, 'not before the first');
press('j');
press('ArrowRight');
assert.equal(current(), 3);
press('k');
assert.equal(current(), 2);
press('j', $('words'));
assert.equal(current(), 2, 'keys in a field are text');
const step = data.results[0].path[1];
const here = document.querySelector('.row.here');
assert.equal(Number(here.dataset.line), step.line);
assert.equal(document.querySelectorAll('.row.here').length, 1);
assert.equal(here.querySelector('code').textContent,
             data.sources[step.file].split('\n')[step.line - 1].replace('\r', ''));
assert.equal([...here.querySelectorAll('mark')].map(mark => mark.textContent).join(''),
             data.sources[step.file].split('\n')[step.line - 1].slice(step.start, step.end));
const change = data.results[0].path.findIndex((item, i, path) => i && item.state !== path[i - 1].state);
for (press('Home'); current() <= change;) press('j');
assert.match(document.querySelector('#state .changed').textContent, / \u2192 /, 'the state changes');
assert.match(window.location.hash, new RegExp(`/${change + 1}$`), 'the address leads here');

$('words').value = 'no finding has these words';
$('words').oninput();
assert.equal($('list').children.length, 0);
$('words').value = '';
$('words').oninput();

document.querySelector('[data-view=graph]').click();
assert.ok($('view-findings').hidden && !$('view-graph').hidden);
const nodes = document.querySelectorAll('#picture g').length;
assert.ok(nodes > 3 && document.querySelectorAll('#picture path').length >= nodes - 1, 'a picture');
$('system').checked = true;
$('system').onchange();
assert.ok(document.querySelectorAll('#picture g').length > nodes, 'with the system');
$('theme').click();
assert.equal(document.documentElement.dataset.theme, 'light');
document.querySelector('#verdicts button').click();
assert.ok(!$('help').hidden && $('help').textContent.startsWith('# '));
assert.equal(document.querySelectorAll('img, iframe, link').length, 0, 'nothing of the driver is markup');
assert.deepEqual(errors, []);

/* Odd reports: no finding, and one that knows neither a place nor a path. */
for (const results of [[], [{rule: 'Odd', severity: 'note', message: 'no place', path: [], related: []}]]) {
    const changed = JSON.stringify({...data, results}).replace(/</g, '\\u003c');
    const odd = load(text.replace(/(id="data">)[^<]*/, (all, start) => start + changed)).document;
    assert.deepEqual(errors, []);
    assert.equal(odd.getElementById('list').children.length, results.length);
    odd.body.dispatchEvent(new odd.defaultView.KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));
    assert.deepEqual(errors, []);
}
