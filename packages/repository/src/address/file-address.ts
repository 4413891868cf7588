import type { Result } from '@bamboo-ecs/release';
import type { FileAddress } from './address.ts';
import { addressProblem } from './problem.ts';

/** `file:/dir`, `file:///dir`, `file://localhost/dir`; `%20` and the like are decoded, so `%`, `?` and `#` are written `%25`, `%3F`, `%23`. */
export function parseFileAddress(address: string): Result<FileAddress> {
  const rest = address.slice('file:'.length);
  const [, host = '', path = ''] = /^(?:\/\/([^/]*))?(.*)$/s.exec(rest) ?? [];
  if (host !== '' && host.toLowerCase() !== 'localhost') {
    return refuse(address, `names the machine "${host}"`, `Did you mean file:/${host}${path}?`);
  }
  if (!path.startsWith('/')) {
    return refuse(address, 'is not an absolute path', 'Write the whole path: file:/dir.');
  }
  if (/[?#]/.test(path)) {
    return refuse(
      address,
      'has a part after "?" or "#"',
      'In the name of a folder write %3F or %23 for them.',
    );
  }
  const directory = decode(path);
  if (directory === null || directory.includes('\0')) {
    return refuse(address, 'has a "%" that begins no character', 'Write %25 for a percent sign.');
  }
  if (directory.split('/').some((segment) => segment === '..' || segment === '.')) {
    return refuse(address, 'contains "." or ".."', 'Write the path of the folder itself.');
  }
  const plain = directory.replace(/\/+/g, '/').replace(/\/$/, '');
  if (plain === '')
    return refuse(address, 'is the root of the file system', 'Name a folder for releases: file:/dir.');
  return { ok: true, value: { kind: 'file', directory: plain, shown: `file:${plain}` } };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function refuse(address: string, why: string, hint: string): Result<FileAddress> {
  return {
    ok: false,
    problems: [addressProblem('repository-address', `The folder of the repository ${why}: ${address}`, hint)],
  };
}
