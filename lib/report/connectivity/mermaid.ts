import { Graph, GraphNode } from './graph';

/** How nodes of a kind are drawn; a rectangle where nothing is said. */
const SHAPES: { readonly [kind: string]: readonly [string, string] | undefined } = { StatefulSet: ['[(', ')]'], External: ['([', '])'], Job: ['[/', '/]'], CronJob: ['[/', '/]'] };

/** Mermaid's flow chart, which GitHub and GitLab draw in Markdown: a box for each namespace. */
export function mermaidText({ nodes, edges, collapsed }: Graph): string {
  const lines = ['flowchart LR'];
  const namespaces = [...new Set(nodes.flatMap(({ namespace }) => collapsed || namespace === undefined ? [] : [namespace]))];
  namespaces.forEach((namespace, i) => {
    lines.push(`  subgraph ns${i}[${quoted(namespace)}]`, ...nodes.filter((node) => node.namespace === namespace).map((node) => `    ${nodeText(node)}`), '  end');
  });
  lines.push(...nodes.filter(({ namespace }) => collapsed || namespace === undefined).map((node) => `  ${nodeText(node)}`));
  lines.push(...edges.map(({ from, to, label, both }) => `  ${from.id} ${both ? '<-->' : '-->'}|${quoted(label)}| ${to.id}`));
  return `${lines.join('\n')}\n`;
}

function nodeText({ id, label, kind, workloads }: GraphNode): string {
  const [open, close] = SHAPES[kind] ?? ['[', ']'];
  const below = kind === 'External' ? [] : [kind === 'Namespace' ? `${workloads} workload${workloads === 1 ? '' : 's'}` : kind];
  return `${id}${open}${quoted(label, ...below)}${close}`;
}

/** In Mermaid's texts what could be markup is written as entities. */
function quoted(...lines: readonly string[]): string {
  return `"${lines.map((line) => line.replace(/[^A-Za-z0-9 .,:/()_-]/g, (char) => `#${char.codePointAt(0)};`)).join('<br/>')}"`;
}
