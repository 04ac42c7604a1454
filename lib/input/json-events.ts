import { DocumentEvent, Event, EVENT_ID, MappingEvent, PopEvent, ScalarEvent, SCALAR_STYLE, SequenceEvent } from './yaml-events';
import { InputFault } from './input-fault';
import { LIMITS } from './limits';

const SPACE = /[ \t\r\n]*/y;
/** What may not stand in a string is what JSON forbids there; escapes are read later, where the value is wanted. */
// eslint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const LITERAL = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)/y;

/** The place after white space. */
export function skipSpace(text: string, offset: number): number {
  SPACE.lastIndex = offset;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/**
 * Reads one value of JSON as the events that the same value would be in YAML, so that what reads those reads both. Only with a
 * reader of its own are all JSON files read (YAML knows neither pairs of surrogates nor tabs everywhere), and as kubectl reads them.
 * @returns the events, and the place after the value
 * @throws InputFault
 */
export function jsonEvents(text: string, start: number): { readonly events: Event[]; readonly end: number } {
  const events: Event[] = [DOCUMENT];
  /** What closes each open map or list; the last one is the innermost. */
  const open: string[] = [];
  let offset = skipSpace(text, start);
  /** What may come: a value; a key; either, or the end of an empty map or list. */
  let expected: 'value' | 'key' | 'first value' | 'first key' = 'value';
  for (;;) {
    const char = text[offset];
    if (expected.startsWith('first') && char === open.at(-1)) {
      // an empty map or list: closed below
    } else if (expected.endsWith('key')) {
      offset = colon(text, string(text, offset, events, 'a key in double quotes'));
      expected = 'value';
      continue;
    } else if (char === '{' || char === '[') {
      events.push(char === '{' ? { ...MAPPING, start: offset } : { ...SEQUENCE, start: offset });
      open.push(char === '{' ? '}' : ']');
      if (open.length > LIMITS.depth) throw new InputFault(offset, `maps and lists are nested deeper than ${LIMITS.depth} levels`);
      expected = char === '{' ? 'first key' : 'first value';
      offset = skipSpace(text, offset + 1);
      continue;
    } else if (char === '"') {
      offset = string(text, offset, events, 'a string');
    } else {
      offset = literal(text, offset, events);
    }
    if (events.length > LIMITS.nodes) throw new InputFault(offset, `the document has more than ${LIMITS.nodes} values; split it`);
    // After a value: close what ends here, until something goes on.
    for (;;) {
      offset = expected.startsWith('first') && text[offset] === open.at(-1) ? offset : skipSpace(text, offset);
      expected = 'value';
      const closer = open.at(-1);
      if (closer === undefined) return { events: [...events.splice(0), POP], end: offset };
      if (text[offset] === closer) {
        open.pop();
        events.push(POP);
        offset++;
        continue;
      }
      if (text[offset] !== ',') throw unexpected(text, offset, `"," or "${closer}"`);
      offset = skipSpace(text, offset + 1);
      expected = closer === '}' ? 'key' : 'value';
      break;
    }
  }
}
