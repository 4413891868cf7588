// The last words of containers in the printers: as a block, readable whatever the program wrote.
import { describe, expect, test } from '@jest/globals';
import type { Diagnosis, LogTail } from '@bamboo-ecs/rollout';
import { createMasker, junitXml, textSink, type RunEvent, type Stamped } from '../src/index.ts';
import { createEventMasker } from '../src/mask/mask-event.ts';

const start = Date.UTC(2026, 10, 24, 2);

function tail(members: Partial<LogTail> = {}): LogTail {
  return {
    container: 'web',
    task: '0123',
    where: 'log group /ecs/web, stream web/web/0123',
    lines: [
      { at: start + 61_000, text: 'INFO starting' },
      { at: start + 62_000, text: 'Error: connect ECONNREFUSED 10.0.3.7:5432' },
    ],
    ...members,
  };
}

function diagnosis(...logs: readonly LogTail[]): Diagnosis {
  return {
    cause: 'crash-loop',
    sentence: 'It crashes.',
    advice: 'Mend it.',
    evidence: [],
    confidence: 'certain',
    logs,
  };
}

function lines(...logs: readonly LogTail[]): readonly string[] {
  const written: string[] = [];
  const sink = textSink({ write: (line) => written.push(line), colour: false });
  sink({ at: start, event: { kind: 'diagnosis', service: 'web', diagnosis: diagnosis(...logs) } });
  return written;
}

describe('the last words in the text log', () => {
  test('where the output is kept is not told twice: what to do has it already', () => {
    expect(lines(tail({ lines: [], note: 'Mend it' }))).toEqual(lines());
    expect(lines(tail({ lines: [], note: 'It is kept nowhere.' })).join('\n')).toContain(
      'It is kept nowhere.',
    );
  });

  test('a heading, then each line behind a bar', () => {
    expect(lines(tail())).toEqual([
      '  Diagnosis of web (crash-loop, certain)',
      '    Likely cause: It crashes.',
      '    What to do:   Mend it.',
      '    Last words of web (task 0123), log group /ecs/web, stream web/web/0123:',
      '      | INFO starting',
      '      | Error: connect ECONNREFUSED 10.0.3.7:5432',
    ]);
  });

  test('what was left away, and why there are none', () => {
    expect(lines(tail({ cut: true })).at(-3)).toBe('      | ...');
    expect(lines(tail({ lines: [], note: 'The log group /ecs/web does not exist.' })).at(-1)).toBe(
      '      The log group /ecs/web does not exist.',
    );
  });

  test('nothing in a line steers the terminal or makes a line of its own', () => {
    const hostile = tail({
      lines: [{ text: 'a\u001b[31mb\rc\nd\u202ee' }],
      container: 'we\nb',
      where: 'x\ty',
    });
    for (const line of lines(hostile))
      // eslint-disable-next-line no-control-regex
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/u);
    expect(lines(hostile).filter((line) => line.startsWith('      | ')).length).toBe(3);
  });
});

describe('the last words in the JUnit report', () => {
  const report = (...logs: readonly LogTail[]): string => {
    const events: readonly RunEvent[] = [
      { kind: 'verdict', service: 'web', verdict: { kind: 'failed', reason: 'It failed.' } },
      { kind: 'diagnosis', service: 'web', diagnosis: diagnosis(...logs) },
    ];
    return junitXml(
      events.map((event): Stamped => ({ at: start, event })),
      { suite: 'installer' },
    );
  };

  test('are part of the failed test case', () => {
    expect(report(tail())).toContain(
      [
        'Likely cause (crash-loop, certain): It crashes.',
        'What to do: Mend it.',
        'Last words of web (task 0123), log group /ecs/web, stream web/web/0123:',
        '  | INFO starting',
        '  | Error: connect ECONNREFUSED 10.0.3.7:5432',
      ].join('\n'),
    );
  });

  test('cannot break the document, and cannot make it large', () => {
    const text = ']]></failure><x a="\u0000\u001b\ufffe\ud800&amp;';
    const many = Array.from({ length: 30 }, () => ({ text: text.repeat(8) }));
    const xml = report(tail({ lines: many }), tail({ lines: many }), tail({ lines: many }));
    expect(xml).not.toContain('</failure><x');
    // eslint-disable-next-line no-control-regex
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe]|[\ud800-\udfff]/u);
    expect(xml.length).toBeLessThan(150_000);
  });
});

test('secrets of the settings are hidden in them', () => {
  const mask = createEventMasker(createMasker(['hunter2-hunter2']));
  const event: RunEvent = {
    kind: 'diagnosis',
    service: 'web',
    diagnosis: diagnosis(tail({ lines: [{ text: 'using hunter2-hunter2' }], where: 'hunter2-hunter2' })),
  };
  expect(JSON.stringify(mask(event))).not.toContain('hunter2');
});
