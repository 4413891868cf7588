// The three templates of a project, from its folder.
import { decodeTemplate, type TemplateSource } from '@bamboo-ecs/expansion';
import { whyUnread, type FileRead, type RunContext } from '@bamboo-ecs/program';
import { descriptorKinds, type DescriptorKind, type Problem } from '@bamboo-ecs/release';
import path from 'node:path';

const templateLimit = 1024 * 1024;

export interface LoadedTemplates {
  readonly templates: readonly TemplateSource[];
  /** Of the ones that are not among the templates: errors; of the others warnings. */
  readonly problems: readonly Problem[];
}

/** Those that can be read, and every reason why the others cannot. */
export async function loadTemplates(context: RunContext): Promise<LoadedTemplates> {
  const folder = context.settings.text('templates') ?? 'descriptors';
  const whole = await context.files.read(folder, 0);
  if (whole.kind !== 'folder') return { templates: [], problems: [noFolder(folder, whole)] };
  const present = await context.files.list(folder);
  const problems: Problem[] = [];
  const templates: TemplateSource[] = [];
  for (const kind of descriptorKinds) {
    const file = path.posix.join(folder, `${kind}.json`);
    const read = await context.files.read(file, templateLimit);
    if (read.kind !== 'file') {
      problems.push(whyNot(read, file, kind, present));
      continue;
    }
    const text = decodeTemplate(read.bytes, file);
    if (text.ok) {
      templates.push({ kind, file, text: text.value });
      problems.push(...(text.warnings ?? []));
    } else problems.push(...text.problems);
  }
  return { templates, problems };
}

function noFolder(folder: string, read: Exclude<FileRead, { kind: 'folder' }>): Problem {
  const why = read.kind === 'file' || read.kind === 'too-large' ? 'is a file, not a folder' : whyUnread(read);
  return problem(
    'templates-folder',
    `the folder of the templates ${why}`,
    folder,
    `Make it, with ${descriptorKinds.join('.json, ')}.json in it, or set templates to the folder that holds them.`,
  );
}

function whyNot(
  read: Exclude<FileRead, { kind: 'file' }>,
  file: string,
  kind: DescriptorKind,
  present: readonly string[],
): Problem {
  switch (read.kind) {
    case 'missing':
      return missing(file, kind, present);
    case 'folder':
      return problem('template-folder', `the template ${whyUnread(read)}`, file, `Make ${kind}.json a file.`);
    case 'outside':
      return problem(
        'template-outside',
        `the template ${whyUnread(read)}`,
        file,
        'Copy the file into the checkout.',
      );
    case 'too-large':
      return problem(
        'template-too-large',
        `the template ${whyUnread(read)}, and 1 MiB is the most`,
        file,
        'A descriptor is a few kilobytes; is this the right file?',
      );
    case 'unreadable':
      return problem(
        'template-unreadable',
        `the template ${whyUnread(read)}`,
        file,
        'It must be an ordinary file that the user of the container may read.',
      );
  }
}

/** A name that differs only in case, signs or ending is probably meant. */
function missing(file: string, kind: DescriptorKind, present: readonly string[]): Problem {
  const letters = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/gu, '');
  const taken = new Set(descriptorKinds.map((other) => `${other}.json`));
  const similar = present.find((name) => !taken.has(name) && letters(name).includes(letters(kind)));
  const shown = present.slice(0, 8).join(', ') + (present.length > 8 ? ', …' : '');
  return problem(
    'template-missing',
    `the template is missing; ${present.length === 0 ? 'the folder is empty' : `the folder holds ${shown}`}`,
    file,
    similar === undefined
      ? `Put ${kind}.json there, or set templates to the folder that holds it.`
      : `Rename ${similar} to ${kind}.json.`,
  );
}

function problem(code: string, message: string, file: string, hint: string): Problem {
  return { severity: 'error', code, message, place: { file }, hint };
}
