export * from './exemption';
