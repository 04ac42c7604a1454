export * from './assess';
export * from './finding';
