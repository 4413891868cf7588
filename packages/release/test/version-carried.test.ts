import { expect, test } from '@jest/globals';
import { carriesVersion } from '@bamboo-ecs/release';

const version = '1.0.15.RELEASE';

test.each([
  'registry.example.com:5000/web:1.0.15.RELEASE',
  '1.0.15.RELEASE',
  'web:mycontainer-1.0.15.RELEASE',
  'web:v1.0.15.RELEASE',
  'web:1.0.15.RELEASE@sha256:abc',
  'web:11.0.15.RELEASE-1.0.15.RELEASE',
])('%s carries it', (text) => {
  expect(carriesVersion(text, version)).toBe(true);
});

test.each([
  'web:11.0.15.RELEASE',
  'web:3.1.0.15.RELEASE',
  'web:1.0.15.RELEASES',
  'web:1.0.15.MILESTONE',
  'web',
  '',
])('%j does not carry it', (text) => {
  expect(carriesVersion(text, version)).toBe(false);
});
