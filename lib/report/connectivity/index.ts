export * from './dot';
export * from './graph';
export * from './html';
export * from './json';
export * from './mermaid';
export * from './texts';
