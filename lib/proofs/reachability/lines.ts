import type { Reachability } from './reachability';
import type { Row } from './rows';

/** The ends of a row's lines, which are the same for every source that has the row. */
interface Endings {
  readonly destinations: Int32Array;
  readonly texts: readonly string[];
}

/** How much text is gathered before it is written. */
const CHUNK = 1 << 16;

/**
 * Writes who reaches whom: `SRC => DST : CONNECTIONS`, a line each, in the order of texts. A pair without any connection has no line,
 * nor has an end and itself, nor have IPv6 addresses.
 */
export function writeLines(reach: Reachability, write: (text: string) => void): void {
  const arrows = reach.destinations.map(({ label, range }) => range?.family === 128 ? undefined : ` => ${label} : `);
  const endings = new WeakMap<Row, Endings>();
  const endingsOf = (row: Row) => {
    let known = endings.get(row);
    if (!known) {
      const destinations = row.destinations.filter((destination) => arrows[destination] !== undefined);
      const connections = row.connections.filter((_, i) => arrows[row.destinations[i]] !== undefined);
      const texts = Array.from(destinations, (destination, i) => `${arrows[destination]}${reach.ports.textOf(connections[i])}\n`);
      endings.set(row, known = { destinations, texts });
    }
    return known;
  };
  let chunk = '';
  reach.sources.forEach(({ label, range }, source) => {
    if (range?.family === 128) return;
    const { destinations, texts } = endingsOf(reach.row(source));
    const own = destinations.indexOf(reach.destinationOf(source));
    const others = own === -1 ? texts : [...texts.slice(0, own), ...texts.slice(own + 1)];
    if (others.length > 0) chunk += label + others.join(label);
    if (chunk.length < CHUNK) return;
    write(chunk);
    chunk = '';
  });
  if (chunk !== '') write(chunk);
}
