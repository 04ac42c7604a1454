/**
 * Everything that is written in one JSON value and not, with the same value, in another; as paths. The items of a list must all be
 * there, in their order; others may stand between them.
 */
export function lost(written: unknown, result: unknown, path = ''): string[] {
  if (Array.isArray(written)) {
    if (!Array.isArray(result)) return [path];
    let next = 0;
    return written.flatMap((item, i) => {
      const found = result.findIndex((candidate, at) => at >= next && lost(item, candidate).length === 0);
      if (found === -1) return [`${path}[${i}]`];
      next = found + 1;
      return [];
    });
  }
  if (written !== null && typeof written === 'object') {
    if (result === null || typeof result !== 'object') return [path];
    return Object.entries(written).flatMap(([key, value]) => lost(value, (result as { [key: string]: unknown })[key], `${path}.${key}`));
  }
  return Object.is(written, result) ? [] : [path];
}
