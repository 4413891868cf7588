// What can be wrong with a tag, in words.
import type { Problem } from '@bamboo-ecs/release';
import type { Tag } from './tags.ts';
import type { Page } from './template-source.ts';

export function unclosed(page: Page, offset: number): Problem {
  return {
    severity: 'error',
    code: 'template-tag-unclosed',
    message: 'the placeholder that begins here has no closing brace',
    place: page.place(offset),
    hint: 'Close it with `}`, or write `$${` for a literal `${`.',
  };
}

const unsupportedTags: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  '>': ['partials (`${>name}`)', 'Put the text itself here: a template is one file.'],
  '{': ['unescaped values (`${{name}}`)', 'Write `${name}`: values are escaped for JSON.'],
  '&': ['unescaped values (`${&name}`)', 'Write `${name}`: values are escaped for JSON.'],
  '=': ['other delimiters (`${=…=}`)', 'Keep `${` and `}`, and write `$${` for a literal `${`.'],
};

export function unsupported(page: Page, offset: number, mark: string): Problem {
  const [what, hint] = unsupportedTags[mark] ?? ['tags of this kind', 'Write `${name}`.'];
  return {
    severity: 'error',
    code: 'template-tag-unsupported',
    message: `${what} are not supported`,
    place: page.place(offset),
    hint,
  };
}

export function notAName(page: Page, offset: number, name: string): Problem {
  const shown = JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);
  const message =
    name === '' ? 'the placeholder names no variable' : `${shown} is not the name of a variable`;
  return {
    severity: 'error',
    code: 'template-name',
    message,
    place: page.place(offset),
    hint: 'Names have letters, digits, `_`, and dots and hyphens between; there are no defaults, lists or expressions. Write `$${` for a literal `${`.',
  };
}

export function unopened(page: Page, tag: Tag): Problem {
  return {
    severity: 'error',
    code: 'template-section',
    message: `\`\${/${tag.name}}\` closes a section that is not open here`,
    place: page.place(tag.start),
    hint: `Open it with \`\${#${tag.name}}\` (or \`\${^${tag.name}}\`), or take this tag out.`,
  };
}

export function sectionNotClosed(page: Page, tag: Tag, before?: Tag): Problem {
  const place = page.place(tag.start);
  const where = before
    ? ` before \`\${/${before.name}}\` in line ${page.line(before.start)}`
    : ' anywhere after it';
  return {
    severity: 'error',
    code: 'template-section',
    message: `the section \`\${${tag.type}${tag.name}}\` that begins here is not closed${where}`,
    place,
    hint: `Close it with \`\${/${tag.name}}\`; sections close in the opposite order of their opening.`,
  };
}
