import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';
import { junitXml } from '../src/index.ts';
import type { RunEvent, Stamped } from '../src/index.ts';
import { crash } from './histories/crash.ts';
import { play, start } from './histories/recorder.ts';
import { refusal } from './histories/refusal.ts';
import { stopped } from './histories/stopped.ts';
import { success } from './histories/success.ts';

const schema = readFileSync(path.join(import.meta.dirname, 'fixtures', 'junit.xsd'), 'utf8');

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly time: string;
  readonly failure?: { readonly message: string; readonly '#text'?: string };
  readonly 'system-out'?: string;
}

function report(events: readonly Stamped[]): string {
  return junitXml(events, { suite: 'bamboo-ecs installer' });
}

function cases(xml: string): readonly Case[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    isArray: (name) => name === 'testcase',
  });
  const { testsuite } = parser.parse(xml) as { testsuite: { testcase: readonly Case[] } };
  return testsuite.testcase;
}

async function faults(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'report.xml', contents: xml }],
    schema: [{ fileName: 'junit.xsd', contents: schema }],
  });
  return errors.map(({ message }) => message);
}

const nasty = 'a\u0000b\u0008 \ud800 \uffff ]]> <x a="1">&amp; \u{1f4a5}\n\ttab $';

const hostile: readonly RunEvent[] = [
  {
    kind: 'problems',
    problems: [{ severity: 'error', code: nasty, message: nasty, hint: nasty, place: { file: nasty } }],
  },
  { kind: 'check', suite: nasty, name: nasty, failure: nasty, seconds: Number.NaN },
  { kind: 'check', suite: 'a$b', name: ' ', seconds: -1 },
  { kind: 'check', suite: 'a$b', name: ' ', failure: 'twice' },
  { kind: 'verdict', service: nasty, verdict: { kind: 'unknown', reason: nasty } },
];

const histories: readonly (readonly [string, readonly Stamped[]])[] = [
  ['success', play(success)],
  ['crash', play(crash)],
  ['refusal', play(refusal)],
  ['stop', play(stopped)],
  ['no event at all', []],
  ['a run that broke off', play(crash.slice(0, 14))],
  ['hostile texts', hostile.map((event) => ({ at: start, event }))],
];

describe('junitXml', () => {
  test.each(histories)('%s: valid, with at least one case', async (_, events) => {
    const xml = report(events);
    expect(await faults(xml)).toEqual([]);
    expect(cases(xml).length).toBeGreaterThan(0);
  });

  test('the schema refuses what Bamboo could not use', async () => {
    const good = report(play(crash));
    expect(await faults(good.replace('classname="bamboo-ecs installer.run"', 'classname="a$b"'))).not.toEqual(
      [],
    );
    expect(await faults(good.replaceAll(/<testcase[\s\S]*<\/testcase>/g, ''))).not.toEqual([]);
    expect(await faults(good.replace('<failure message=', '<failure massage='))).not.toEqual([]);
  });

  test('a check, the verdict and the outcome of a success pass', () => {
    const all = cases(report(play(success)));
    expect(all.map(({ classname, name, failure }) => [classname, name, failure])).toEqual([
      ['bamboo-ecs installer.release', 'hid-generator 1.0.15.RELEASE verified', undefined],
      ['bamboo-ecs installer.rollout', 'hid-generator', undefined],
      ['bamboo-ecs installer.run', 'outcome', undefined],
    ]);
    expect(all[1]?.time).toBe('132.000');
    expect(all[1]?.['system-out']).toContain('steady: 2 of 2 tasks run hid-generator:15');
  });

  test('a crash fails with reason and diagnosis; the roll-back passes', () => {
    const [, rollout, rollback, outcome] = cases(report(play(crash)));
    expect(rollout?.failure?.message).toBe(
      'failed: Crash loop: 3 tasks of hid-generator:16 (1.0.16.RELEASE) stopped for the same reason, exit code 1; 0 of 2 tasks run.',
    );
    expect(rollout?.failure?.['#text']).toMatch(
      /^Likely cause \(crash-loop\): .*\nEvidence:\n(.*\n){5}What to do: /,
    );
    expect([rollback?.classname, rollback?.failure]).toEqual(['bamboo-ecs installer.roll-back', undefined]);
    expect(outcome?.failure?.['#text']).toContain('Exit code 5: rollout failed');
  });

  test('every problem is a case: errors fail with what to do, warnings pass', () => {
    const all = cases(report(play(refusal)));
    expect(all.filter(({ failure }) => failure !== undefined)).toHaveLength(5);
    const [, first] = all;
    expect(first?.name).toBe('unknown-variable: descriptors/task-definition.json:2:16 bamboo_famly');
    expect(first?.failure).toMatchObject({
      message: 'the variable ${famly} is not known',
      '#text': 'What to do: Set the Bamboo variable famly, or did you mean ${family}?',
    });
    const warning = all.find(({ classname }) => classname.endsWith('.warnings'));
    expect(warning?.failure).toBeUndefined();
    expect(warning?.['system-out']).toContain('host port 1234 is fixed');
  });

  test('the attributes of the suite count what is there', () => {
    expect(report(play(refusal))).toContain(
      'tests="7" failures="5" errors="0" skipped="0" time="1.000" timestamp="2016-03-02T14:05:00"',
    );
  });

  test('a run without a summary fails', () => {
    const all = cases(report([]));
    expect(all).toHaveLength(1);
    expect(all[0]?.failure?.message).toBe('The run broke off before its summary.');
  });

  test('ten thousand equal problems get names of their own in no time', () => {
    const problem = { severity: 'error', code: 'same', message: 'same' } as const;
    const event: RunEvent = { kind: 'problems', problems: Array.from({ length: 10_000 }, () => problem) };
    const names = cases(report([{ at: 0, event }])).map(({ name }) => name);
    expect(new Set(names).size).toBe(10_001);
  });
});
