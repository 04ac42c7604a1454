import type { GrantedExemption } from './assessment';
import { CATALOG, Control, isPodControl } from '../controls';
import { Fault, nearest, shown } from '../errors';
import type { KubeObject, Manifest } from '../inventory';

/** An exemption, and the objects it is for. */
export interface Exemption extends GrantedExemption {
  /** What stands for it in a report: kind `Exemption`, its name the control. */
  readonly manifest: Manifest;
  covers(object: KubeObject): boolean;
}

/** What stands for an exemption in a report. */
export function exemptionManifest(control: unknown, where: string, lineOf?: Manifest['lineOf']): Manifest {
  return { json: { kind: 'Exemption', metadata: typeof control === 'string' ? { name: control } : {} }, where, ...lineOf ? { lineOf } : {} };
}

/** What is said when an exemption is granted; whoever reads it has it checked before believing any of it. */
export interface ExemptionTerms {
  readonly control: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly ticket?: string;
}

/** What is wrong with an exemption's terms on a day such as `2026-03-31`; that it has expired is not: it did once hold. */
export function exemptionFaults({ control, reason, owner, expires, ticket }: ExemptionTerms, today: string, catalog: readonly Control[] = CATALOG): Fault[] {
  return [
    ...controlFaults(control, catalog),
    ...textFaults('reason', reason, 'say why the control may fail here'),
    ...textFaults('owner', owner, 'name the team that answers for it'),
    ...expiryFaults(expires, today),
    ...ticket === undefined ? [] : textFaults('ticket', ticket, 'give the ticket, or leave it out'),
  ];
}

/** Whether an exemption from one control excuses a finding of another: its own, or the weaker form of its own. */
export function excuses(exempted: string, found: string, catalog: readonly Control[] = CATALOG): boolean {
  if (exempted === found) return true;
  const control = catalog.find(({ id }) => id === exempted);
  return control !== undefined && isPodControl(control) && control.replaces === found;
}

/** The last day that an exemption granted on a day may name: the same day of the next year. */
export function latestExpiry(today: string): string {
  const [year, month, day] = today.split('-').map(Number);
  // The 29th of February has no next year; its month ends a day before.
  return isoDay(Date.UTC(year + 1, month - 1, month === 2 && day === 29 ? 28 : day));
}

export function hasExpired({ expires }: { readonly expires: string }, today: string): boolean {
  return expires < today;
}

/** A day in UTC, as `2026-03-31`. */
export function isoDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function controlFaults(control: string, catalog: readonly Control[]): Fault[] {
  const known = catalog.find(({ id }) => id === control);
  if (known?.neverExempt) return [{ problem: `nothing can be exempt from ${control}`, remedy: 'mend what it found, and take the exemption out' }];
  if (known) return [];
  if (!isText(control)) return [{ problem: `control is ${missing(control)}`, remedy: 'give the id that the finding names, such as "pod/no-privileged"' }];
  const [near] = nearest(control, catalog.map(({ id }) => id));
  return [{ problem: `there is no control ${shown(control)}`, remedy: near ? `did you mean ${shown(near)}?` : '"cdk8s-hardened controls" lists them' }];
}

function textFaults(name: string, value: unknown, remedy: string): Fault[] {
  return isText(value) ? [] : [{ problem: `${name} is ${missing(value)}`, remedy }];
}

function expiryFaults(expires: string, today: string): Fault[] {
  const latest = latestExpiry(today);
  if (!isDay(expires)) return [{ problem: `expires is ${missing(expires)}`, remedy: `give the last day on which it holds as "YYYY-MM-DD", at the latest "${latest}"` }];
  if (expires > latest) return [{ problem: `expires ${shown(expires)} is more than a year away`, remedy: `give ${latest} or earlier and renew it when it ends` }];
  return [];
}

/** Whether a text is a day that there is. */
function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && isoDay(time) === text;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function missing(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  return value === '' ? 'empty' : shown(value);
}
