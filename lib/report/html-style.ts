/** How the page looks: light or dark as its reader's system is, one column on a phone, all open on paper. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1c2128; --quiet: #57606a; --line: #d5dae0; --code: #eef1f4;
  --critical: #a40e26; --high: #c4320a; --medium: #8a5a00; --low: #0a5c8f; --good: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --page: #0e1116; --card: #171b21; --text: #e4e8ed; --quiet: #9aa4af; --line: #30363e; --code: #232931;
  --critical: #ff8095; --high: #ff9b6b; --medium: #e5b454; --low: #79bdf0; --good: #56d37a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
body > * { max-width: 72rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2rem 0 .75rem; font-size: 1.2rem; line-height: 1.3; }
h3 { display: flex; flex-wrap: wrap; align-items: center; gap: .2rem .5rem; margin: 0 0 .5rem; font-size: 1rem; line-height: 1.4; font-weight: 600; }
p { margin: .25rem 0; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--code); padding: .1em .35em; border-radius: 4px; }
pre { margin: .5rem 0 0; padding: .6rem .8rem; background: var(--code); border-radius: 6px; overflow-x: auto; }
.quiet { color: var(--quiet); font-size: .875rem; font-weight: 400; }
.tally { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; padding: 0; list-style: none; }
.tally li { flex: 1 1 6rem; padding: .5rem .8rem; background: var(--card); border: 1px solid var(--line); border-top: 4px solid currentColor; border-radius: 8px; font-size: .875rem; }
.tally b { display: block; font-size: 1.5rem; line-height: 1.2; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); } .low { color: var(--low); } .good { color: var(--good); }
.severity { display: inline-block; min-width: 5em; padding: .05em .5em; border: 1px solid currentColor; border-radius: 999px; font-size: .8rem; text-align: center; }
.finding { margin: 0 0 .75rem; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; content-visibility: auto; contain-intrinsic-size: auto 12rem; }
.finding > div { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: .5rem 1.5rem; }
.finding ul { margin: 0; padding: 0; list-style: none; }
.finding li { margin: 0 0 .35rem; }
.filter { position: sticky; top: 0; z-index: 1; max-width: none; background: var(--page); border-bottom: 1px solid var(--line); }
.filter > div { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .9rem; max-width: 70rem; margin: 0 auto; padding: .6rem 0; }
.filter input[type=search], .filter select { max-width: 100%; min-height: 2.25rem; padding: .25rem .5rem; background: var(--card); color: inherit; border: 1px solid var(--line); border-radius: 6px; font: inherit; }
.filter input[type=search] { flex: 1 1 12rem; }
.filter select { flex: 0 1 12rem; min-width: 0; }
.filter fieldset { display: flex; flex-wrap: wrap; gap: .25rem .9rem; margin: 0; padding: 0; border: 0; }
.filter label { white-space: nowrap; }
.filter button { min-height: 2.25rem; padding: .25rem .8rem; background: none; color: inherit; border: 1px solid var(--line); border-radius: 6px; font: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--low); outline-offset: 2px; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
details { margin: 1rem 0; }
.finding details { margin: .5rem 0 0; }
summary { cursor: pointer; font-weight: 600; }
.finding summary { font-weight: 400; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td:last-child, th:last-child { text-align: right; }
footer { padding-top: 2rem; padding-bottom: 2rem; }
[hidden] { display: none !important; }
@media (max-width: 48rem) { .finding > div { grid-template-columns: minmax(0, 1fr); } .filter { position: static; } .filter select { flex: 1 1 40%; } }
@media print { body { background: none; } .filter { display: none; } .finding { break-inside: avoid; content-visibility: visible; } details::details-content { content-visibility: visible; block-size: auto; } }
`;
