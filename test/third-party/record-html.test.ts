// The record of a run, opened in a real browser: it shows what it should and asks nobody for anything.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildRecord, renderRecordHtml } from '@bamboo-ecs/report';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { crash } from '../../packages/report/test/histories/crash.ts';
import { installerFacts } from '../../packages/report/test/histories/facts.ts';
import { hostileRecordFor } from '../../packages/report/test/histories/hostile.ts';
import { play } from '../../packages/report/test/histories/recorder.ts';
import { success } from '../../packages/report/test/histories/success.ts';
import { findChromium, openPage, photograph } from './chromium.ts';
import { coloursOf } from './png.ts';
import { requires } from './requires.ts';

const browser = findChromium();
const found = requires('a headless Chromium', browser !== undefined, 'apt-get install chromium');

const pages = new Map([
  ['/crash.html', renderRecordHtml(buildRecord(play(crash), installerFacts('1.0.16.RELEASE', 56)))],
  ['/success.html', renderRecordHtml(buildRecord(play(success), installerFacts('1.0.15.RELEASE', 136)))],
]);

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const page = pages.get(request.url ?? '');
  response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(page);
});
let address = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  pages.set('/hostile.html', renderRecordHtml(hostileRecordFor(`${address}/leak`)));
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

if (found && browser !== undefined) {
  describe('the record in Chromium', () => {
    test('a crash: everything is in the document, the console is silent, nothing else is asked for', async () => {
      asked.length = 0;
      const { dom, console } = await openPage(browser, `${address}/crash.html`);
      expect(dom).toContain('<h1>hid-generator 1.0.16.RELEASE on QA</h1>');
      expect(dom).toContain('</footer>');
      expect(dom.match(/<svg class="(wide|narrow)"/g)).toHaveLength(2);
      expect(console).toEqual([]);
      expect(asked).toEqual(['/crash.html']);
    }, 60_000);

    test('a record full of attacks: no script runs, nothing is loaded, nothing is told to the console', async () => {
      asked.length = 0;
      const { dom, console } = await openPage(browser, `${address}/hostile.html`);
      expect(dom.match(/<(script|img|iframe)\b/gi)).toBeNull();
      expect(dom).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(console).toEqual([]);
      expect(asked).toEqual(['/hostile.html']);
    }, 60_000);

    test('the picture shows old, new and desired tasks in their colours', async () => {
      const colours = coloursOf(
        await photograph(browser, `${address}/success.html`, { width: 1000, height: 1200 }),
      );
      expect(colours.size).toBeGreaterThan(50);
      for (const colour of ['#2463c9', '#a9b4c2', '#14713a'])
        expect(colours.get(colour)).toBeGreaterThan(200);
    }, 60_000);

    test('on a phone, in the dark: a dark page with the narrow picture, failures and the roll-back on it', async () => {
      const screen = { width: 390, height: 2400, dark: true };
      const colours = coloursOf(await photograph(browser, `${address}/crash.html`, screen));
      const [most] = [...colours].sort(([, a], [, b]) => b - a);
      expect(most?.[0]).toBe('#171c23');
      for (const colour of ['#5c6878', '#2bb5a4', '#ff8a84']) expect(colours.get(colour)).toBeGreaterThan(50);
    }, 60_000);
  });
}
