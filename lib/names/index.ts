export * from './kubernetes-names';
export * from './terraform-token';
