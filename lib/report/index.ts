export * from './catalog';
export * from './control-page';
export * from './formats';
export * from './report-options';
