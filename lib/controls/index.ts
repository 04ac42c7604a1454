export * from './catalog';
export * from './control';
export * from './frameworks';
export * from './params';
export * from './projectable';
export * from './variables';
