/** Everything under test/; what needs a server or Terraform says so and is skipped where there is none. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test', '<rootDir>/examples'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: { '^cdk8s-hardened$': '<rootDir>/lib' },
  // Types are checked once, by tsc, before the tests; here they are only taken off.
  transform: { '^.+\\.ts$': ['ts-jest', { isolatedModules: true, diagnostics: false }] },
  testTimeout: 60_000,
};
