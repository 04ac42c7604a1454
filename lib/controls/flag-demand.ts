import { commandLinesOf } from './command-line';
import type { Sighting } from './control';
import { CommandLine, Component, valueOf } from './flag';
import { shown } from '../errors';
import type { Inventory } from '../inventory';

/** Whether a flag's value will do; undefined where it is not given. A list's values are joined by commas, of others the last one counts. */
export type Demand = (value: string | undefined) => boolean;

/** What of a component's command lines does not meet a demand on some of its flags. */
export function flagsOff(component: Component, names: readonly string[], demand: Demand, unless: (line: CommandLine) => boolean = () => false) {
  return (inventory: Inventory) => commandLinesOf(inventory).filter((line) => line.component === component && !unless(line)).flatMap((line): Sighting[] => {
    const off = names.filter((name) => !demand(valueOf(line, name)));
    if (off.length === 0) return [];
    const problem = off.map((name) => `--${name} is ${valueOf(line, name) === undefined ? 'absent' : shown(valueOf(line, name))}`).join(' and ');
    return [{ object: line.object, path: line.flags.get(off[0])?.path ?? line.path, problem }];
  });
}

export const GIVEN: Demand = (value) => value !== undefined && value !== '';
export const ABSENT: Demand = (value) => value === undefined;
export const FALSE: Demand = (value) => value !== undefined && ['0', 'f', 'false'].includes(value.toLowerCase());
export const TRUE: Demand = (value) => value !== undefined && ['1', 't', 'true'].includes(value.toLowerCase());
export const LOOPBACK: Demand = (value) => value !== undefined && /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(value);

export function either(...demands: readonly Demand[]): Demand {
  return (value) => demands.some((demand) => demand(value));
}

export function atLeast(least: number): Demand {
  return (value) => value !== undefined && /^\d+$/.test(value) && Number(value) >= least;
}

export function naming(...items: readonly string[]): Demand {
  return (value) => items.every((item) => listed(value).includes(item));
}

export function notNaming(...items: readonly string[]): Demand {
  return (value) => !items.some((item) => listed(value).includes(item));
}

export function only(items: readonly string[]): Demand {
  return (value) => listed(value).length > 0 && listed(value).every((item) => items.includes(item));
}

const SECONDS: { readonly [unit: string]: number } = { ns: 1e-9, us: 1e-6, 'µs': 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** A duration as Go writes it, such as `1m30s`, of so many seconds at least and at most. */
export function lasting(least: number, most: number): Demand {
  return (value) => {
    const parts = [...(value ?? '').matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)];
    if (parts.length === 0 || parts.map(([part]) => part).join('') !== value) return false;
    const seconds = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * SECONDS[unit], 0);
    return seconds >= least && seconds <= most;
  };
}

function listed(value: string | undefined): string[] {
  return (value ?? '').split(',').filter((item) => item);
}

/** A feature gate that is not switched off; of several words about it the last one counts. */
export function notOff(gate: string): Demand {
  return (value) => !listed(value).filter((item) => item.startsWith(`${gate}=`)).slice(-1).some((item) => FALSE(item.slice(gate.length + 1)));
}
