export * from './caveats';
export * from './lines';
export * from './reachability';
export * from './remark';
