export * from './built-in-resources';
export * from './dangers';
