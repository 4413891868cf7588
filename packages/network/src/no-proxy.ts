// NO_PROXY as curl, Go and Python read it, rewritten into what Node's agents understand.
import { isIPv4 } from 'node:net';

/** Never by a proxy, which would look for them on its own side; Go's and curl's users know it so, too. */
const thisMachine = ['localhost', '127.0.0.1', '::1', '[::1]'];

/**
 * The list for an agent. `example.com` counts for the hosts below it, too, as everywhere but in Node; an IPv4 network
 * in CIDR form becomes a range; spaces part as commas do.
 */
export function directHosts(noProxy: string): readonly string[] {
  const given = noProxy
    .split(/[\s,]+/u)
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
  return [...new Set([...given.flatMap(spelledOut), ...thisMachine])];
}

function spelledOut(entry: string): readonly string[] {
  const range = rangeOf(entry);
  if (range !== null) return [range];
  const name = entry.replace(/^\*?\./u, '');
  // Addresses, names with a port, and `*` stay as they are.
  return /^[a-z0-9._-]*[a-z][a-z0-9._-]*$/u.test(name) && !entry.includes(':')
    ? [name, `*.${name}`]
    : [entry];
}

/** `10.1.0.0/16` → `10.1.0.0-10.1.255.255` */
function rangeOf(entry: string): string | null {
  const [address = '', bits = '', more] = entry.split('/');
  if (more !== undefined || !isIPv4(address) || !/^\d{1,2}$/u.test(bits) || Number(bits) > 32) return null;
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(numberOf(address) / size) * size;
  return `${addressOf(first)}-${addressOf(first + size - 1)}`;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function addressOf(value: number): string {
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(value / unit) % 256).join('.');
}

/** Whether Node's agents go to the host directly, by the list of `directHosts`. */
export function goesDirectly(list: readonly string[], hostname: string, port: string): boolean {
  const host = hostname.toLowerCase();
  return list.some((entry) => {
    if (entry === '*' || entry === host || entry === `${host}:${port}`) return true;
    if (entry.startsWith('*.')) return host.endsWith(entry.slice(1));
    const [first = '', last = ''] = entry.split('-');
    if (!isIPv4(first) || !isIPv4(last) || !isIPv4(host)) return false;
    return numberOf(first) <= numberOf(host) && numberOf(host) <= numberOf(last);
  });
}
