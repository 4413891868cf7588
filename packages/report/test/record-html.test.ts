import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { XMLValidator } from 'fast-xml-parser';
import { buildRecord, renderRecordHtml } from '../src/index.ts';
import type { RunRecord } from '../src/index.ts';
import { crash } from './histories/crash.ts';
import { installerFacts } from './histories/facts.ts';
import { hostileRecord } from './histories/hostile.ts';
import { play, start } from './histories/recorder.ts';
import { refusal } from './histories/refusal.ts';
import { deployment, newDeployment, oldDeployment, poll } from './histories/service.ts';
import { success } from './histories/success.ts';

const facts = installerFacts('1.0.16.RELEASE', 56);
const crashed = buildRecord(play(crash), facts);

/** What a reader sees: no style, no tags, single blanks. */
function visible(html: string): string {
  return html
    .replace(/<head>[\s\S]*?<\/head>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

function tags(html: string, name: string): readonly string[] {
  return [...html.matchAll(new RegExp(`<${name}\\b[^>]*>`, 'g'))].map(([tag]) => tag);
}

describe('renderRecordHtml', () => {
  test('tells the story: outcome, sentence, what to do, diagnosis, roll-back, plan, facts', () => {
    const text = visible(renderRecordHtml(crashed));
    const order = [
      'hid-generator 1.0.16.RELEASE on QA',
      'Failed, the version before is back',
      'did not come up on QA',
      'What to do: Read the container',
      'exit code 5: rollout failed or timed out; the version before is back and steady',
      'Diagnosis of hid-generator The container hid-generator exits with code 1',
      'Roll-back of hid-generator: ✓ steady',
      'Running tasks over 52 s: new tasks from 0 to 0, old from 2 to 0, restored to 2, desired 2, 3 tasks failed',
      'is unable to consistently start tasks',
      'container hid-generator image runs now: 1.0.15.RELEASE → will run: 1.0.16.RELEASE',
      'HID-GEN-15',
    ];
    let from = 0;
    for (const part of order) {
      const at = text.indexOf(part, from);
      expect({ part, found: at >= 0 }).toEqual({ part, found: true });
      from = at;
    }
  });

  test('needs nothing else: no script, no other file, and a policy that says so', () => {
    const html = renderRecordHtml(crashed);
    expect(
      /<script|<iframe|<object|<embed|<form|@import|javascript:|\son\w+=|\sstyle=/i.exec(html)?.[0],
    ).toBeUndefined();
    expect([...html.matchAll(/url\(([^)]*)\)/g)].every(([, target]) => target?.startsWith('#'))).toBe(true);
    expect(tags(html, 'link')).toEqual(['<link rel="icon" href="data:," />']);
    expect(html).toMatch(
      /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
    );
    expect(tags(html, 'a').every((tag) => /href="https?:/.test(tag))).toBe(true);
  });

  test('is well-formed', () => {
    for (const record of [crashed, hostileRecord]) {
      const html = renderRecordHtml(record)
        .replace('<!doctype html>', '')
        .replaceAll(/<details open>/g, '<details>');
      const body = html.slice(html.indexOf('<body>'), html.indexOf('</html>')).replaceAll('<br>', '<br/>');
      expect(XMLValidator.validate(body)).toBe(true);
    }
  });

  test('the picture has its areas and marks, twice: for the desk and for the phone', () => {
    const html = renderRecordHtml(crashed);
    for (const name of [
      'old',
      'new',
      'restored',
      'starting',
      'desired',
      'failed',
      'judged bad',
      'judged good',
    ]) {
      expect({ name, times: html.split(`class="${name}"`).length > 2 }).toEqual({ name, times: true });
    }
    expect(tags(html, 'svg').filter((tag) => tag.includes('role="img"'))).toHaveLength(2);
    expect(/NaN|Infinity|undefined|null/.exec(html)?.[0]).toBeUndefined();
  });

  test('the table for those who cannot see the picture has every sample', () => {
    const table = /The picture as a table[\s\S]*?<\/table>/.exec(renderRecordHtml(crashed))?.[0] ?? '';
    expect(tags(table, 'tr')).toHaveLength(1 + (crashed.timelines[0]?.samples.length ?? 0));
  });

  test('an expander record and an early failure have no picture', () => {
    const early = buildRecord(play(refusal), {
      program: 'expander',
      programVersion: '0.1.0',
      command: 'publish',
      startedAt: start,
      finishedAt: start,
    });
    const html = renderRecordHtml(early);
    expect(html).not.toContain('class="wide"');
    expect(visible(html)).toContain('Problems (4)');
    expect(visible(html)).toContain('Did you mean &quot;hostname&quot;?');
    const nothing = renderRecordHtml(
      buildRecord([], {
        program: 'installer',
        programVersion: '',
        command: '',
        startedAt: Number.NaN,
        finishedAt: 0,
      }),
    );
    expect(visible(nothing)).toContain('The run broke off before its summary.');
  });

  test('figures of any size are drawn', () => {
    const look = (at: number, running: number) =>
      poll({
        at,
        startedAt: 0,
        watch: newDeployment,
        desired: 5000,
        deployments: [
          deployment(newDeployment, { running, failed: at }),
          deployment(oldDeployment, { running: 5000 - running }),
        ],
      });
    const weeks = Array.from({ length: 2000 }, (_, index) => look(index * 900, index));
    const html = renderRecordHtml(buildRecord(play(weeks), facts));
    expect(/NaN|Infinity/.exec(html)?.[0]).toBeUndefined();
    expect(html).toContain('>2000<');
    expect(tags(html, 'text').length).toBeLessThan(2000);
    const one = renderRecordHtml(buildRecord(play([look(0, 0)]), facts));
    expect(one).toContain('role="img"');
  });
});

describe('what others wrote stays text', () => {
  const html = renderRecordHtml(hostileRecord);

  test('no tag, attribute or script comes out of it', () => {
    expect(/<(script|img|iframe|svg\/|a href="javascript)/i.exec(html)?.[0]).toBeUndefined();
    const attributes = [...html.matchAll(/<[a-z][^<>]*>/gi)].flatMap(([tag]) =>
      [...tag.replaceAll(/"[^"]*"/g, '""').matchAll(/\s([^\s=>/]+)/g)].map(([, name]) => name ?? ''),
    );
    expect(attributes.filter((name) => /^on|^style$|^srcdoc$|[<'"`]/i.test(name))).toEqual([]);
    const known = new Set([
      '!doctype',
      'html',
      'head',
      'meta',
      'link',
      'title',
      'style',
      'body',
      'main',
      'header',
      'section',
      'footer',
      'h1',
      'h2',
      'h3',
      'h4',
      'nav',
      'circle',
      'desc',
      'p',
      'bdi',
      'span',
      'strong',
      'code',
      'br',
      'ul',
      'ol',
      'li',
      'dl',
      'dt',
      'dd',
      'a',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'details',
      'summary',
      'div',
      'del',
      'ins',
      'figure',
      'figcaption',
      'svg',
      'defs',
      'pattern',
      'rect',
      'line',
      'path',
      'text',
    ]);
    const used = [...html.replace(/<style>[\s\S]*?<\/style>/, '').matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(
      ([, name]) => name ?? '',
    );
    expect(used.filter((name) => !known.has(name.toLowerCase()))).toEqual([]);
  });

  test('addresses that are not http are no links', () => {
    expect(tags(html, 'a')).toEqual([]);
    const good: RunRecord = {
      ...crashed,
      build: { ...crashed.build, url: 'https://bamboo.example.com/browse/A-B-1?a=1&b="2"' },
    };
    expect(renderRecordHtml(good)).toContain(
      'href="https://bamboo.example.com/browse/A-B-1?a=1&amp;b=%222%22"',
    );
  });

  test('characters that hide or turn a text become visible', () => {
    expect(['\u0000', '\u202e'].filter((character) => html.includes(character))).toEqual([]);
    expect(html).toContain('\ufffd');
  });
});

test('a success reads well, too', () => {
  const text = visible(renderRecordHtml(buildRecord(play(success), installerFacts('1.0.15.RELEASE', 136))));
  expect(text).toContain('Installed and steady hid-generator 1.0.15.RELEASE is installed');
  expect(text).not.toContain('Diagnosis');
});

test('the templates of the page are ASCII, as the bundles of the images must be', () => {
  const folder = path.join(import.meta.dirname, '../src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const offenders = sources.filter((name) =>
    /html`[^`]*[^\p{ASCII}`][^`]*`/u.test(readFileSync(path.join(folder, name), 'utf8')),
  );
  expect(offenders).toEqual([]);
});
