// What the base image gives to ours: the libraries that Node loads, and the Debian packages that they came from.
const fs = require('node:fs');
const path = require('node:path');

const info = '/var/lib/dpkg/info';

function libraries() {
  return process.report.getReport().sharedObjects.filter((file) => file.startsWith('/'));
}

/** Name, version and paragraph of dpkg's status; none where the base is no Debian. */
function debianPackages() {
  if (!fs.existsSync(info)) return [];
  const files = libraries();
  const paragraphs = fs.readFileSync('/var/lib/dpkg/status', 'utf8').split(/\n\n+/u);
  const found = [];
  for (const list of fs
    .readdirSync(info)
    .filter((name) => name.endsWith('.list'))
    .sort()) {
    const owned = new Set(fs.readFileSync(path.join(info, list), 'utf8').split('\n'));
    // Since the /usr merge a package may list /lib/… for what Node loads as /usr/lib/…, or the other way about.
    const names = files.flatMap((file) => [file, file.replace(/^\/usr/u, ''), `/usr${file}`]);
    if (!names.some((name) => owned.has(name))) continue;
    const name = list.replace(/(:[^.]*)?\.list$/u, '');
    const paragraph = paragraphs.find((text) => text.startsWith(`Package: ${name}\n`))?.trim();
    const version = paragraph && /^Version: (.*)$/mu.exec(paragraph)?.[1];
    if (version) found.push({ name, version, paragraph });
  }
  return found;
}

module.exports = { debianPackages, libraries };
