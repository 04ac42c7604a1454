/** Where the entries of maps and lists are written. */
export type Places = Map<object, Map<string | number, number>>;

export function note(places: Places, holder: object, key: string | number, at: number): void {
  const known = places.get(holder);
  if (known) known.set(key, at);
  else places.set(holder, new Map([[key, at]]));
}
