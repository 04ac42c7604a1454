export * from './default-deny-network';
export * from './deny-cloud-metadata';
export * from './peer';
export * from './port';
