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

/**
 * In a list the items, in a map the keys that fail beside those that do not fail alone; else the field itself. Where it is a fault to
 * have none of them, they may all fail for want of each other, and then none is named.
 */
export function partPlaces(owner: TypedMap, at: string, fails: (owner: TypedMap) => boolean): readonly Suspect[] {
  const value = valueAt(owner, at);
  const parts = partsOf(value, at);
  const only = (some: readonly Part[]) => value instanceof Map ? new Map(some.map((part) => [part.key as string, part.value])) : some.map((part) => part.value);
  const failsWith = (some: readonly Part[]) => fails(withField(owner, at, only(some)));
  const good = parts.filter((part) => !failsWith([part]));
  const bad = parts.filter((part) => !good.includes(part) && (good.length === 0 || failsWith(parts.filter((other) => other === part || good.includes(other)))));
  return bad.length === 0 || (good.length === 0 && failsWith([])) ? [{ path: at, value }] : bad;
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
