/** Node strips the types; jest only has to be told that .ts files are modules. */
export default {
  testEnvironment: 'node',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/data/', '<rootDir>/web-client/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/data/'],
  testTimeout: 30000,
};
