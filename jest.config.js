/** Everything that needs nothing but Node. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test', '<rootDir>/examples'],
  testPathIgnorePatterns: ['<rootDir>/test/judges/', '<rootDir>/test/fuzz/'], // their own commands: npm run judges, npm run fuzz
  testMatch: ['**/*.test.ts'],
  setupFiles: ['<rootDir>/test/fixed-seed.js'],
  moduleNameMapper: {
    '^cdk8s-hardened$': '<rootDir>/lib',
    '^(?:\\.\\./)+(cel/parser)$': '<rootDir>/build/$1', // written by scripts/bundle.js
  },
  // Types are checked once, by tsc, before the tests; here they are only taken off.
  transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
  testTimeout: 60_000,
};
