// What a project may be called.
import type { Result } from './problem.ts';
import { quote } from './path.ts';
import { refuse } from './refuse.ts';

const longest = 100;

/**
 * A project's name becomes a folder, part of a file name, a property in Artifactory and a tag value in ECS: letters a–z
 * and A–Z, digits, `.`, `_`, `-`; not first a `.` or `-`; at most 100 characters.
 */
export function checkProjectName(name: string): Result<string> {
  const hint = 'Say with the setting "project" what it is called, as in hid-generator.';
  if (name === '') return refuse('project-name', 'The project name is empty.', hint);
  if (name.length > longest) {
    return refuse(
      'project-name',
      `The project name ${quote(name)} is longer than ${longest} characters.`,
      hint,
    );
  }
  const odd = /[^A-Za-z0-9._-]/u.exec(name);
  if (odd) {
    return refuse(
      'project-name',
      `The project name ${quote(name)} contains ${quote(odd[0])}; allowed are letters a-z, digits, ".", "_" and "-".`,
      hint,
    );
  }
  if (/^[.-]/.test(name)) {
    return refuse('project-name', `The project name ${quote(name)} begins with "${name.charAt(0)}".`, hint);
  }
  return { ok: true, value: name };
}
