// The page of `installer status`: each place with what is the matter, those in trouble first.
import type { ServiceStatus } from '@bamboo-ecs/rollout';
import { describe, expect, test } from '@jest/globals';
import { buildRecord, renderRecordHtml } from '../src/index.ts';
import { installerFacts } from './histories/facts.ts';
import { statusHistory, well } from './histories/places.ts';
import { play } from './histories/recorder.ts';

function visible(html: string): string {
  return html
    .replace(/<head>[\s\S]*?<\/head>/u, '')
    .replace(/<[^>]*>/gu, ' ')
    .replace(/\s+/gu, ' ');
}

function pageOf(statuses: readonly ServiceStatus[], secrets: readonly string[] = []): string {
  const events = play(statusHistory(statuses), [], secrets);
  return renderRecordHtml(buildRecord(events, { ...installerFacts('1.0.16.RELEASE', 2), command: 'status' }));
}

const ill: ServiceStatus = {
  ...well,
  environment: 'QA',
  health: 'unhealthy',
  sentence: '1.0.15.RELEASE (hid-generator:2): only 1 of 2 tasks run.',
  drift: ['service.desiredCount is 2 now, it was installed with 1.'],
  notes: ['The health of the targets could not be asked.'],
};

describe('the page of status', () => {
  test('has a section for each place, the one in trouble first, with what was changed by hand', () => {
    const html = pageOf([well, ill]);
    expect([...html.matchAll(/<h2>\s*<bdi>([^<]*)/gu)].map(([, name]) => name)).toEqual(['QA', 'Production']);
    const text = visible(html);
    expect(text).toMatch(/✕ unhealthy 1\.0\.15\.RELEASE .* Changed by hand service\.desiredCount is 2 now/u);
    expect(text).toContain('Built by HID-GEN-JOB1-15, build 15');
    expect(text).toContain('Not steady 1.0.16.RELEASE (hid-generator:3, build 16): failed, crash-loop');
    expect(text).toContain('The health of the targets could not be asked.');
    expect(text).toContain('✓ healthy');
  });

  test('says at which hook it waits, until when, and the commands for copying', () => {
    const paused: ServiceStatus = {
      ...well,
      health: 'in-progress',
      pauses: [
        {
          hook: 'approve',
          stage: 'POST_TEST_TRAFFIC_SHIFT',
          expiresAt: Date.UTC(2016, 2, 2, 15, 5),
          otherwise: 'ROLLBACK',
          goOn: 'installer continue --project=hid-generator',
          goBack: 'installer continue --project=hid-generator --action=rollback',
        },
      ],
    };
    const html = pageOf([paused]);
    expect(visible(html)).toMatch(
      /Paused: it waits at POST_TEST_TRAFFIC_SHIFT .* rolls it back by itself at 2016-03-02T15:05:00Z \(in 59 min/u,
    );
    expect(html).toContain('<code>installer continue --project=hid-generator</code>');
    expect(html).toContain('class="badge careful"');
  });

  test.each([
    ['absent', 'bad'],
    ['unhealthy', 'bad'],
    ['empty', 'careful'],
    ['in-progress', 'careful'],
    ['healthy', 'good'],
  ] as const)('%s has a colour and a sign of its own: %s', (health, tone) => {
    expect(pageOf([{ ...well, health }])).toContain(`class="badge ${tone}"`);
  });

  test('what others wrote stays text, and secrets are hidden in page and record', () => {
    const attack = '</dd><script>alert(1)</script>';
    const html = pageOf([{ ...ill, environment: attack, drift: [`hunter2 ${attack}`] }], ['hunter2']);
    expect(html).not.toMatch(/<script|hunter2/u);
  });

  test('other commands have no such member in their record', () => {
    const record = buildRecord([], installerFacts('1.0.16.RELEASE', 2));
    expect(record).not.toHaveProperty('statuses');
  });
});
