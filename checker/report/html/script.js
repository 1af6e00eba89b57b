'use strict';
/* The page of a report. All text of the driver goes through textContent: nothing in it is markup. */

/* ---- without a document: tested alone ------------------------------------------------------- */

function standing(finding) {
    if (finding.suppression) return 'suppressed';
    return finding.baseline === 'unchanged' ? 'known' : 'open';
}

function words(finding) {
    return [finding.rule, finding.message, finding.file, finding.function, finding.fingerprint,
            ...finding.path.map(step => step.text)].join('\n').toLowerCase();
}

/* The findings that the filters leave; an empty filter leaves all. */
function filtered(findings, filters) {
    const wanted = (filters.words || '').toLowerCase().split(/\s+/).filter(word => word);
    return findings.filter(finding =>
        (!filters.rule || finding.rule === filters.rule) &&
        (!filters.severity || finding.severity === filters.severity) &&
        (!filters.file || finding.file === filters.file) &&
        (!filters.standing || standing(finding) === filters.standing) &&
        wanted.every(word => words(finding).includes(word)));
}

function counted(number, one, many) {
    return `${number} ${number === 1 ? one : many}`;
}

const KEYWORDS = new Set(('auto break case char const continue default do double else enum extern ' +
    'float for goto if inline int long register return short signed sizeof static struct switch ' +
    'typedef union unsigned void volatile while BOOLEAN FALSE NULL TRUE VOID').split(' '));

