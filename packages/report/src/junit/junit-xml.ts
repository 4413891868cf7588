import type { Stamped } from '../event.ts';
import { iso } from '../record/iso.ts';
import { testCases } from './test-cases.ts';
import type { TestCase } from './test-cases.ts';
import { xmlAttribute, xmlText } from './xml.ts';

export interface JunitOptions {
  /** Name of the test suite; the first part of every class name. */
  readonly suite: string;
}

/**
 * The run as JUnit XML, one `testsuite`, for Bamboo's JUnit parser. Of it Bamboo reads: `testsuite/@name`,
 * `testcase/@classname` (only without a `$`), `@name` and `@time`; `failure/@message` and the text in `failure`, both
 * shown one under the other; `system-out`. It does not show `@message` of an `error`, so there are failures only
 * (Atlassian, "JUnit parsing in Bamboo"). There is always at least one case: a parser that finds none fails its task.
 */
export function junitXml(events: readonly Stamped[], { suite }: JunitOptions): string {
  const cases = withOwnNames(testCases(events));
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const first = events[0]?.at ?? 0;
  const last = events.at(-1)?.at ?? first;
  const attributes = [
    `name="${xmlAttribute(suite)}"`,
    `tests="${cases.length}"`,
    `failures="${failures}"`,
    'errors="0"',
    'skipped="0"',
    `time="${seconds((last - first) / 1000)}"`,
    // Without a zone, as the schemas ask for; it is UTC.
    `timestamp="${iso(first).slice(0, 19)}"`,
  ].join(' ');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite ${attributes}>`,
    ...cases.flatMap((one) => caseLines(one, suite)),
    '</testsuite>',
    '',
  ].join('\n');
}

function caseLines(one: TestCase, suite: string): readonly string[] {
  const classname = `${suite}.${one.group}`.replaceAll('$', '_');
  const open = `  <testcase classname="${xmlAttribute(classname)}" name="${xmlAttribute(one.name)}" time="${seconds(one.seconds)}"`;
  const { failure, output } = one;
  const inside = [
    ...(failure === undefined
      ? []
      : [
          `    <failure message="${xmlAttribute(failure.message)}" type="${xmlAttribute(one.group)}">${xmlText(failure.text)}</failure>`,
        ]),
    ...(output === undefined ? [] : [`    <system-out>${xmlText(output)}</system-out>`]),
  ];
  return inside.length === 0 ? [`${open}/>`] : [`${open}>`, ...inside, '  </testcase>'];
}

/** Two cases of one name would be counted as one test by Bamboo: the second gets a number. */
function withOwnNames(cases: readonly TestCase[]): readonly TestCase[] {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  return cases.map((one) => {
    const base = one.name.trim() === '' ? one.group : one.name;
    const key = (name: string): string => `${one.group}\n${name}`;
    let number = numbers.get(key(base)) ?? 1;
    let name = base;
    while (taken.has(key(name))) {
      number += 1;
      name = `${base} (${number})`;
    }
    taken.add(key(name));
    numbers.set(key(base), number);
    return Object.assign({}, one, { name });
  });
}

function seconds(value: number): string {
  return Number.isFinite(value) ? Math.max(0, value).toFixed(3) : '0.000';
}
