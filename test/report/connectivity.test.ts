import { inventoryOf } from '../../lib/inventory';
import { reachabilityOf } from '../../lib/proofs/reachability';
import { dotText, graphOf, htmlText, mermaidText } from '../../lib/report/connectivity';
import { Json, policy, reach, workload } from '../proofs/support';

const SHOP: Json[] = [
  workload('shop/web', { app: 'web' }), workload('shop/db', { app: 'db' }, [], 'StatefulSet'), workload('ops/scan', {}, [], 'CronJob'),
  policy('shop/deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
  policy('shop/db', { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 5432 }, { protocol: 'UDP', port: 53 }] }] }),
  policy('shop/web', {
    podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }],
    egress: [{ to: [{ podSelector: {} }] }, { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '192.168.0.0/16'] } }], ports: [{ port: 443 }] }],
  }),
  policy('ops/scan', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ namespaceSelector: {} }] }], egress: [{ to: [{ namespaceSelector: {} }, { ipBlock: { cidr: 'fd00::/8' } }] }] }),
];
const HOSTILE = '"]<b>&\'\\ end';
const hostile = [{ ...workload('shop/web'), metadata: { name: `web${HOSTILE}</script>`, namespace: HOSTILE } }];
const many = (count: number, ...more: Json[]) => reach([...Array.from({ length: count }, (_, i) => workload(`n${i % 3}/w${i}`, { app: `${i}` })), ...more]);
const closed = [0, 1, 2].map((i) => policy(`n${i}/a`, { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }], ports: [{ port: 80 }] }] }));

test('Mermaid: a box for each namespace, what is outside said in few words', () => {
  expect(mermaidText(graphOf(reach(SHOP)))).toBe(`
flowchart LR
  subgraph ns0["ops"]
    n0[/"scan<br/>CronJob"/]
  end
  subgraph ns1["shop"]
    n1[("db<br/>StatefulSet")]
    n2["web<br/>Deployment"]
  end
  n3(["outside, all but 10.0.0.0/8, 192.168.0.0/16"])
  n4(["203.0.113.0/24"])
  n5(["fd00#58;#58;/8"])
  n2 -->|"TCP 5432, UDP 53"| n1
  n2 -->|"TCP 443"| n3
  n4 -->|"everything"| n2
  n0 -->|"everything"| n5
`.trimStart().replaceAll('#58;', ':'));
});

test('Graphviz: the same', () => {
  expect(dotText(graphOf(reach(SHOP)))).toBe(`
digraph connectivity {
  rankdir=LR;
  node [fontname="sans-serif", shape=box, style=rounded];
  edge [fontname="sans-serif", fontsize=10];
  subgraph cluster_0 {
    label="ops";
    n0 [label="scan\\nCronJob", shape=cds];
  }
  subgraph cluster_1 {
    label="shop";
    n1 [label="db\\nStatefulSet", shape=cylinder];
    n2 [label="web\\nDeployment"];
  }
  n3 [label="outside, all but 10.0.0.0/8, 192.168.0.0/16", shape=ellipse];
  n4 [label="203.0.113.0/24", shape=ellipse];
  n5 [label="fd00::/8", shape=ellipse];
  n2 -> n1 [label="TCP 5432, UDP 53"];
  n2 -> n3 [label="TCP 443"];
  n4 -> n2 [label="everything"];
  n0 -> n5 [label="everything"];
}
`.trimStart());
});

test('the same both ways is one edge', () => {
  const open = [workload('a/x'), workload('a/y')];
  expect(mermaidText(graphOf(reach(open)))).toContain('  n0 <-->|"everything"| n1\n');
  expect(dotText(graphOf(reach(open)))).toContain('  n0 -> n1 [label="everything", dir=both];\n');
  expect(mermaidText(graphOf(reach(open)))).toContain('(["anywhere outside"])');
});

test('too many workloads, or too many edges, are drawn as namespaces', () => {
  expect(graphOf(many(60, ...closed))).toMatchObject({ collapsed: true });
  expect(graphOf(many(15, ...closed))).toMatchObject({ collapsed: false });
  expect(graphOf(many(61))).toMatchObject({ collapsed: true, nodes: [{ label: 'n0', workloads: 21 }, { label: 'n1', workloads: 20 }, { label: 'n2', workloads: 20 }, { label: 'anywhere outside' }] });
  expect(mermaidText(graphOf(many(61, ...closed)))).toBe(`
flowchart LR
  n0["n0<br/>21 workloads"]
  n1["n1<br/>20 workloads"]
  n2["n2<br/>20 workloads"]
  n0 -->|"TCP 80 (420)"| n0
  n1 -->|"TCP 80 (380)"| n1
  n2 -->|"TCP 80 (380)"| n2
`.trimStart());
});

test('names cannot break out of the drawing', () => {
  const graph = graphOf(reach(hostile));
  expect(mermaidText(graph)).toContain('subgraph ns0["#34;#93;#60;b#62;#38;#39;#92; end"]');
  expect(dotText(graph)).toContain('label="\\"]<b>&\'\\\\ end";');
  const html = htmlText(reach(hostile), { refused: [], caveats: [{ topic: 'several', object: inventoryOf([{ json: hostile[0], where: '<i>' }]).objects[0], path: '', problem: '<script>', remedy: '&' }] });
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(html).not.toContain('<b>');
  expect(html).toContain('<li>&#60;i&#62;: Deployment');
});

describe('HTML', () => {
  const page = (manifests: readonly unknown[]) => htmlText(reachabilityOf(inventoryOf(manifests.map((json) => ({ json, where: 'shop.yaml' })))), { refused: [], caveats: [] });
  const dataOf = (html: string) => JSON.parse(/<script type="application\/json" id="data">(.*)<\/script>/.exec(html)![1]);

  test('loads nothing, and holds all nodes and edges', () => {
    const html = page(SHOP);
    expect(html).not.toMatch(/src=|href=|url\((?!#)|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    expect(html).toContain("default-src 'none'");
    const { nodes, edges, labels } = dataOf(html);
    expect(nodes.map(({ label }: { label: string }) => label)).toEqual(['scan', 'db', 'web', 'outside, all but 10.0.0.0/8, 192.168.0.0/16', '203.0.113.0/24', 'fd00::/8']);
    expect(edges.map(([from, to, label]: number[]) => `${nodes[from].label} ${labels[label]} ${nodes[to].label}`)).toContain('web TCP 5432, UDP 53 db');
  });

  test('its script is a program', () => {
    const [, script] = /<script>([\s\S]*)<\/script>/.exec(page(SHOP))!;
    expect(() => new Function(script)).not.toThrow();
  });

  test('beyond 50 workloads namespaces are closed; beyond 20,000 edges there is nothing else', () => {
    const workloads = (count: number) => Array.from({ length: count }, (_, i) => workload(`n${i % 3}/w${i}`));
    expect(dataOf(page(workloads(50))).closed).toBe(false);
    expect(dataOf(page(workloads(51)))).toMatchObject({ closed: true, nodes: expect.arrayContaining([{ label: 'w3', namespace: 'n0', kind: 'Deployment', workloads: 1 }]) });
    expect(dataOf(page(workloads(210)))).toMatchObject({ closed: false, nodes: expect.arrayContaining([{ label: 'n0', kind: 'Namespace', workloads: 70 }]) });
  });
});