/* Lines of C as lists of [class, text]. `inside` is kept from line to line: in a comment. */
function highlighted(text) {
    const token = /\/\/.*|\/\*.*?(?:\*\/|$)|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[A-Za-z_]\w*|\s+|[^]/g;
    let inside = false;
    return text.split('\n').map(line => {
        const parts = [];
        line = line.replace(/\r$/, '');
        if (inside) {
            const end = line.indexOf('*/');
            parts.push(['comment', end < 0 ? line : line.slice(0, end + 2)]);
            if (end < 0) return parts;
            inside = false;
            line = line.slice(end + 2);
        }
        if (/^\s*#/.test(line)) return [...parts, ['directive', line]];
        for (const [word] of line.matchAll(token)) {
            let kind = '';
            if (word.startsWith('//') || word.startsWith('/*')) kind = 'comment';
            else if (/^["']/.test(word)) kind = 'string';
            else if (KEYWORDS.has(word)) kind = 'keyword';
            parts.push([kind, word]);
            if (word.startsWith('/*') && (!word.endsWith('*/') || word === '/*/')) inside = true;
        }
        return parts;
    });
}

/* Columns [start, end) of the parts get another class; parts are cut where it begins and ends. */
function marked(parts, start = 0, end = 0) {
    const out = [];
    let at = 0;
    for (const [kind, text] of parts) {
        const cuts = [0, start - at, end - at, text.length].map(
            cut => Math.max(0, Math.min(text.length, cut)));
        for (let i = 0; i < 3; i++)
            if (cuts[i] < cuts[i + 1])
                out.push([kind, text.slice(cuts[i], cuts[i + 1]), i === 1]);
        at += text.length;
    }
    return out;
}

/* What is known of values at a step of a path: conditions and results in the functions that have not
 * returned yet, the last one for each place. */
function known(path, at) {
    let facts = [];
    for (const step of path.slice(0, at + 1)) {
        const place = [step.file, step.line, step.column, step.depth].join(':');
        if (step.kind === 'enter' || step.kind === 'leave') facts = [];
        if (step.kind === 'return') facts = facts.filter(fact => fact.depth < step.depth);
        if (step.kind !== 'decision' && step.kind !== 'assume') continue;
        facts = facts.filter(fact => fact.place !== place);
        facts.push({place, depth: step.depth, text: step.text});
    }
    return facts.map(fact => fact.text);
}

/* Where the nodes of a call graph go: columns by the distance from the system, rows so that callers
 * and callees are near each other. */
function layout(graph, system) {
    const nodes = graph.nodes.filter(node => system || node.kind !== 'ddi');
    const shown = new Set(nodes.map(node => node.id));
    const edges = graph.edges.filter(edge => shown.has(edge.from) && shown.has(edge.to));
    const depth = new Map(nodes.filter(node => node.kind === 'model').map(node => [node.id, 0]));
    const spread = () => {
        const queue = [...depth.keys()];
        for (let id; (id = queue.shift()) !== undefined;)
            for (const edge of edges)
                if (edge.from === id && !depth.has(edge.to)) {
                    depth.set(edge.to, depth.get(id) + 1);
                    queue.push(edge.to);
                }
    };
    spread();
    for (const node of nodes) /* what nothing calls begins a tree of its own */
        if (!depth.has(node.id) && !edges.some(e => e.to === node.id && e.from !== node.id)) {
            depth.set(node.id, 1);
            spread();
        }
    for (const node of nodes)
        if (!depth.has(node.id)) {
            depth.set(node.id, 1);
            spread();
        }
    const columns = [];
    for (const node of nodes) (columns[depth.get(node.id)] ||= []).push(node);
    const row = new Map();
    const number = column => column.forEach((node, i) => row.set(node.id, i));
    for (const column of columns) if (column) number(column);
    for (let round = 0; round < 4; round++)
        for (const column of columns) {
            if (!column) continue;
            const middle = new Map(column.map(node => {
                const near = edges.filter(e => e.from === node.id || e.to === node.id)
                    .map(e => row.get(e.from === node.id ? e.to : e.from));
                return [node.id, near.length ? near.reduce((a, b) => a + b) / near.length
                                             : row.get(node.id)];
            }));
            column.sort((a, b) => middle.get(a.id) - middle.get(b.id) || a.id - b.id);
            number(column);
        }
    const boxes = new Map();
    let x = 10, height = 0;
    for (const column of columns) {
        if (!column) continue;
        const label = node => node.name + (node.roles && node.roles.length ? `: ${node.roles.join(', ')}` : '');
        const width = Math.max(...column.map(node => label(node).length)) * 7.3 + 16;
        column.forEach((node, i) => boxes.set(node.id,
            {node, label: label(node), x, y: 10 + i * 32, width, height: 24}));
        x += width + 70;
        height = Math.max(height, 10 + column.length * 32);
    }
    return {boxes, edges, width: x, height: height + 10};
}

if (typeof module !== 'undefined') module.exports = {standing, filtered, highlighted, marked, known, layout};

/* ---- the page ------------------------------------------------------------------------------- */

function page() {
    const $ = id => document.getElementById(id);
    const read = id => JSON.parse($(id).textContent);
    const data = read('data'), graph = read('callgraph');
    const lines = new Map(); /* highlighted sources */
    let visible = [], finding = null, at = 0, file = null;

    function element(name, properties, ...children) {
        const node = document.createElement(name);
        for (const [key, value] of Object.entries(properties || {}))
            if (key === 'class') node.className = value;
            else if (key.startsWith('on')) node[key] = value;
            else if (value !== null && value !== undefined) node.setAttribute(key, value);
        node.append(...children.filter(child => child !== null && child !== undefined));
        return node;
    }

    function where(place) {
        return place.file ? place.file + (place.line ? ':' + place.line : '') : '';
    }

    /* ---- views ---- */

    function show(view) {
        for (const tab of document.querySelectorAll('nav button')) {
            const chosen = tab.dataset.view === view;
            tab.setAttribute('aria-selected', chosen);
            $('view-' + tab.dataset.view).hidden = !chosen;
        }
        if (view === 'graph' && !$('picture').firstChild) draw();
    }

    /* ---- source ---- */

    function row(parts, number) {
        const spans = parts.map(([kind, text, isMarked]) =>
            element(isMarked ? 'mark' : 'span', {class: kind}, text));
        return element('div', {class: 'row', 'data-line': number},
                       element('span', {class: 'number'}, String(number)), element('code', {}, ...spans));
    }

    function open(name) {
        if (file === name) return;
        file = name;
        const text = data.sources[name];
        $('source-name').textContent = name || '';
        if (text === undefined) {
            $('code').replaceChildren('the source is not there');
            return;
        }
        if (!lines.has(name)) lines.set(name, highlighted(text));
        $('code').replaceChildren(...lines.get(name).map((parts, i) => row(parts, i + 1)));
    }

    function highlight(place, others) {
        open(place.file);
        const rows = $('code').children, parts = lines.get(place.file) || [];
        for (const old of $('code').querySelectorAll('.here, .been'))
            old.replaceWith(row(parts[old.dataset.line - 1], Number(old.dataset.line)));
        for (const other of others)
            if (other.file === file && rows[other.line - 1]) rows[other.line - 1].classList.add('been');
        const here = rows[place.line - 1];
        if (!here || !parts.length) return;
        const bright = row(marked(parts[place.line - 1], place.start, place.end), place.line);
        bright.classList.add('here');
        here.replaceWith(bright);
        bright.scrollIntoView({block: 'center'});
    }

    /* ---- steps ---- */

    function showState(step, before) {
        const items = [['object', finding.object], ['state', step.state], ['IRQL', step.irql],
                       ['function', step.function]];
        const old = before || {};
        const changed = {state: old.state && old.state !== step.state && `${old.state} \u2192 `,
                         IRQL: old.irql && old.irql !== step.irql && `${old.irql} \u2192 `};
        $('state').replaceChildren(...items.filter(item => item[1]).flatMap(([name, value]) => [
            element('dt', {}, name),
            element('dd', {class: changed[name] ? 'changed' : ''}, (changed[name] || '') + value)]));
        const facts = known(finding.path, at);
        $('known').replaceChildren(...facts.map(fact => element('li', {}, fact)));
        $('known').scrollTop = $('known').scrollHeight; /* the newest */
    }

    function go(index) {
        const path = finding.path;
        const place = path.length ? path[at = Math.max(0, Math.min(path.length - 1, index))] : finding;
        $('position').textContent = path.length ? `step ${at + 1} of ${path.length}` : 'no path';
        $('back').disabled = at === 0;
        $('forward').disabled = at + 1 >= path.length;
        for (const button of $('steps').querySelectorAll('button')) {
            const current = Number(button.dataset.step) === at;
            button.setAttribute('aria-current', current ? 'step' : 'false');
            if (current) button.scrollIntoView({block: 'nearest'});
        }
        showState(path.length ? place : {function: finding.function}, path[at - 1]);
        highlight(place, path);
        setAddress(`#${finding.fingerprint || data.results.indexOf(finding)}/${at + 1}`);
    }

    /* A page that is shown inside another one may have an address that cannot be changed. */
    function setAddress(address) {
        try {
            history.replaceState(null, '', address);
        } catch {
            return;
        }
    }

    function stepItem(step, i) {
        const gap = step.leftOut ? element('div', {class: 'gap'}, `${counted(step.leftOut, 'step', 'steps')} left out`) : null;
        const button = element('button', {'data-step': i, onclick: () => go(i),
                                          style: `padding-left: ${.5 + Math.min(step.depth, 16)}em`,
                                          class: step.essential ? 'essential' : ''},
                               `${i + 1}. ${step.text} `, element('span', {class: 'where'}, where(step)));
        return element('li', {}, gap, button);
    }

    function choose(chosen, step) {
        finding = chosen;
        for (const button of $('list').querySelectorAll('button')) {
            const current = data.results[button.dataset.index] === finding;
            button.setAttribute('aria-current', current);
            if (current) button.scrollIntoView({block: 'nearest'});
        }
        const known = {open: null, known: 'known from before',
                       suppressed: finding.suppression && `suppressed: ${finding.suppression.reason}`};
        $('finding').replaceChildren(
            element('p', {}, element('strong', {class: finding.severity}, finding.severity), ': ',
                    finding.message),
            element('p', {}, element('button', {onclick: () => explain(finding.rule)}, finding.rule), ' ',
                    element('span', {class: 'where'}, known[standing(finding)])));
        $('steps').replaceChildren(...finding.path.map(stepItem));
        go(step === undefined ? finding.path.length - 1 : step);
    }

    /* ---- list ---- */

    function options(id, all, values, chosen) {
        $(id).replaceChildren(element('option', {value: ''}, all),
                              ...values.map(value => element('option', {value}, value)));
        $(id).value = chosen || '';
        $(id).onchange = refresh;
    }

    function distinct(of) {
        return [...new Set(data.results.map(of).filter(value => value))].sort();
    }

    function refresh() {
        const filters = {};
        for (const id of ['words', 'rule', 'severity', 'file', 'standing']) filters[id] = $(id).value;
        visible = filtered(data.results, filters);
        $('count').textContent = `${visible.length} of ${counted(data.results.length, 'finding', 'findings')}`;
        $('list').replaceChildren(...visible.map(item => element('li', {}, element('button', {
            'data-index': data.results.indexOf(item), onclick: () => choose(item)},
            element('strong', {class: item.severity}, item.rule), ' ',
            element('span', {class: 'where'}, where(item)), element('br'), item.message))));
        if (visible.length && !visible.includes(finding)) choose(visible[0]);
        else if (finding) choose(finding, at);
    }

    function nextFinding(by) {
        const index = visible.indexOf(finding) + by;
        if (visible[index]) choose(visible[index]);
    }

    /* ---- rules, analysis ---- */

    function explain(rule) {
        show('rules');
        $('help').textContent = data.rules[rule] || rule;
        $('help').hidden = false;
        $('help').scrollIntoView({block: 'nearest'});
    }

    function showRules() {
        const order = ['defect', 'unknown', 'pass', 'not applicable'];
        const sorted = [...data.verdicts].sort(
            (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict)); /* stable */
        $('verdicts').replaceChildren(...sorted.map(item => element('tr', {},
            element('td', {class: 'verdict-' + item.verdict.replace('not applicable', 'none')}, item.verdict),
            element('td', {}, element('button', {onclick: () => explain(item.rule)}, item.rule)),
            element('td', {}, item.title || ''),
            element('td', {}, item.findings ? element('button', {onclick: () => {
                $('rule').value = item.rule;
                $('standing').value = '';
                show('findings');
                refresh();
            }}, counted(item.findings, 'finding', 'findings')) : item.reason || ''))));
    }

    function list(title, items) {
        return items.length ? [element('h2', {}, title),
                               element('ul', {}, ...items.map(item => element('li', {}, item)))] : [];
    }

    function showAnalysis() {
        const note = item => `${where(item)}${item.file ? ': ' : ''}${item.what || item.text}`;
        const coverage = data.coverage, lacks = {holes: 'with holes', body: 'not analysed',
                                                caller: 'no callback leads to it'};
        $('notes').replaceChildren(
            ...list('coverage', coverage.summary.split('; ')),
            ...list('functions not analysed in whole', coverage.functions.incomplete.map(
                f => `${where(f)}: ${f.function || '?'}, ${lacks[f.lacks]}`)),
            ...list('functions without a model', coverage.ddis.filter(d => d.knowledge !== 'modelled').map(
                d => `${where(d)}: ${d.name}, ${d.knowledge}, ${counted(d.calls, 'call', 'calls')}`)),
            ...list('headers that are nowhere', coverage.missingHeaders.filter(h => !h.harmless).map(
                h => `${where(h)}: ${h.name}`)),
            ...list('left out: rules that it may matter to are unknown', data.leftOut.filter(i => i.blocksPass).map(note)),
            ...list('remarks', data.remarks.map(note)),
            ...list('assumed', [...data.assumptions, ...data.leftOut.filter(i => !i.blocksPass).map(note)]),
            ...list('callbacks', data.callbacks.map(c => `${c.function} (${c.role}, ${c.how}) ${where(c)}`)),
            ...list('sources', data.files));
    }

    /* ---- call graph ---- */

    function svg(name, properties, ...children) {
        const node = document.createElementNS('http://www.w3.org/2000/svg', name);
        for (const [key, value] of Object.entries(properties)) node.setAttribute(key, value);
        node.append(...children);
        return node;
    }

    function curve(from, to) {
        const x1 = from.x + from.width, y1 = from.y + 12, y2 = to.y + 12;
        if (to.x > from.x) {
            const middle = (x1 + to.x) / 2;
            return `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${to.x} ${y2}`;
        }
        const x2 = to.x + to.width; /* back, or within a column: around on the right */
        return `M${x1} ${y1} C${x1 + 60} ${y1} ${x2 + 60} ${y2} ${x2} ${y2}`;
    }

    function draw() {
        const {boxes, edges, width, height} = layout(graph, $('system').checked);
        const paths = edges.map(edge => svg('path', {class: edge.resolved, 'data-from': edge.from,
            'data-to': edge.to, d: curve(boxes.get(edge.from), boxes.get(edge.to))}));
        const groups = [...boxes.values()].map(box => {
            const callback = box.node.roles && box.node.roles.length;
            const group = svg('g', {class: callback ? 'callback' : box.node.kind, 'data-id': box.node.id,
                                   tabindex: 0, role: 'button', 'aria-label': box.label},
                svg('rect', {x: box.x, y: box.y, width: box.width, height: box.height, rx: 4}),
                svg('text', {x: box.x + 8, y: box.y + 16}, box.label));
            group.onclick = () => pick(box.node, paths, groups);
            group.onkeydown = event => { if (event.key === 'Enter') group.onclick(); };
            return group;
        });
        $('picture').replaceChildren(svg('svg', {width, height, role: 'group', 'aria-label': 'call graph'},
                                         ...paths, ...groups));
    }

    function pick(node, paths, groups) {
        for (const group of groups) group.classList.toggle('chosen', group.dataset.id === String(node.id));
        for (const path of paths)
            path.classList.toggle('chosen', [path.dataset.from, path.dataset.to].includes(String(node.id)));
        $('node').textContent = `${node.name} ${where(node)}`;
    }

    /* ---- start ---- */

    function keys(event) {
        const typing = /^(INPUT|SELECT)$/.test(event.target.tagName);
        if (typing && (event.key === 'Escape' || event.key === 'Enter')) event.target.blur();
        if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
        const tab = document.querySelectorAll('nav button')[event.key - 1];
        if (tab) show(tab.dataset.view);
        if ($('view-findings').hidden) return;
        const actions = {
            ArrowRight: () => go(at + 1), j: () => go(at + 1), ArrowLeft: () => go(at - 1), k: () => go(at - 1),
            Home: () => go(0), End: () => go(Infinity), ']': () => nextFinding(1), '[': () => nextFinding(-1),
            '/': () => $('words').focus(),
        };
        if (!actions[event.key] || (!finding && event.key !== '/')) return;
        event.preventDefault();
        actions[event.key]();
    }

    function fromAddress() {
        const [name, step] = decodeURIComponent(location.hash.slice(1)).split('/');
        const found = data.results.find((item, i) => name && (item.fingerprint === name || String(i) === name));
        if (!found) return;
        $('standing').value = '';
        refresh();
        choose(found, step ? Number(step) - 1 : undefined);
    }

    function toggleTheme() {
        const root = document.documentElement;
        const dark = root.dataset.theme ? root.dataset.theme === 'dark'
                                        : matchMedia('(prefers-color-scheme: dark)').matches;
        root.dataset.theme = dark ? 'light' : 'dark';
    }

    const open_ = data.results.filter(item => standing(item) === 'open').length;
    const count = verdict => data.verdicts.filter(item => item.verdict === verdict).length;
    document.title = $('title').textContent = `drvlint: ${data.driver}`;
    $('summary').textContent = `${counted(open_, 'open finding', 'open findings')}; ` +
        `${counted(count('defect'), 'rule', 'rules')} broken, ${count('pass')} pass, ` +
        `${count('unknown')} unknown, ${count('not applicable')} not applicable; drvlint ` +
        `${data.tool.version || ''}, ${data.tool.pack || ''}`;
    for (const tab of document.querySelectorAll('nav button')) tab.onclick = () => show(tab.dataset.view);
    $('filters').onsubmit = () => false;
    $('words').oninput = refresh;
    $('back').onclick = () => go(at - 1);
    $('forward').onclick = () => go(at + 1);
    $('theme').onclick = toggleTheme;
    $('system').onchange = draw;
    document.onkeydown = keys;
    window.onhashchange = fromAddress;
    options('rule', 'all rules', distinct(item => item.rule));
    options('severity', 'all severities', distinct(item => item.severity));
    options('file', 'all files', distinct(item => item.file));
    options('standing', 'open or not', distinct(standing), open_ ? 'open' : '');
    showRules();
    showAnalysis();
    $('path').hidden = $('source').hidden = !data.results.length;
    const address = location.hash;
    show(data.results.length ? 'findings' : 'rules');
    refresh();
    if (address) {
        setAddress(address);
        fromAddress();
    }
}

if (typeof document !== 'undefined') page();
