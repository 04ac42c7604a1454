import { isNamedPort, NumberedPorts, Rule } from './policy';
import { PortSet, PortSets, PROTOCOLS } from './port-sets';
import type { ContainerPort } from './workloads';

/** What rules say of ports before it is known whose they are, by its number: numbered ports, and names that each pod resolves. */
export type PortSpec = number;

/** The named ports of a pod, by their number; 0 for what has none. */
export type PortNames = number;

interface Spec {
  readonly set: PortSet;
  /** `TCP/http`; `*` for any protocol. */
  readonly names: readonly string[];
}

/** A table of what rules say of ports, each kept once. */
export class PortSpecs {
  public readonly none: PortSpec;
  public readonly all: PortSpec;
  private readonly specs: Spec[] = [];
  private readonly lists = new Map<NonNullable<Rule['ports']>, PortSpec>();
  private readonly numbers = new Map<string, PortSpec>();
  private readonly unions = new Map<number, PortSpec>();
  private readonly resolved = new Map<number, PortSet>();
  private readonly pods: (readonly ContainerPort[])[] = [[]];
  private readonly podNumbers = new Map<string, PortNames>([['', 0]]);

  /** @param mentioned the names that rules use: no others tell pods apart */
  public constructor(private readonly ports: PortSets, private readonly mentioned: ReadonlySet<string>) {
    this.none = this.interned({ set: ports.none, names: [] });
    this.all = this.interned({ set: ports.all, names: [] });
  }

  public of({ ports }: Rule): PortSpec {
    if (!ports) return this.all;
    let spec = this.lists.get(ports);
    if (spec === undefined) this.lists.set(ports, spec = this.ofList(ports));
    return spec;
  }

  private ofList(ports: NonNullable<Rule['ports']>): PortSpec {
    const names = ports.filter(isNamedPort).map(({ protocol = '*', name }) => `${protocol}/${name}`);
    return this.interned({ set: this.ports.of(...ports.filter((port): port is NumberedPorts => !isNamedPort(port))), names: sorted(names) });
  }

  public union(a: PortSpec, b: PortSpec): PortSpec {
    if (a === b || b === this.none || a === this.all) return a;
    if (a === this.none || b === this.all) return b;
    const key = Math.min(a, b) * 2 ** 26 + Math.max(a, b);
    let result = this.unions.get(key);
    if (result === undefined) {
      const [left, right] = [this.specs[a], this.specs[b]];
      const set = this.ports.union(left.set, right.set);
      this.unions.set(key, result = this.interned({ set, names: set === this.ports.all ? [] : sorted([...left.names, ...right.names]) }));
    }
    return result;
  }

  public namesOf(containerPorts: readonly ContainerPort[]): PortNames {
    const known = containerPorts.length === 0 || this.mentioned.size === 0 ? [] : containerPorts.filter(({ name }) => this.mentioned.has(name));
    const key = known.map(({ name, protocol, port }) => `${name}/${protocol}/${port}`).join();
    let number = this.podNumbers.get(key);
    if (number === undefined) {
      this.podNumbers.set(key, number = this.pods.length);
      this.pods.push(known);
    }
    return number;
  }

  /** The ports meant on a destination with some named ports. What it has no name for is nothing; of several of one name the first counts. */
  public resolve(spec: PortSpec, names: PortNames): PortSet {
    if (this.specs[spec].names.length === 0) return this.specs[spec].set;
    const key = spec * 2 ** 26 + names;
    let result = this.resolved.get(key);
    if (result === undefined) {
      const found = this.specs[spec].names.flatMap((text) => {
        const [wanted, name] = text.split('/');
        return PROTOCOLS.filter((protocol) => wanted === '*' || wanted === protocol).flatMap((protocol) => {
          const port = this.pods[names].find((each) => each.name === name && each.protocol === protocol);
          return port && port.port >= 1 && port.port <= 65535 ? [{ protocol, low: port.port, high: port.port }] : [];
        });
      });
      this.resolved.set(key, result = this.ports.union(this.specs[spec].set, this.ports.of(...found)));
    }
    return result;
  }

  private interned(spec: Spec): PortSpec {
    const key = `${spec.set} ${spec.names.join()}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      this.numbers.set(key, number = this.specs.length);
      this.specs.push(spec);
    }
    return number;
  }
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
