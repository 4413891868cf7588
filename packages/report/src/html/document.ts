import { createHash } from 'node:crypto';
import { html, htmlText, verbatim } from './html.ts';
import type { Html, Part } from './html.ts';
import { style } from './style/style.ts';

/** The policy allows this one style sheet and nothing else: no script, no picture, no font, no form, from nowhere. */
const styleHash = createHash('sha256').update(style).digest('base64');
/** In one piece: the hash is over every character between the tags. */
const styleElement = verbatim(`<style>${style}</style>`);
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;

export interface Document {
  /** What the browser's tab says. */
  readonly title: string;
  readonly main: Part;
  /** One sentence: by whom and when the page was written. */
  readonly footer: Html;
}

/** A whole page that needs nothing else: no script, no other file, no network. */
export function documentText({ title, main, footer }: Document): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        <main>${main}</main>
        <footer>${footer}</footer>
      </body>
    </html> `;
  return htmlText(page);
}
