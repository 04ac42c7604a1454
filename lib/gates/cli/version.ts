/** The version of this package. */
export function toolVersion(): string {
  return (require('../../../package.json') as { readonly version: string }).version;
}
