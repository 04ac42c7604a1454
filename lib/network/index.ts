export * from './default-deny-network';
export * from './peer';
export * from './port';
