// What can be wrong with the text of a template around its values, in words.
import type { Problem } from '@bamboo-ecs/release';
import type { Page } from './template-source.ts';

export function backslashBefore(page: Page, offset: number, name: string): Problem {
  return {
    severity: 'error',
    code: 'template-backslash',
    message: `a backslash stands before \${${name}} and would change the first character of its value`,
    place: page.place(offset),
    hint: `Write \`$\${${name}}\` for the text "\${${name}}", or two backslashes for one before the value.`,
  };
}

export function tooDeep(page: Page, offset: number, depth: number): Problem {
  return {
    severity: 'error',
    code: 'json-too-deep',
    message: `lists and objects are nested more than ${depth} deep`,
    place: page.place(offset),
    hint: 'No descriptor of ECS is; is this the right file?',
  };
}

export function renderedTooLong(page: Page, characters: number): Problem {
  return {
    severity: 'error',
    code: 'template-too-large',
    message: `with its values filled in, the template has more than ${characters.toLocaleString('en')} characters`,
    place: { file: page.file },
    hint: 'ECS takes task definitions of up to 64 KiB: a variable has a value that was not meant for a descriptor.',
  };
}
