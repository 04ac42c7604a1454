/** How much synth asks of every object; each level asks for all that the one before it does. */
export enum Profile {
  /** Pod Security's baseline, and what no object can do without: no known way to take over a node. */
  BASELINE = 'baseline',
  /** Pod Security's restricted, and what CIS, NSA/CISA and OWASP ask of manifests beyond it. */
  RESTRICTED = 'restricted',
  /** All that scanners ask for. */
  STRICT = 'strict',
}
