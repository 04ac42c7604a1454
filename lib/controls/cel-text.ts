/**
 * Pieces of expressions. A text in CEL stands in single quotes, with backslashes and quotes escaped.
 */
export function celText(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

export function celTexts(values: readonly string[]): string {
  return `[${values.map(celText).join(', ')}]`;
}

/** The value of an annotation; empty where there is none. */
export function celAnnotation(key: string): string {
  return `object.?metadata.?annotations[?${celText(key)}].orValue('')`;
}

/** Whether one of some annotations has one of the values that go with it. */
export function celAnnotated(annotations: { readonly [key: string]: readonly string[] }): string {
  return `(${Object.entries(annotations).map(([key, values]) => `${celAnnotation(key)} in ${celTexts(values)}`).join(' || ')})`;
}
