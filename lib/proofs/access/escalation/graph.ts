import { Holder, holderOf, holderOfRole, metBy, Need, Needs } from './holdings';
import { At, NEEDS, Place, Step, stepsOf } from './steps';
import type { World } from './world';
import { Access, groupKey, SubjectGrants, subjectKey } from '../access';
import { accountOf, BoundSubject } from '../rbac-object';

/** From one place to another; without a step where somebody simply is there, too. */
export interface Edge {
  readonly from: Place;
  readonly to: Place;
  readonly step?: Step;
}

/** What leads to what: places, and the edges that go out from each. */
export interface Graph {
  readonly out: ReadonlyMap<Place, readonly Edge[]>;
  /** Who stands at a place. */
  subjectAt(place: Place): BoundSubject | undefined;
}

/** Works out all steps of all subjects. It grows with the bindings, not with the pairs of subjects. */
export function graphOf(access: Access, world: World): Graph {
  return new GraphBuilder(access, world).build();
}

class GraphBuilder implements Graph {
  public readonly out = new Map<Place, Edge[]>();
  private readonly needs = new Needs(NEEDS);
  private readonly subjects = new Map<Place, BoundSubject>();
  private readonly minor: number;

  constructor(private readonly access: Access, private readonly world: World) {
    this.minor = Number(access.kubernetesVersion.split('.')[1]);
  }

  public subjectAt(place: Place): BoundSubject | undefined {
    return this.subjects.get(place);
  }

  public build(): Graph {
    for (const grants of this.access.subjects.values()) this.subject(grants.subject, grants);
    for (const namespace of this.world.namespaces) this.namespace(namespace);
    this.identities();
    return this;
  }

  private add(from: Place, to: Place, step?: Step): void {
    const others = this.out.get(from);
    if (others) others.push({ from, to, step });
    else this.out.set(from, [{ from, to, step }]);
    if (to.startsWith('role ') && !this.out.has(to)) this.role(to);
  }

  private subject(subject: BoundSubject, own?: SubjectGrants): void {
    const place = At.subject(subject);
    if (this.subjects.has(place)) return;
    this.subjects.set(place, subject);
    const groups = groupsOf(subject).flatMap((group) => this.access.subjects.get(groupKey(group)) ?? []);
    for (const group of groups) this.add(place, At.subject(group.subject));
    if (subject.kind === 'Group' && subject.name === 'system:masters') this.add(place, At.admin);
    if (own) this.steps(place, holderOf(own, groups));
  }

  /** The rights of a role that somebody took. */
  private role(place: Place): void {
    this.out.set(place, []);
    const [kind, namespace, name, where] = JSON.parse(place.slice('role '.length));
    this.steps(place, holderOfRole(this.access.role(kind, namespace, name)!, where));
  }

  private steps(place: Place, holder: Holder): void {
    const cluster = this.needs.concerned(holder.cluster);
    if (cluster.length > 0) this.stepsIn(place, '', cluster);
    for (const namespace of holder.namespaces) {
      const inNamespace = this.needs.concerned(holder.in(namespace));
      if (inNamespace.length > 0) this.stepsIn(place, namespace, [...cluster, ...inNamespace]);
    }
  }

  private stepsIn(place: Place, namespace: string, held: ReturnType<Needs['concerned']>): void {
    const { access, world, minor } = this;
    const met = (...needs: readonly Need[]) => needs.length === 1 ? metBy(held, needs[0]) : needs.flatMap((need) => metBy(held, need));
    for (const step of stepsOf({ access, world, minor, namespace, held, met })) {
      // Others are steps of a group, or of what is held in the whole cluster.
      if (step.met.some(({ own }) => own) && (namespace === '' || step.met.some((each) => each.namespace === namespace))) this.add(place, step.to, step);
    }
  }

  private namespace(namespace: string): void {
    const { world } = this;
    const places = [[At.accounts, world.accountsIn(namespace)], [At.running, world.runningIn(namespace)], [At.tokens, [...world.tokensIn(namespace).values()]]] as const;
    for (const [at, accounts] of places) {
      this.add(at(''), at(namespace));
      for (const account of accounts) {
        this.subject(account, this.access.subjects.get(subjectKey(account)));
        this.add(at(namespace), At.subject(account));
      }
    }
    for (const role of this.access.rolesIn(namespace)) this.add(At.roles(namespace), At.role(role, namespace));
    // Whoever has every right there takes Pod Security's label off, too.
    this.add(At.everything(namespace), At.accounts(namespace));
    this.add(At.everything(namespace), At.node);
  }

  private identities(): void {
    for (const { subject } of this.access.subjects.values()) {
      if (subject.kind === 'User' && !accountOf(subject.name)) this.add(At.users, At.subject(subject));
      // No signer takes a certificate of this group.
      if (subject.kind === 'Group' && subject.name !== 'system:masters') this.add(At.certified, At.subject(subject));
    }
    this.add(At.certified, At.users);
    this.add(At.certified, At.accounts(''));
  }
}

/** The groups that somebody is in by himself. */
function groupsOf(subject: BoundSubject): string[] {
  const { kind, name } = subject;
  const account = kind === 'ServiceAccount' ? subject : kind === 'User' ? accountOf(name) : undefined;
  if (account) return ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${account.namespace}`];
  return name === 'system:anonymous' || name === 'system:unauthenticated' || name === 'system:authenticated' ? [] : ['system:authenticated'];
}
