// VERSION: a file with nothing but the version.
import { none, refused } from './source.ts';
import type { Reader } from './source.ts';

export const readVersionFile: Reader = (file) => {
  const lines = file.text.split('\n').flatMap((text, index) => {
    const trimmed = text.trim();
    return trimmed === '' || trimmed.startsWith('#') ? [] : [{ trimmed, line: index + 1 }];
  });
  const [first, second] = lines;
  if (!first) return none('it is empty');
  if (second) {
    return refused(
      file,
      'It has more than one line.',
      { line: second.line },
      'Leave the version as its only line, as in 1.0.15.',
    );
  }
  return {
    kind: 'stated',
    text: first.trimmed,
    flavour: 'template',
    place: { file: file.path, line: first.line },
  };
};
