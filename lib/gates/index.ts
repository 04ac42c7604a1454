export * from './enforce';
