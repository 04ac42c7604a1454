import { fieldsOf } from '../controls';
import { TypedMap, TypedValue, typedValue } from '../inventory';
import { shown } from '../errors';

/** What of a control says where to look, and what is good there. */
interface Control {
  readonly at: string | readonly string[];
  readonly allowed: { readonly [name: string]: unknown };
}

/** A field or an item, and what it is. */
export interface Suspect {
  readonly path: string;
  readonly value: TypedValue | undefined;
}

/** Of the control's fields those that fail alone; all of them if it takes several to fail. */
export function culprits(control: Control, owner: TypedMap, fails: (owner: TypedMap) => boolean): readonly string[] {
  const fields = fieldsOf(control);
  if (fields.length === 1) return fields;
  const alone = fields.filter((at) => fails(fields.reduce((copy, other) => other === at ? copy : withField(copy, other, allowedAt(control)), owner)));
  return alone.length > 0 ? alone : fields;
}

/** In a list the items that fail alone; else the field itself. */
export function itemPlaces(owner: TypedMap, at: string, fails: (owner: TypedMap) => boolean): readonly Suspect[] {
  const value = valueAt(owner, at);
  const items = Array.isArray(value) ? value.map((item: TypedValue, i) => ({ path: `${at}[${i}]`, value: item })) : [];
  const alone = items.filter((item) => fails(withField(owner, at, [item.value])));
  return alone.length > 0 ? alone : [{ path: at, value }];
}

/** What of a field makes an owner fail: items of lists, keys of maps, and of these as little as there is; else the field itself. */
export function partPlaces(owner: TypedMap, at: string, fails: (owner: TypedMap) => boolean): readonly Suspect[] {
  const value = valueAt(owner, at);
  const failsAs = (other: TypedValue | undefined) => fails(withField(owner, at, other));
  return partsAtFault(value, at, failsAs).flatMap(({ suspect, failsAs: failsPart }) => deepest(suspect, failsPart));
}

/** Of more parts than that none is tried beside all others: it would take their square. */
const MANY = 100;

interface Fault {
  readonly suspect: Suspect;
  /** Whether it fails with another value in this place. */
  readonly failsAs: (value: TypedValue | undefined) => boolean;
}

/**
 * In a list the items, in a map the keys that fail beside those that do not fail alone; else the list or map itself. Where it is a fault
 * to have none of them, they may all fail for want of each other, and then none is named.
 */
function partsAtFault(value: TypedValue | undefined, path: string, failsAs: Fault['failsAs']): readonly Fault[] {
  const parts = partsOf(value, path);
  const of = (some: readonly Part[]) => value instanceof Map ? new Map(some.map((part) => [part.key as string, part.value])) : some.map((part) => part.value);
  const good = parts.filter((part) => !failsAs(of([part])));
  const isGood = new Set(good);
  const beside = (part: Part) => parts.filter((other) => other === part || isGood.has(other));
  const alone = parts.filter((part) => !isGood.has(part));
  const bad = good.length === 0 || parts.length > MANY ? alone : alone.filter((part) => failsAs(of(beside(part))));
  if (bad.length === 0 || (good.length === 0 && failsAs(of([])))) return [{ suspect: { path, value }, failsAs }];
  return bad.map((part) => ({
    suspect: part,
    failsAs: (other) => failsAs(of(beside(part).flatMap((each) => each !== part ? [each] : other === undefined ? [] : [{ ...each, value: other }]))),
  }));
}

/** Within a map the one key without which it does not fail, within a list the items that do; as deep as that leads. */
function deepest({ path, value }: Suspect, failsAs: Fault['failsAs']): readonly Suspect[] {
  if (Array.isArray(value) && value.length > 0) {
    const faults = partsAtFault(value, path, failsAs);
    return faults.length === 1 && faults[0].suspect.path === path ? [{ path, value }] : faults.flatMap(({ suspect, failsAs: failsPart }) => deepest(suspect, failsPart));
  }
  if (!(value instanceof Map) || value.size > MANY) return [{ path, value }];
  const map = value as TypedMap;
  const needed = [...map].filter(([key]) => !failsAs(without(map, key)));
  if (needed.length !== 1) return [{ path, value }];
  const [[key, inner]] = needed;
  return deepest({ path: pathTo(path, key), value: inner }, (other) => failsAs(other === undefined ? without(map, key) : new Map([...map, [key, other]])));
}

function without(map: TypedMap, key: string): TypedMap {
  return new Map([...map].filter(([other]) => other !== key));
}

/** An item of a list, or a key of a map and what it has. */
interface Part {
  readonly key: string | number;
  readonly path: string;
  readonly value: TypedValue;
}

function partsOf(value: TypedValue | undefined, at: string): readonly Part[] {
  if (value instanceof Map) return [...value as TypedMap].map(([key, item]) => ({ key, path: pathTo(at, key), value: item }));
  return Array.isArray(value) ? value.map((item: TypedValue, key) => ({ key, path: `${at}[${key}]`, value: item })) : [];
}

/** The path of a key: `spec.type`, `metadata.annotations["x/y"]`. */
export function pathTo(at: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${at}.${key}` : `${at}[${JSON.stringify(key)}]`;
}

/** What the control's first allowed row puts at its field. */
export function allowedAt(control: Control): TypedValue | undefined {
  return typedValue(Object.values(control.allowed)[0], 'anything', '', []);
}

export function valueAt(owner: TypedValue | undefined, at: string): TypedValue | undefined {
  return at.split('.').reduce<TypedValue | undefined>((value, name) => value instanceof Map ? value.get(name) : undefined, owner);
}

export function withField(owner: TypedMap, at: string, value: TypedValue | undefined): TypedMap {
  const [name, ...rest] = at.split('.');
  const copy = new Map(owner);
  const inner = owner.get(name);
  const replaced = rest.length === 0 ? value : withField(inner instanceof Map ? inner : new Map(), rest.join('.'), value);
  if (replaced === undefined) copy.delete(name);
  else copy.set(name, replaced);
  return copy;
}

export function problemAt(field: string, value: TypedValue | undefined): string {
  return `${field} is ${value === undefined ? 'absent' : shown(plain(value))}`;
}

/** Back to JSON, for people to read. */
function plain(value: TypedValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : value;
}
