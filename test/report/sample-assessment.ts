import * as fs from 'fs';
import * as path from 'path';
import { isMap, isScalar, isSeq, LineCounter, Node, parseAllDocuments } from 'yaml';
import { assess, Assessment, Finding, GrantedExemption } from '../../lib/assessment';
import { controlsAt } from '../../lib/controls';
import { inventoryOf, Manifest } from '../../lib/inventory';

/** The manifests of a file beside this one, with their lines. */
export function manifestsOf(file: string): Manifest[] {
  const counter = new LineCounter();
  return parseAllDocuments(fs.readFileSync(path.join(__dirname, 'sample', file), 'utf8'), { lineCounter: counter }).map((document) => ({
    json: document.toJS(), where: `k8s/${file}`, lineOf: (at: string) => counter.linePos(nodeAt(document.contents as Node, at)).line,
  }));
}

/** Where a field stands, or the nearest one around it. */
function nodeAt(root: Node, at: string): number {
  let node: Node = root;
  let offset = root.range![0];
  for (const part of at.split(/[.[\]]/).filter((each) => each !== '')) {
    if (isSeq(node) && node.items[Number(part)]) offset = (node = node.items[Number(part)] as Node).range![0];
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      if (!pair) break;
      offset = (pair.key as Node).range![0];
      node = pair.value as Node;
    } else break;
  }
  return offset;
}

/** Judged by the catalog, as restricted for 1.31; what `exempted` or `known` picks is not left a violation. */
export function assessmentOf(manifests: readonly Manifest[], { exempted = () => undefined, known = () => false, notKubernetes = 0 }: {
  readonly exempted?: (finding: Finding) => GrantedExemption | undefined; readonly known?: (finding: Finding) => boolean; readonly notKubernetes?: number;
} = {}): Assessment {
  const inventory = inventoryOf(manifests);
  const findings = assess(inventory, { level: 'restricted', kubernetesVersion: '1.31' });
  const exemptions = new Set<GrantedExemption>();
  const objects = inventory.objects.map((object) => {
    const own = findings.filter((finding) => finding.object === object);
    const excused = own.flatMap((finding) => {
      const exemption = exempted(finding);
      if (exemption) exemptions.add(exemption);
      return exemption ? [{ finding, exemption }] : [];
    });
    const rest = own.filter((finding) => !excused.some((each) => each.finding === finding));
    return { object, violations: rest.filter((finding) => !known(finding)), exempted: excused, known: rest.filter(known) };
  });
  return { profile: 'restricted', kubernetesVersion: '1.31', controls: controlsAt('restricted', '1.31'), objects, exemptions: [...exemptions], notKubernetes };
}

const HOST_NETWORK: GrantedExemption = {
  control: 'pod/no-host-namespaces', reason: 'it reads the counters of the node\'s own interfaces', owner: 'team-monitoring', expires: '2027-03-31', ticket: 'OPS-12', where: 'exemptions.yaml:3',
};

/** A bit of everything: violations of all kinds, exempted and known ones, a List, clean objects, a document that is no object. */
export function sample(): Assessment {
  return assessmentOf([...manifestsOf('shop.yaml'), ...manifestsOf('nodes.yaml')], {
    exempted: ({ control, object }) => control === HOST_NETWORK.control && object.name === 'node-exporter' ? HOST_NETWORK : undefined,
    known: ({ control }) => control === 'secret/no-plain-values',
    notKubernetes: 1,
  });
}
