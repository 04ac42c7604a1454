/**
 * What the page does. It lays the namespaces out as boxes in rows, workloads in their boxes, what is outside in the last one; draws an
 * edge for each pair of what is open to be seen; and shows of what is chosen whom it reaches and who reaches it. All texts are set
 * as text, never as markup.
 */
export const PAGE_SCRIPT = String.raw`
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const svg = document.getElementById('svg'), side = document.getElementById('side');
const OUTSIDE = 'outside', MANY = 400, FEW = 25, W = 170, H = 36, GAP = 14, SPACE = 90, PAD = 14, HEAD = 26, TALL = 8;
const boxOf = (node) => node.kind === 'External' ? OUTSIDE : node.namespace === undefined ? '' : node.namespace;
const boxes = [...new Set(data.nodes.map(boxOf))].sort((a, b) => (a === OUTSIDE) - (b === OUTSIDE) || (a < b ? -1 : a > b ? 1 : 0));
const members = new Map(boxes.map((box) => [box, data.nodes.map((_, i) => i).filter((i) => boxOf(data.nodes[i]) === box)]));
const closed = new Set(data.closed ? boxes.filter((box) => box !== OUTSIDE && box !== '') : []);
let chosen = null;

const element = (name, attributes, parent, text) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key of Object.keys(attributes)) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.appendChild(made);
  return made;
};
const short = (text, most) => text.length > most ? text.slice(0, most - 1) + '…' : text;
const act = (on, action) => {
  on.addEventListener('click', (event) => { event.stopPropagation(); action(); });
  on.addEventListener('keydown', (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); action(); } });
};
/** What stands for a workload: itself, or its namespace where that is closed. */
const standIn = (i) => closed.has(boxOf(data.nodes[i])) ? 'box ' + boxOf(data.nodes[i]) : 'node ' + i;

function draw() {
  svg.textContent = '';
  const marks = element('defs', {}, svg);
  for (const [id, color] of [['tip', '--faint'], ['tip-out', '--out'], ['tip-in', '--in']]) {
    const marker = element('marker', { id, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse' }, marks);
    element('path', { d: 'M0 0 8 4 0 8Z', style: 'fill: var(' + color + ')' }, marker);
  }
  const [boxesLayer, edgesLayer, nodesLayer, labelsLayer] = [0, 1, 2, 3].map(() => element('g', {}, svg)), places = new Map(), drawn = new Map();
  const widest = Math.max(900, document.getElementById('drawing').clientWidth - 40);
  let x = 0, y = 0, row = 0, right = 0;
  for (const box of boxes) {
    const list = closed.has(box) ? [] : members.get(box);
    const columns = Math.max(1, Math.ceil(list.length / TALL)), rows = Math.min(TALL, list.length);
    const width = columns * (W + SPACE) - SPACE + 2 * PAD, height = HEAD + PAD + rows * (H + GAP);
    if (x > 0 && x + width > widest) { x = 0; y += row + 50; row = 0; }
    const group = element('g', { class: 'box' }, boxesLayer);
    element('rect', { x, y, width, height, rx: 8 }, group);
    const count = members.get(box).length, foldable = box !== OUTSIDE && box !== '';
    const title = element('text', { x: x + PAD, y: y + 18, tabindex: 0, role: 'button', 'aria-expanded': !closed.has(box) }, group,
      (foldable ? (closed.has(box) ? '▸ ' : '▾ ') : '') + short(box || 'namespaces', 20 * columns) + (foldable ? ' (' + count + ')' : ''));
    if (foldable) act(title, () => { if (closed.has(box)) closed.delete(box); else closed.add(box); draw(); });
    places.set('box ' + box, { x, y, width, height, group });
    list.forEach((i, k) => {
      const node = data.nodes[i], left = x + PAD + Math.floor(k / TALL) * (W + SPACE), top = y + HEAD + (k % TALL) * (H + GAP);
      const pill = element('g', { class: 'node' + (node.kind === 'External' ? ' external' : ''), tabindex: 0, role: 'button', 'aria-label': node.kind + ' ' + node.label }, nodesLayer);
      element('rect', { x: left, y: top, width: W, height: H, rx: node.kind === 'External' ? 18 : 5 }, pill);
      element('text', { x: left + 10, y: top + (node.kind === 'External' ? 23 : 16) }, pill, short(node.label, 23));
      if (node.kind !== 'External') element('text', { x: left + 10, y: top + 30, class: 'kind' }, pill, node.kind === 'Namespace' ? node.workloads + ' workloads' : node.kind);
      element('title', {}, pill, (node.namespace ? node.namespace + '/' : '') + node.label);
      act(pill, () => choose('node ' + i));
      places.set('node ' + i, { x: left, y: top, width: W, height: H, group: pill });
    });
    x += width + SPACE; row = Math.max(row, height); right = Math.max(right, x);
  }
  // Room for the loops above the first row.
  const size = { width: right + 8, height: y + row + 50 };
  svg.setAttribute('width', size.width); svg.setAttribute('height', size.height); svg.setAttribute('viewBox', '-4 -40 ' + size.width + ' ' + size.height);
  for (const [from, to, label] of data.edges) {
    const a = standIn(from), b = standIn(to), key = a + '\n' + b;
    const known = drawn.get(key);
    if (known) { known.pairs.push([from, to, label]); continue; }
    drawn.set(key, { a, b, pairs: [[from, to, label]] });
  }
  const all = drawn.size <= MANY;
  for (const edge of drawn.values()) {
    edge.path = element('path', { class: 'edge', d: curve(places.get(edge.a), places.get(edge.b), edge.a === edge.b), 'marker-end': 'url(#tip)' }, edgesLayer);
    if (!all) edge.path.style.display = 'none';
    element('title', {}, edge.path, edge.pairs.slice(0, 20).map(sentence).join('\n'));
    const middle = edge.path.getPointAtLength(edge.path.getTotalLength() / 2), texts = [...new Set(edge.pairs.map(([, , label]) => data.labels[label]))];
    edge.text = element('text', { class: 'label', x: middle.x, y: middle.y - 3 }, labelsLayer, short(texts.length === 1 ? texts[0] : edge.pairs.length + ' connections', 40));
  }
  state = { places, drawn, all };
  show();
}
let state;
const nameOf = (i) => (data.nodes[i].namespace ? data.nodes[i].namespace + '/' : '') + data.nodes[i].label;
const sentence = ([from, to, label]) => nameOf(from) + ' → ' + nameOf(to) + ': ' + data.labels[label];

function curve(a, b, same) {
  if (same) return 'M' + (a.x + a.width - 30) + ' ' + a.y + 'c0 -30 28 -30 28 0';
  const [ax, bx] = [a.x + a.width / 2, b.x + b.width / 2];
  if (Math.abs(ax - bx) < 20) {
    // One above the other: around the side.
    const from = a.x + a.width, start = a.y + a.height / 2, end = b.y + b.height / 2, bow = 44 + Math.abs(start - end) / 12;
    return 'M' + from + ' ' + start + 'C' + (from + bow) + ' ' + start + ' ' + (from + bow) + ' ' + end + ' ' + (b.x + b.width) + ' ' + end;
  }
  const rightwards = ax < bx, start = [rightwards ? a.x + a.width : a.x, a.y + a.height / 2], end = [rightwards ? b.x : b.x + b.width, b.y + b.height / 2];
  const bend = (rightwards ? 1 : -1) * Math.max(30, Math.abs(end[0] - start[0]) / 2);
  return 'M' + start[0] + ' ' + start[1] + 'C' + (start[0] + bend) + ' ' + start[1] + ' ' + (end[0] - bend) + ' ' + end[1] + ' ' + end[0] + ' ' + end[1];
}

function choose(key) { chosen = chosen === key ? null : key; show(); }

function show() {
  const { places, drawn, all } = state;
  if (chosen !== null && !places.has(chosen)) chosen = null;
  const near = new Set([chosen]);
  for (const { a, b } of drawn.values()) { if (a === chosen) near.add(b); if (b === chosen) near.add(a); }
  for (const [key, { group }] of places) {
    group.classList.toggle('chosen', key === chosen);
    if (key.startsWith('node ')) group.classList.toggle('dim', chosen !== null && !near.has(key));
  }
  for (const { a, b, path, text } of drawn.values()) {
    const out = a === chosen, into = b === chosen && !out;
    path.setAttribute('class', 'edge' + (chosen === null ? '' : out ? ' out' : into ? ' in' : ' dim'));
    path.setAttribute('marker-end', 'url(#tip' + (out ? '-out' : into ? '-in' : '') + ')');
    path.style.display = all || out || into ? '' : 'none';
    text.style.display = ((out || into) && near.size <= FEW / 2) || (chosen === null && drawn.size <= FEW) ? '' : 'none';
  }
  side.textContent = '';
  const add = (name, text, parent, style) => { const made = document.createElement(name); made.textContent = text; if (style) made.className = style; (parent || side).appendChild(made); return made; };
  if (chosen === null) {
    add('p', data.nodes.filter((node) => node.kind !== 'External').length + ' nodes, ' + data.edges.length + ' connections. Click on one to see whom it reaches and who reaches it; click on a namespace to open or close it.');
    if (!all) add('p', 'There are too many connections to draw at once: they are drawn for what is chosen.');
    return;
  }
  const i = Number(chosen.slice(5));
  add('h2', nameOf(i)); add('p', data.nodes[i].kind);
  for (const [title, style, mine, other] of [['reaches', 'out-text', 0, 1], ['is reached by', 'in-text', 1, 0]]) {
    const pairs = data.edges.filter((edge) => edge[mine] === i);
    add('h2', title + (pairs.length === 0 ? ' nothing' : ''), side, style);
    const list = add('ul', '');
    for (const edge of pairs) add('li', nameOf(edge[other]) + ': ' + data.labels[edge[2]], list);
  }
}

svg.addEventListener('click', () => { chosen = null; show(); });
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') { chosen = null; show(); } });
document.getElementById('all').addEventListener('click', () => { closed.clear(); draw(); });
document.getElementById('none').addEventListener('click', () => { for (const box of boxes) if (box !== OUTSIDE && box !== '') closed.add(box); draw(); });
document.getElementById('filter').addEventListener('change', (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  const found = wanted === '' ? -1 : data.nodes.findIndex((_, i) => nameOf(i).toLowerCase().includes(wanted));
  if (found === -1) { chosen = null; show(); return; }
  closed.delete(boxOf(data.nodes[found]));
  chosen = 'node ' + found;
  draw();
  state.places.get(chosen).group.scrollIntoView({ block: 'center', inline: 'center' });
});
draw();
`;
