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
  // Rollouts on real containers take minutes and a machine of their own: make test-containers.
  testPathIgnorePatterns: [
    '/node_modules/',
    '/test/fixtures/',
    ...(process.env['WITH_CONTAINERS'] === '1' ? [] : ['/test/containers/']),
  ],
  testTimeout: 30_000,
};
