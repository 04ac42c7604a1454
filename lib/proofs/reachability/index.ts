export { rangesOfBlock } from './addresses';
export * from './caveats';
export * from './lines';
export type { PortRange, PortSet } from './port-sets';
export * from './reachability';
export * from './remark';
