import type { Finding, GrantedExemption, JudgedObject } from '../assessment';
import { printable } from '../errors';
import type { KubeObject } from '../inventory';

/** More than any name of Kubernetes has, and less than what fills a screen. */
const LONGEST_NAME = 253;

/** Lines of what stands in Lists, so that a report which goes through objects in another order than theirs has each List read once. */
const LINES = new WeakMap<KubeObject, Map<string, number>>();

/** The line of a field of an object in its file; undefined where the object comes from no file. Costly: see Manifest. */
export function lineOf(object: KubeObject, path = ''): number | undefined {
  const { manifest, within } = object;
  if (!manifest.lineOf || within === '') return manifest.lineOf?.(path);
  const lines = LINES.get(object) ?? new Map<string, number>();
  LINES.set(object, lines);
  const line = lines.get(path) ?? manifest.lineOf(path === '' ? within : `${within}${path.startsWith('[') ? '' : '.'}${path}`);
  lines.set(path, line);
  return line;
}

/** Asks for the lines of all violations in the order of the input; what comes after may have any order. */
export function locateAll(objects: readonly JudgedObject[]): void {
  for (const { object, violations } of objects) if (object.within !== '') for (const path of ['', ...violations.map((finding) => finding.path)]) lineOf(object, path);
}

/** `k8s/shop.yaml:41`, or the construct's path. */
export function placeOf(object: KubeObject, path = ''): string {
  const line = lineOf(object, path);
  return line === undefined ? name(object.where) : `${name(object.manifest.where)}:${line}`;
}

/** `Deployment shop/web`, as far as the object says it. */
export function titleOf({ kind, namespace, name: own }: KubeObject): string {
  const full = [namespace, own].filter((part) => part).map((part) => name(part!)).join('/');
  return [name(kind) || 'Object', full || 'without a name'].join(' ');
}

/** `containers[1] "sidecar"`; empty for a finding about no container. */
export function containerOf({ container }: Finding): string {
  return container ? `${container.list}[${container.index}] "${name(container.name)}"` : '';
}

/** `k8s/shop.yaml:41 containers[1] "sidecar"`. */
export function findingPlace(finding: Finding): string {
  return [placeOf(finding.object, finding.path), containerOf(finding)].filter((part) => part).join(' ');
}

/** Where and what, on one line. */
export function placedLine(finding: Finding): string {
  return `${findingPlace(finding)}: ${prose(finding.message)}`;
}

/** `until 2027-03-31, by team-monitoring, OPS-12`. */
export function termsOf({ expires, owner, ticket }: GrantedExemption): string {
  return `until ${name(expires)}, by ${name(owner)}${ticket ? `, ${name(ticket)}` : ''}`;
}

/** A name as people read it: on one line, nothing in it that a terminal obeys, and no longer than names are. */
export function name(text: string): string {
  return printable(cut(text, LONGEST_NAME));
}

/** A sentence as people read it. */
export function prose(text: string): string {
  return printable(cut(text, 2000));
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text;
}
