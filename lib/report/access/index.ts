export * from './blast-radius';
export { chainText } from './chains';
export * from './mermaid';
export * from './text';
