export * from './cloud';
export * from './cluster-dns';
export * from './cni';
export * from './ingress-controller';
export * from './nodes';
export * from './platform';
export * from './platform-facts';
export * from './service-mesh';
