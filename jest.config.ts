// Native type stripping and ESM: no transform, the same stripper as production (style.md 4).
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  injectGlobals: false,
  randomize: true,
  coverageProvider: 'v8',
  roots: ['<rootDir>/packages', '<rootDir>/images', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/test/fixtures/'],
  testTimeout: 30_000,
};
