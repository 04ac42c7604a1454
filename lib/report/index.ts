export * from './formats';
export * from './report-options';
