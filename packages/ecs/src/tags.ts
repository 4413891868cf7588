// Tags of AWS resources.
import type { Tag } from '@aws-sdk/client-ecs';

// "Tagging your Amazon ECS resources": letters, numbers, spaces and + - = . _ : / @, keys up to 128 and values up to
// 256 characters; the prefix aws: is AWS's own.
const notAllowed = /[^\p{L}\p{N}\p{Zs}+\-=._:/@]/gu;
const longestKey = 128;
const longestValue = 256;

/** Tags as AWS accepts them: other characters become `_`, what is too long is cut, keys that are empty or AWS's own are left out. */
export function toTags(tags: Readonly<Record<string, string>>): Tag[] {
  const allowed = Object.entries(tags).map(([key, value]) => ({
    key: clean(key, longestKey),
    value: clean(value, longestValue),
  }));
  return allowed.filter(({ key }) => key !== '' && !/^aws:/iu.test(key));
}

/** The tags of a request and ours; ours win where the key is the same. */
export function mergeTags(own: readonly Tag[], ours: readonly Tag[]): Tag[] {
  const keys = new Set(ours.map(({ key }) => key));
  return [...own.filter(({ key }) => !keys.has(key)), ...ours];
}

export function fromTags(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ key, value }) => [key ?? '', value ?? '']));
}

function clean(text: string, longest: number): string {
  return Array.from(text.replace(notAllowed, '_')).slice(0, longest).join('');
}
