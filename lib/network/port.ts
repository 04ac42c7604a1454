import type { PortRule } from './rules';
import { faultAt, shown } from '../errors';
import { isPortName } from '../names';

/** A port of the destination's *pods* (not of its Service), or a range of them. */
export class Port {
  /** @throws if the number is not between 1 and 65535 */
  public static tcp(port: number): Port {
    return Port.numbered('Port.tcp', 'TCP', port);
  }

  /** @throws if the number is not between 1 and 65535 */
  public static udp(port: number): Port {
    return Port.numbered('Port.udp', 'UDP', port);
  }

  /** @throws if the number is not between 1 and 65535 */
  public static sctp(port: number): Port {
    return Port.numbered('Port.sctp', 'SCTP', port);
  }

  /**
   * All TCP ports from `first` to `last`, both included.
   * @throws if a number is not between 1 and 65535, or the last is below the first
   */
  public static tcpRange(first: number, last: number): Port {
    return Port.range('Port.tcpRange', 'TCP', first, last);
  }

  /**
   * All UDP ports from `first` to `last`, both included.
   * @throws if a number is not between 1 and 65535, or the last is below the first
   */
  public static udpRange(first: number, last: number): Port {
    return Port.range('Port.udpRange', 'UDP', first, last);
  }

  /**
   * The port that the destination's containers declare under this name, with its protocol; it stays right when the number
   * changes. Pods known by their labels alone are taken to declare it as TCP.
   * @throws if it is not a port name
   */
  public static named(name: string): Port {
    if (!isPortName(name)) throw faultAt('Port.named', `${shown(name)} is no port name`, 'use at most 15 lower-case letters, digits and single "-", with a letter among them');
    return new Port({ protocol: 'TCP', port: name });
  }

  private static numbered(factory: string, protocol: string, port: number): Port {
    if (!isPortNumber(port)) throw faultAt(factory, `port ${shown(port)} is not valid`, 'use a whole number from 1 to 65535');
    return new Port({ protocol, port });
  }

  private static range(factory: string, protocol: string, first: number, last: number): Port {
    Port.numbered(factory, protocol, first);
    Port.numbered(factory, protocol, last);
    if (last < first) throw faultAt(factory, `the range from ${first} to ${last} is empty`, `write ${factory}(${last}, ${first})`);
    return new Port(last === first ? { protocol, port: first } : { protocol, port: first, endPort: last });
  }

  private constructor(
    /** @internal */
    public readonly _rule: PortRule,
  ) {}
}

function isPortNumber(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}
