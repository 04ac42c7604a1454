export * from './hardened-validation';
export * from './validation-context';
