// The three templates of a project, from its folder.
import { decodeTemplate, type TemplateSource } from '@bamboo-ecs/expansion';
import { misconfigured, type FileRead, type RunContext } from '@bamboo-ecs/program';
import { descriptorKinds, type DescriptorKind, type Problem } from '@bamboo-ecs/release';
import path from 'node:path';

const templateLimit = 1024 * 1024;

/** All three, or every reason why not at once. */
export async function loadTemplates(context: RunContext): Promise<readonly TemplateSource[]> {
  const folder = context.settings.text('templates') ?? 'descriptors';
  const present = await context.files.list(folder);
  const problems: Problem[] = [];
  const templates: TemplateSource[] = [];
  for (const kind of descriptorKinds) {
    const file = path.posix.join(folder, `${kind}.json`);
    const read = await context.files.read(file, templateLimit);
    if (read.kind !== 'file') {
      problems.push(whyNot(read, file, kind, folder, present));
      continue;
    }
    const text = decodeTemplate(read.bytes);
    if (!text.ok)
      problems.push(...text.problems.map((problem) => ({ ...problem, place: { file, ...problem.place } })));
    else {
      templates.push({ kind, file, text: text.value });
      context.warn(
        (text.warnings ?? []).map((warning) => ({ ...warning, place: { file, ...warning.place } })),
      );
    }
  }
  if (problems.length > 0) throw misconfigured('templates', problems);
  return templates;
}

function whyNot(
  read: Exclude<FileRead, { kind: 'file' }>,
  file: string,
  kind: DescriptorKind,
  folder: string,
  present: readonly string[],
): Problem {
  const refuse = (code: string, message: string, hint: string): Problem => ({
    severity: 'error',
    code,
    message,
    place: { file },
    hint,
  });
  switch (read.kind) {
    case 'missing': {
      const similar = present.find((name) =>
        name
          .toLowerCase()
          .replaceAll(/[^a-z]/gu, '')
          .includes(kind.replaceAll('-', '')),
      );
      const there =
        present.length > 0
          ? `the folder holds ${present.slice(0, 8).join(', ')}`
          : 'the folder is empty or not there';
      return refuse(
        'template-missing',
        `the template is missing; ${there}`,
        similar
          ? `Rename ${similar} to ${kind}.json.`
          : `Put ${kind}.json into ${folder}, or set templates to the folder that holds it.`,
      );
    }
    case 'folder':
      return refuse('template-folder', 'the template is a folder, not a file', `Make ${kind}.json a file.`);
    case 'outside':
      return refuse(
        'template-outside',
        `the template is a link out of the working directory, to ${read.target}`,
        'Copy the file into the checkout.',
      );
    case 'too-large':
      return refuse(
        'template-too-large',
        `the template has ${read.size} bytes; 1 MiB is the most`,
        'A descriptor is a few kilobytes; is this the right file?',
      );
    case 'unreadable':
      return refuse(
        'template-unreadable',
        `the template cannot be read: ${read.reason}`,
        'Check its owner and mode: agents write files with umask 0027.',
      );
  }
}
