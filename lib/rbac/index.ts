export * from './rule';
export * from './scoped-role';
export { Subject } from './subject';
