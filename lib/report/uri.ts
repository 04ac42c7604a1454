/** More than a path can have; only what is no file is longer. */
const LONGEST_PATH = 4096;

/** A file's name as a URI, relative to the root where it lies below it; slashes whichever way they lean. */
export function uriOf(file: string, root?: string): string {
  const path = slashed(file.slice(0, LONGEST_PATH));
  const below = root === undefined ? '' : `${slashed(root).replace(/\/$/, '')}/`;
  const relative = below !== '' && path.startsWith(below) ? path.slice(below.length) : path;
  if (/^[A-Za-z]:\//.test(relative)) return `file:///${relative.slice(0, 2)}${encoded(relative.slice(2))}`;
  if (relative.startsWith('/')) return `file://${encoded(relative)}`;
  return encoded(relative.replace(/^(\.\/+)+/, '')) || '.';
}

function slashed(file: string): string {
  return file.replaceAll('\\', '/');
}

/** Half a pair of UTF-16 is no character, and has no encoding. */
function encoded(path: string): string {
  return path.replace(/\p{Cs}/gu, '\ufffd').split('/').map(encodeURIComponent).join('/');
}
