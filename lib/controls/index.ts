export * from './catalog';
export * from './control';
export * from './params';
export * from './variables';
