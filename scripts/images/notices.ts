// The licence texts of everything whose code is in an image, in one file: minifying takes them out of the bundle.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const line = '-'.repeat(79);

const system = `Node.js, with its own parts: /usr/share/doc/node/LICENSE, or https://github.com/nodejs/node/blob/main/LICENSE.
The C and C++ libraries of Debian: /usr/share/doc/<package>/copyright (GNU LGPL 2.1 and GPL 3 with the GCC Runtime
Library Exception).
busybox (/bin/busybox): GNU GPL 2, unchanged; its sources are those of the Debian package busybox or of the official
image busybox that the image was built with: https://busybox.net/source.html.
The certificates in /etc/ssl/certs are Mozilla's, as Node carries them: Mozilla Public License 2.0.
`;

/** `packages`: folders under the root. Throws for a package that has neither a licence text nor the name of a licence. */
export function noticesOf(packages: readonly string[]): string {
  const parts = packages.map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(path.join(root, folder, 'package.json'), 'utf8'),
    ) as { name: string; version: string; license?: string };
    const texts = readdirSync(path.join(root, folder))
      .filter((file) => /^(licen[cs]e|copying|notice)/iu.test(file))
      .sort()
      .map((file) => readFileSync(path.join(root, folder, file), 'utf8').trim());
    if (texts.length === 0 && !license) throw new Error(`${name} ${version} names no licence`);
    return `${line}\n${name} ${version} (${license ?? 'see below'})\n\n${texts.join('\n\n')}\n`;
  });
  return `This image holds the work of others.\n\n${system}\n${parts.join('\n')}`;
}
