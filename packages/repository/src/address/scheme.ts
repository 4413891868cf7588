// An address whose beginning we do not know: say what it was probably meant to be.
import type { Problem } from '@bamboo-ecs/release';
import { addressProblem } from './problem.ts';

const forms = 'https://host/artifactory/<repo>[/<prefix>], s3://bucket[/prefix] or file:/dir';

export function unknownScheme(address: string): Problem {
  const meant = guess(address);
  return addressProblem(
    'repository-address',
    `The address of the repository begins with no scheme that is known: ${address}`,
    meant ? `Did you mean ${meant}?` : `Write ${forms}.`,
  );
}

function guess(address: string): string | null {
  const arn = /^arn:aws[a-z-]*:s3:::(.+)$/i.exec(address)?.[1];
  if (arn) return `s3://${arn}`;
  if (/^(\/|\.{1,2}\/|~)/.test(address)) {
    return address.startsWith('/') ? `file:${address}` : 'file:/ with the whole path of the folder';
  }
  if (/^[a-z]:[\\/]/i.test(address)) return 'file:/dir (as the container sees the folder)';
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(address) ?? [];
  if (rest) {
    const lower = scheme.toLowerCase();
    if (/^h?t{0,2}p?s?$/.test(lower) && lower !== 's') return `https://${rest}`;
    if (/^(s3[an]?|aws|s)$/.test(lower)) return `s3://${rest}`;
    if (/^(fil|files|fiel|folder|dir)$/.test(lower)) return `file:/${rest.replace(/^\/+/, '')}`;
    return null;
  }
  if (/^[a-z0-9.-]+(:\d+)?\/.*artifactory/i.test(address)) return `https://${address}`;
  return null;
}
