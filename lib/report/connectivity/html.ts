import { Graph, graphNodesAndEdges } from './graph';
import { PAGE_SCRIPT } from './html-script';
import { PAGE_STYLE } from './html-style';
import type { Remarks } from './json';
import { placeOf, Reachability, Remark } from '../../proofs/reachability';
import { printable } from '../../errors';

/** More edges than this a browser does not move smoothly: then the namespaces alone are drawn. */
const MOST_EDGES = 20_000;

/** More workloads than this, and each namespace is drawn closed, to be opened. */
const MOST_OPEN = 50;

/** A drawing to click on, in one file that loads nothing. */
export function htmlText(reach: Reachability, { refused, caveats }: Remarks): string {
  const whole = graphNodesAndEdges(reach, false);
  const graph = whole.edges.length <= MOST_EDGES ? whole : graphNodesAndEdges(reach, true);
  const remarks = [['Left out, as the API server refuses them', refused], ['Taken for granted', caveats]] as const;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Connectivity: ${reach.workloads.length} workloads</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><h1>Who reaches whom</h1><input id="filter" type="search" placeholder="find a workload" aria-label="find a workload"><button id="all">open all</button><button id="none">close all</button></header>
<main><div id="drawing"><svg id="svg" role="group" aria-label="workloads and their connections"></svg></div><aside id="side" aria-live="polite"></aside></main>
${remarks.map(([title, list]) => list.length === 0 ? '' : `<details><summary>${title}: ${list.length}</summary><ul>\n${list.map((remark) => `<li>${escaped(remarkText(remark))}</li>`).join('\n')}\n</ul></details>\n`).join('')}<script type="application/json" id="data">${dataText(graph, reach.workloads.length > MOST_OPEN)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** Nodes by their place, and each text once. */
function dataText({ nodes, edges, collapsed }: Graph, closed: boolean): string {
  const placeOfNode = new Map(nodes.map((node, i) => [node, i]));
  const labels = [...new Set(edges.map(({ label }) => label))];
  const placeOfLabel = new Map(labels.map((label, i) => [label, i]));
  const data = {
    closed: closed && !collapsed, labels,
    nodes: nodes.map(({ label, namespace, kind, workloads }) => ({ label, namespace: collapsed ? undefined : namespace, kind, workloads })),
    edges: edges.flatMap(({ from, to, label, both }) => {
      const [source, destination, text] = [placeOfNode.get(from)!, placeOfNode.get(to)!, placeOfLabel.get(label)!];
      return both ? [[source, destination, text], [destination, source, text]] : [[source, destination, text]];
    }),
  };
  // No text of the input may end the element that holds it.
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function remarkText(remark: Remark): string {
  const { object: { kind, namespace, name }, problem, remedy } = remark;
  return printable(`${placeOf(remark)}: ${kind} ${[namespace, name].filter((part) => part).join('/')}: ${problem}; ${remedy}`);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
