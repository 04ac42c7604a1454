export * from './rule';
export * from './scoped-cluster-role';
export * from './scoped-role';
export { Subject } from './subject';
