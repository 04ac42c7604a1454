export * from './assess';
export * from './assessment';
export * from './finding';
