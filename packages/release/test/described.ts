// Requests and what a describe call gives back for them, written by hand after the API's shapes and taken from moto 5.2.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { differences, formatDifference, type DescriptorKind, type JsonObject } from '../src/index.ts';

export interface Described {
  readonly kind: DescriptorKind;
  readonly request: JsonObject;
  readonly described: JsonObject;
}

const folder = path.join(import.meta.dirname, 'fixtures/describe');

export function readDescribed(name: string): Described {
  return JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as Described;
}

export const allDescribed: readonly string[] = readdirSync(folder).map((file) =>
  path.basename(file, '.json'),
);

export function differenceLines(kind: DescriptorKind, current: JsonObject, wanted: JsonObject): string[] {
  return differences(kind, current, wanted).map((difference) => formatDifference(difference));
}
