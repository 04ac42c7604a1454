export * from './built-in-resources';
