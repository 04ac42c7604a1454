export * from './exemption';
export * from './golden';
export * from './identity';
export * from './namespace';
export * from './network';
export * from './platform';
export * from './rbac';
export * from './workload';
