export * from './cluster-scoped-kinds';
export * from './inventory';
export * from './kube-object';
export * from './label-selector';
export * from './manifest';
export * from './pod';
export * from './pod-shape';
export * from './typed-value';
