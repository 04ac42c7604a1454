export * from './hardened-namespace';
export * from './hardened-namespace-props';
export * from './namespace-limits';
export { PodSecurityLevel } from './pod-security';
