export * from './ip-address';
export * from './kubernetes-names';
export * from './terraform-token';
