export * from './code';
export * from './compile';
export * from './value';
