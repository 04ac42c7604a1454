/** The outside judges: a real API server, Terraform, an empty project. Each is skipped with a word where its tool is missing. */
module.exports = {
  ...require('./jest.config'),
  roots: ['<rootDir>/test/judges'],
  testPathIgnorePatterns: [],
  maxWorkers: 1,
  testTimeout: 600_000,
};
