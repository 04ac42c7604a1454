import type { Chain, Code } from './code';
import { element, elementOf } from './equality';
import { Optional } from './optional';
import { CelError, isMap, Value } from './value';

/** `container.name`; on an optional it is again one. */
export function field(container: Code, name: string): Code {
  return (frame) => {
    const value = container(frame);
    if (isMap(value)) {
      const inner = value.get(name);
      if (inner !== undefined) return inner;
    } else if (value instanceof Optional) {
      return Optional.of(value.content === undefined ? undefined : fieldOf(value.content, name));
    }
    throw new CelError(`no such key: ${name}`);
  };
}

/** `container[key]`; on an optional it is again one. */
export function index(container: Code, key: Code): Code {
  return (frame) => {
    const value = container(frame);
    const at = key(frame);
    return value instanceof Optional ? Optional.of(value.content === undefined ? undefined : elementOf(value.content, at)) : element(value, at);
  };
}

/** `container.?name`, or `.name` within a chain. */
export function optionalField(container: Chain, name: string): Chain {
  return (frame) => {
    const value = container(frame);
    return value === undefined ? undefined : fieldOf(value, name);
  };
}

/** `value.?a.?b.?c` at once: most of what a catalog does is this. */
export function optionalPath(start: Code, names: readonly string[]): Chain {
  return (frame) => {
    let value: Value | undefined = start(frame);
    if (value instanceof Optional) value = value.content;
    for (let i = 0; i < names.length && value !== undefined; i++) value = fieldOf(value, names[i]);
    return value;
  };
}

/** `container[?key]`, or `[key]` within a chain. */
export function optionalIndex(container: Chain, key: Code): Chain {
  return (frame) => {
    const value = container(frame);
    return value === undefined ? undefined : elementOf(value, key(frame));
  };
}

/** Where a chain begins: at a value, or at an optional that somebody made. */
export function chainFrom(code: Code): Chain {
  return (frame) => {
    const value = code(frame);
    return value instanceof Optional ? value.content : value;
  };
}

/** What is no map has no fields. */
function fieldOf(value: Value, name: string): Value | undefined {
  return isMap(value) ? value.get(name) : undefined;
}
