export * from './fault';
export * from './suggest';
