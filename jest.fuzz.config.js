/** Hostile input, a great deal of it: FUZZ_RUNS inputs (100,000 unless told) from SEED, which is printed. */
module.exports = {
  ...require('./jest.config'),
  roots: ['<rootDir>/test/fuzz'],
  testPathIgnorePatterns: [],
  maxWorkers: 1,
  testTimeout: 24 * 60 * 60 * 1000,
};
