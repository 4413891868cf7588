// The record of a run, opened in a real browser: it shows what it should and asks nobody for anything.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderRecordHtml } from '@bamboo-ecs/report';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pages as gallery } from '../../packages/report/test/histories/gallery.ts';
import { hostileRecordFor } from '../../packages/report/test/histories/hostile.ts';
import { findChromium, openPage, photograph } from './chromium.ts';
import { openTab } from './devtools.ts';
import type { Tab, View } from './devtools.ts';
import { coloursOf } from './png.ts';
import { requires } from './requires.ts';

const browser = findChromium();
const found = requires('a headless Chromium', browser !== undefined, 'apt-get install chromium');

const pages = new Map([...gallery].map(([name, html]) => [`/${name}.html`, html]));

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

/** All rules that axe has, the best practices too; what it finds with the first places of each. */
const axeRun = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(
  violations.map(({ id, nodes }) => ({ id, places: nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)) })),
))`;

if (found && browser !== undefined) {
  describe('the record in Chromium', () => {
    test('a crash: everything is in the document, the console is silent, nothing else is asked for', async () => {
      asked.length = 0;
      const { dom, console } = await openPage(browser, `${address}/crash.html`);
      expect(dom).toContain('<h1><bdi>hid-generator</bdi> <bdi>1.0.16.RELEASE</bdi> on <bdi>QA</bdi></h1>');
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
      for (const colour of ['#2463c9', '#a9b4c2', '#11663a'])
        expect(colours.get(colour)).toBeGreaterThan(200);
    }, 60_000);

    test('on a phone, in the dark: a dark page with the narrow picture, failures and the roll-back on it', async () => {
      const screen = { width: 390, height: 2400, dark: true };
      const colours = coloursOf(await photograph(browser, `${address}/crash.html`, screen));
      const [most] = [...colours].sort(([, a], [, b]) => b - a);
      expect(most?.[0]).toBe('#171c23');
      for (const colour of ['#5c6878', '#2bb5a4', '#ff928c']) expect(colours.get(colour)).toBeGreaterThan(50);
    }, 60_000);
  });

  describe('for everybody', () => {
    const views: readonly (readonly [string, View])[] = [
      ['a desk', { width: 1280 }],
      ['a desk in the dark', { width: 1280, dark: true }],
      ['a phone', { width: 360 }],
      ['a phone in the dark', { width: 360, dark: true }],
      ['paper', { width: 800, print: true }],
    ];
    let tab: Tab;

    beforeAll(async () => {
      tab = await openTab(browser);
    }, 60_000);

    afterAll(async () => {
      await tab.close();
    });

    test.each([...gallery.keys()])(
      '%s: no barrier, nothing wider than the screen, nothing loaded',
      async (name) => {
        for (const [on, view] of views) {
          await tab.show(`${address}/${name}.html`, view);
          // What is folded away must be good to read, too.
          await tab.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
          const wider = await tab.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          expect({ on, wider }).toEqual({ on, wider: 0 });
          expect(tab.requests).toEqual([`${address}/${name}.html`]);
          if (view.print) continue;
          await tab.evaluate(axe.source);
          expect({ on, barriers: JSON.parse(String(await tab.evaluate(axeRun))) as unknown }).toEqual({
            on,
            barriers: [],
          });
        }
      },
      120_000,
    );

    test('on paper nothing is folded away but the table of the picture', async () => {
      const folded = `JSON.stringify([...document.querySelectorAll('details:not([open])')].map((one) => [
        one.className === 'figures', one.lastElementChild.checkVisibility({ contentVisibilityProperty: true })]))`;
      const seen = async (view: View) => {
        await tab.show(`${address}/large.html`, view);
        return JSON.parse(String(await tab.evaluate(folded))) as readonly (readonly [boolean, boolean])[];
      };
      const onScreen = await seen({ width: 800 });
      expect(onScreen.length).toBeGreaterThan(2);
      expect(onScreen.filter(([, visible]) => visible)).toEqual([]);
      const onPaper = await seen({ width: 800, print: true });
      expect(onPaper.map(([, visible]) => visible)).toEqual(onPaper.map(([figures]) => !figures));
    }, 60_000);

    test('axe finds a barrier where there is one', async () => {
      pages.set('/barrier.html', '<!doctype html><html><body><img src="data:,"><p>x</p></body></html>');
      await tab.show(`${address}/barrier.html`, { width: 1280 });
      await tab.evaluate(axe.source);
      const found = JSON.parse(String(await tab.evaluate(axeRun))) as readonly { readonly id: string }[];
      expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(['html-has-lang', 'image-alt']));
    }, 60_000);
  });
}
