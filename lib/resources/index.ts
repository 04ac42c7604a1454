export * from './api-versions';
export * from './built-in-resources';
export * from './dangers';
