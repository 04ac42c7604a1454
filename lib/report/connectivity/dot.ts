import { Graph, GraphNode } from './graph';

const SHAPES: { readonly [kind: string]: string | undefined } = { StatefulSet: 'cylinder', External: 'ellipse', Namespace: 'folder', Job: 'cds', CronJob: 'cds' };

/** Graphviz' language: a cluster for each namespace. */
export function dotText({ nodes, edges, collapsed }: Graph): string {
  const lines = ['digraph connectivity {', '  rankdir=LR;', '  node [fontname="sans-serif", shape=box, style=rounded];', '  edge [fontname="sans-serif", fontsize=10];'];
  const namespaces = [...new Set(nodes.flatMap(({ namespace }) => collapsed || namespace === undefined ? [] : [namespace]))];
  namespaces.forEach((namespace, i) => {
    lines.push(`  subgraph cluster_${i} {`, `    label=${quoted(namespace)};`, ...nodes.filter((node) => node.namespace === namespace).map((node) => `    ${nodeText(node)}`), '  }');
  });
  lines.push(...nodes.filter(({ namespace }) => collapsed || namespace === undefined).map((node) => `  ${nodeText(node)}`));
  lines.push(...edges.map(({ from, to, label, both }) => `  ${from.id} -> ${to.id} [label=${quoted(label)}${both ? ', dir=both' : ''}];`), '}');
  return `${lines.join('\n')}\n`;
}

function nodeText({ id, label, kind, workloads }: GraphNode): string {
  const below = kind === 'External' ? '' : kind === 'Namespace' ? `\n${workloads} workload${workloads === 1 ? '' : 's'}` : `\n${kind}`;
  return `${id} [label=${quoted(`${label}${below}`)}${SHAPES[kind] ? `, shape=${SHAPES[kind]}` : ''}];`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}
