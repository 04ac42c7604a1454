/** The line, from 1, of a place in a text. The places of the line breaks are looked up once, when first asked. */
export function linesOf(text: string): (at: number) => number {
  let starts: number[] | undefined;
  return (at) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** @param text in which every `\r\n` is a `\n` already, so that a `\r` is a line break of its own */
function lineStarts(text: string): number[] {
  const starts = [0];
  const isBreak = text.includes('\r') ? /[\n\r]/g : /\n/g;
  for (const { index } of text.matchAll(isBreak)) starts.push(index + 1);
  return starts;
}
