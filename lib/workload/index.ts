export * from './pod-hardening-options';
export * from './secure-cron-job';
export * from './secure-daemon-set';
export * from './secure-deployment';
export * from './secure-job';
export * from './secure-stateful-set';
export type { VolumeClaim } from './volume-claim';
