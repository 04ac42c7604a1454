import type { Params } from './params';
import type { ContainerList, Inventory, KubeObject } from '../inventory';

/** How bad it is when a control fails, worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The profiles, each including the ones before it: Pod Security's two, then what scanners ask beyond them. */
export const LEVELS = ['baseline', 'restricted', 'strict'] as const;
export type Level = (typeof LEVELS)[number];

/** Values by the name of the case they make: what is allowed, or denied, and why. `undefined` is a field that is not there. */
export interface Rows {
  readonly [name: string]: unknown;
}

/** An expression, and the Kubernetes release from which the rule is so. */
export interface CelSince {
  readonly since: string;
  readonly cel: string;
  /** Rows that hold from this release until the next step. */
  readonly allowed?: Rows;
  readonly denied?: Rows;
}

/** JSON merge patches of a compliant pod: its metadata, its spec, and each of its containers. */
export interface PodPatch {
  readonly metadata?: object;
  readonly spec?: object;
  readonly container?: object;
}

/**
 * Where else a control is asked for. An id stands here only if it was looked up and asks for the same; several of ours may
 * share one of theirs.
 */
export interface Frameworks {
  /** The check's id in Kubernetes' own pod-security-admission. */
  readonly pss?: string;
  /** Recommendations of the CIS Kubernetes Benchmark 1.12, such as `5.2.10`. */
  readonly cis?: readonly string[];
  /** Sections of the NSA/CISA Kubernetes Hardening Guide 1.2, by the names in frameworks.ts. */
  readonly nsa?: readonly string[];
  /** Risks of the OWASP Kubernetes Top 10, `K01` to `K10`. */
  readonly owasp?: readonly string[];
  /** Sections of NIST SP 800-190 (`800-190 4.4.3`) and controls of SP 800-53 (`800-53 AC-6`). */
  readonly nist?: readonly string[];
  /** Names by which the consoles of managed clusters print the inspection, such as `runAsRootAllowed`. */
  readonly console?: readonly string[];
  /** The counterparts' own ids. */
  readonly checkov?: readonly string[];
  readonly trivy?: readonly string[];
  readonly kubeLinter?: readonly string[];
  readonly kubescape?: readonly string[];
  readonly polaris?: readonly string[];
  readonly kubeScore?: readonly string[];
}

/** What every control has. Texts are fragments: a message is lower case without a final period, a remediation a whole sentence. */
export interface ControlFacts {
  /** `family/name`; reads after "exempt from". */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** The lowest profile that asks for it. */
  readonly level: Level;
  readonly frameworks: Frameworks;
  /** What must be so; follows "<field> is <value>, but". */
  readonly message: string;
  readonly remediation: string;
  /** What to write, as YAML of what `at` is a field of (the object, the pod's spec or the container); shown below a finding. */
  readonly snippet?: string;
  /** No exemption excuses it. @default false */
  readonly neverExempt?: true;
}

/** A control over pods: judged for every bare Pod and every pod template. */
export interface PodControl extends ControlFacts {
  readonly on: 'pod';
  /** True for what complies. Reads only `variables` (see variables.ts); a list, oldest first, where the rule changed. */
  readonly cel: string | readonly CelSince[];
  /** The first release that has the rule, where `cel` is one expression. @default '1.0' */
  readonly since?: string;
  /** The baseline control that this one is the stricter form of; only the stricter one is named. */
  readonly replaces?: string;
  /** Whose field `at` is. @default 'container' */
  readonly of?: 'container' | 'pod' | 'pod and container';
  /** The lists whose containers it is about: probes, say, are of regular containers alone. @default - all three */
  readonly lists?: readonly ContainerList[];
  /** The field that decides, or the fields; the rows replace it in a compliant pod. */
  readonly at: string | readonly string[];
  readonly allowed: Rows;
  readonly denied: Rows;
  /** Cases that one field cannot make, in the newest release. */
  readonly podsAllowed?: { readonly [name: string]: PodPatch };
  readonly podsDenied?: { readonly [name: string]: PodPatch };
  /** Makes a compliant pod one in which the rows decide: one on the host's network, say. */
  readonly base?: PodPatch;
  /** What its rows are judged by. @default DEFAULT_PARAMS */
  readonly params?: Params;
  /** What it is about may be secret, so that findings name a field or an item, and not its value. */
  readonly hides?: true;
  /** Pod controls that some of its rows break too. */
  readonly also?: readonly string[];
}

/** A control over single objects of certain kinds; its expression reads `object`, and `params`. */
export interface ObjectControl extends ControlFacts {
  /** As `group/Kind`, the core group being empty: `/Secret`, `apps/Deployment`; of whatever version. `*` is every kind there is. */
  readonly on: readonly string[];
  /** True for what complies; a list, oldest first, where the rule changed. The types of the fields it reads stand in object-shape.ts. */
  readonly cel: string | readonly CelSince[];
  /** The first release that has the rule, where `cel` is one expression. @default '1.0' */
  readonly since?: string;
  /** The field that decides, or the fields, by whole paths such as `spec.type`. */
  readonly at: string | readonly string[];
  /** A JSON merge patch that makes a compliant object of the kind one in which the rows decide: a Service, say, that is a LoadBalancer. */
  readonly base?: object;
  /** The same for one kind of several, on top of `base`. */
  readonly baseOf?: { readonly [groupAndKind: string]: object };
  /** What it is about may be secret, so no value is shown: `whole` names a field with its keys, `each` the keys that fail alone. */
  readonly hides?: 'whole' | 'each';
  /** Rows replace the fields `at`, one at a time, in the compliant object; each row those that have its type. */
  readonly allowed: Rows;
  readonly denied: Rows;
  /** Cases that one field cannot make, as JSON merge patches of the compliant object, in the newest release. */
  readonly objectsAllowed?: { readonly [name: string]: object };
  readonly objectsDenied?: { readonly [name: string]: object };
  /** Controls that some of its rows break too. */
  readonly also?: readonly string[];
}

/** What a control over the inventory found. */
export interface Sighting {
  readonly object: KubeObject;
  /** The field's whole path in its object; empty for the object itself. */
  readonly path: string;
  /** What is wrong, with the value given; lower case, no final period. */
  readonly problem: string;
}

/** What a control over the inventory is told beside it. */
export interface AskedOfInventory {
  /** The release of the cluster an object goes to. */
  readonly kubernetesVersion: (object: KubeObject) => string;
  readonly params: (object: KubeObject) => Params;
}

/** A control that needs more than one object, or that no expression can say. */
export interface InventoryControl extends ControlFacts {
  readonly on: 'inventory';
  readonly judge: (inventory: Inventory, asked: AskedOfInventory) => Sighting[];
  /** Rows are lists of manifests that stand side by side. */
  readonly allowed: Rows;
  readonly denied: Rows;
}

export type Control = PodControl | ObjectControl | InventoryControl;
