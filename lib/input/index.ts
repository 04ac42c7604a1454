export * from './allowance';
export * from './documents';
