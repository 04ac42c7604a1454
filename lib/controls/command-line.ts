import { CommandLine, Component, Flag, give } from './flag';
import { KUBEADM_KINDS, linesOfKubeadm } from './kubeadm';
import type { Inventory, KubeObject } from '../inventory';

const COMPONENTS: readonly Component[] = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kubelet'];
const KNOWN = new WeakMap<Inventory, readonly CommandLine[]>();

/** Every command line of a component: of static pods and others, and what kubeadm makes of its configuration. Read once. */
export function commandLinesOf(inventory: Inventory): readonly CommandLine[] {
  let lines = KNOWN.get(inventory);
  if (!lines) KNOWN.set(inventory, lines = [...inventory.objects.flatMap(linesOfPod), ...KUBEADM_KINDS.flatMap((kind) => inventory.ofKind(kind).flatMap(linesOfKubeadm))]);
  return lines;
}

interface Word {
  readonly text: string;
  readonly path: string;
}

function linesOfPod(object: KubeObject): CommandLine[] {
  const containers = object.pod?.spec.get('containers');
  if (!object.pod || !Array.isArray(containers)) return [];
  const { path } = object.pod;
  return (containers as ReadonlyMap<string, unknown>[]).flatMap((container, i): CommandLine[] => {
    const at = `${path}.containers[${i}]`;
    const { component, rest } = started(wordsOf(container, at), container.get('name')) ?? {};
    if (component === undefined || rest === undefined) return [];
    const flags = flagsOf(rest);
    return [{ component, object, path: `${at}.${container.has('command') ? 'command' : 'args'}`, flags: component === 'etcd' ? withEnvironment(flags, container.get('env'), at) : flags }];
  });
}

const SHELLS = new Set(['ash', 'bash', 'dash', 'sh']);
/** Programs that start another one. */
const STARTERS = new Set([...SHELLS, 'dumb-init', 'go-runner', 'hyperkube', 'tini']);

/** The component that some words start, and its own ones; an image that starts it itself is given flags alone, and known by its container's name. */
function started(words: readonly Word[], name: unknown): { component: Component; rest: readonly Word[] } | undefined {
  if (words.length === 0) return undefined;
  if (words[0].text.startsWith('-')) {
    const component = COMPONENTS.find((each) => each === name);
    return component && { component, rest: words };
  }
  const at = STARTERS.has(baseName(words[0].text)) ? words.findIndex(({ text }) => componentOf(text) !== undefined) : 0;
  const component = at === -1 ? undefined : componentOf(words[at].text);
  return component && { component, rest: words.slice(at + 1) };
}

/** The words of a command; a text that a shell is to read has several. */
function wordsOf(container: ReadonlyMap<string, unknown>, at: string): Word[] {
  const items = ['command', 'args'].flatMap((name) => {
    const list = container.get(name);
    return Array.isArray(list) ? (list as unknown[]).flatMap((text, i) => typeof text === 'string' ? [{ text, path: `${at}.${name}[${i}]` }] : []) : [];
  });
  if (items.length === 0 || !SHELLS.has(baseName(items[0].text))) return items;
  return items.flatMap(({ text, path }) => text.split(/\s+/).filter((word) => word).map((word) => ({ text: unquoted(word), path })));
}

function componentOf(word: string): Component | undefined {
  return COMPONENTS.find((component) => component === baseName(word));
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** Flags as Go programs read them: `--name=value`, `--name value`, and `--name` alone, which is true. */
function flagsOf(words: readonly Word[]): Map<string, Flag> {
  const flags = new Map<string, Flag>();
  words.forEach(({ text, path }, i) => {
    const [, name, value] = /^--?([A-Za-z][^=\s]*)(?:=(.*))?$/s.exec(text) ?? [];
    if (name === undefined) return;
    const next = words[i + 1]?.text;
    give(flags, name, unquoted(value ?? (next === undefined || /^--?[A-Za-z]/.test(next) ? 'true' : next)), path);
  });
  return flags;
}

function unquoted(value: string): string {
  return value.replace(/^(['"])(.*)\1$/s, '$2');
}

/** etcd also reads variables named like its flags, which come second. */
function withEnvironment(flags: Map<string, Flag>, env: unknown, path: string): Map<string, Flag> {
  (Array.isArray(env) ? env as ReadonlyMap<string, unknown>[] : []).forEach((variable, i) => {
    const [, name] = /^ETCD_([A-Z_]+)$/.exec(String(variable.get?.('name'))) ?? [];
    const value = variable.get?.('value');
    const flag = name?.toLowerCase().replace(/_/g, '-');
    if (flag !== undefined && !flags.has(flag) && typeof value === 'string') flags.set(flag, { values: [value], path: `${path}.env[${i}]` });
  });
  return flags;
}
