/** A sentence as lines of at most so many characters; a word that is longer stands alone. */
export function wrapped(sentence: string, columns: number): string[] {
  const most = Math.max(20, columns);
  if (sentence.length <= most) return [sentence];
  const lines: string[] = [];
  let line = '';
  for (const word of sentence.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
