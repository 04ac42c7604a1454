import { Caveat, Difference, Explanation, PortSet, PortSets, placeOf, Reachability, Remark } from '../../proofs/reachability';
import { jsonText } from '../json-text';

/** What else is said of the input. */
export interface Remarks {
  /** Policies that the API server refuses, and that are left out. */
  readonly refused: readonly Remark[];
  readonly caveats: readonly Caveat[];
}

/** Everything, IPv6 too, as one object; the connections in the order of the lines. */
export function writeJson(reach: Reachability, remarks: Remarks, write: (text: string) => void): void {
  write('{\n');
  writeItems('workloads', reach.workloads.map(({ label, namespace, name, kind, pods }) => () => ({
    label, namespace, name, kind, files: [...new Set(pods.map(({ object }) => object.manifest.where))], hostNetwork: pods.some(({ hostNetwork }) => hostNetwork),
  })), write);
  const rangesOf = (ends: Reachability['sources']) => ends.flatMap(({ range, label }) => range ? [label] : []);
  write(`  "ranges": ${text({ sources: rangesOf(reach.sources), destinations: rangesOf(reach.destinations) })},\n`);
  writeItems('connections', connectionsOf(reach), write);
  writeRemarks(remarks, write);
  write('}\n');
}

/** What a change opens and closes. */
export function writeDifferenceJson({ changes, ports }: Difference, remarks: Remarks, write: (text: string) => void): void {
  write('{\n');
  for (const what of ['opened', 'closed'] as const) {
    const item = ({ source, destination, [what]: set }: Difference['changes'][number]) => () => ({ source: source.label, destination: destination.label, ...connections(set, ports) });
    writeItems(what, changes.filter((change) => change[what] !== ports.none).map(item), write);
  }
  writeRemarks(remarks, write);
  write('}\n');
}

export function explanationJson({ source, destination, protocol, port, allowed, sides }: Explanation, ports: PortSets): string {
  return `${jsonText({
    source: source.label, destination: destination.label, protocol, port, allowed,
    sides: sides.map(({ direction, subject, allowed: passes, reasons }) => ({
      direction, subject: subject.label, allowed: passes,
      reasons: reasons.map(({ object, path, verb, ports: others }) => ({
        verb, kind: object.kind, namespace: object.namespace, name: object.name, path, place: placeOf({ object, path, problem: '', remedy: '' }),
        ...others === undefined ? {} : { connections: ports.textOf(others) },
      })),
    })),
  })}\n`;
}

function* connectionsOf(reach: Reachability): Generator<() => object> {
  for (let source = 0; source < reach.sources.length; source++) {
    const row = reach.row(source);
    for (let i = 0; i < row.destinations.length; i++) {
      if (row.destinations[i] === reach.destinationOf(source)) continue;
      yield () => ({ source: reach.sources[source].label, destination: reach.destinations[row.destinations[i]].label, ...connections(row.connections[i], reach.ports) });
    }
  }
}

function connections(set: PortSet, ports: PortSets): object {
  return { connections: ports.textOf(set), ports: ports.rangesOf(set).map(({ protocol, low, high }) => ({ protocol, from: low, to: high })) };
}

function writeRemarks({ refused, caveats }: Remarks, write: (text: string) => void): void {
  const remark = ({ object: { kind, namespace, name }, path, problem, remedy }: Remark, place: string) => ({ place, kind, namespace, name, path, problem, remedy });
  writeItems('refused', refused.map((each) => () => remark(each, placeOf(each))), write);
  writeItems('caveats', caveats.map((each) => () => ({ topic: each.topic, ...remark(each, placeOf(each)) })), write, '\n');
}


/** A list of items, a line each, so that it may be long. */
function writeItems(name: string, items: Iterable<() => object>, write: (text: string) => void, after = ',\n'): void {
  let chunk = `  ${JSON.stringify(name)}: [`;
  let separator = '\n';
  for (const item of items) {
    chunk += `${separator}    ${text(item())}`;
    separator = ',\n';
    if (chunk.length < 1 << 16) continue;
    write(chunk);
    chunk = '';
  }
  write(`${chunk}${separator === '\n' ? '' : '\n  '}]${after}`);
}

function text(value: unknown): string {
  return jsonText(value, { indent: 0 });
}
