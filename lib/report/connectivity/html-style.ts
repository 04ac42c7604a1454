/** How the page looks; by daylight and in the dark. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1b2733; --faint: #6b7a89; --line: #c5ced6; --box: #f3f6f8; --node: #ffffff; --out: #1769aa; --in: #b25000; --paper: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4eaf0; --faint: #93a1ae; --line: #44525f; --box: #1c252e; --node: #2a3540; --out: #6db7f2; --in: #f0a35e; --paper: #12181e; } }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.4 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { display: flex; gap: 1em; align-items: center; padding: .6em 1em; border-bottom: 1px solid var(--line); }
h1 { font-size: 1.1em; margin: 0; } h2 { font-size: 1em; margin: 1em 0 .3em; }
main { display: flex; align-items: flex-start; }
#drawing { flex: 1; overflow: auto; padding: 1em; max-height: 85vh; }
aside { width: 24em; padding: 1em; border-left: 1px solid var(--line); max-height: 85vh; overflow: auto; }
aside li, details li { overflow-wrap: anywhere; } ul { padding-left: 1.2em; margin: .3em 0; }
details { padding: .4em 1em; border-top: 1px solid var(--line); }
svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg .label { font-size: 11px; text-anchor: middle; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; pointer-events: none; }
svg .kind { fill: var(--faint); font-size: 11px; }
.box > rect { fill: var(--box); stroke: var(--line); }
.box > text { font-weight: 600; cursor: pointer; }
.node { cursor: pointer; } .node rect { fill: var(--node); stroke: var(--faint); }
.node.external rect { stroke-dasharray: 4 3; }
.node:focus { outline: none; } .node:focus rect, .box > text:focus { stroke-width: 2.5; stroke: var(--out); }
.node.chosen rect { stroke-width: 3; stroke: var(--ink); }
.edge { fill: none; stroke: var(--faint); stroke-width: 1.2; opacity: .45; }
.edge.out { stroke: var(--out); opacity: 1; stroke-width: 2; } .edge.in { stroke: var(--in); opacity: 1; stroke-width: 2; }
.dim { opacity: .12 !important; } .out-text { color: var(--out); } .in-text { color: var(--in); }
`;
