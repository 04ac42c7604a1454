export * from './fault';
export * from './printable';
export * from './suggest';
