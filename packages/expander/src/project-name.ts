// What the project is called: the setting, or the name in one of its files.
import type { RunContext } from '@bamboo-ecs/program';
import { checkProjectName, findProjectName, readProjectName, type Result } from '@bamboo-ecs/release';
import { withFiles } from './with-files.ts';

/** The file of the version goes first. */
export async function projectName(context: RunContext): Promise<Result<string>> {
  const { settings, files } = context;
  const set = settings.text('project');
  const file = settings.text('version-file');
  const found =
    set === undefined
      ? (
          await withFiles(files, (read) => {
            const name = file === undefined ? null : readProjectName(file, read);
            return file !== undefined && name !== null ? { project: name, file } : findProjectName(read);
          })
        ).value
      : null;
  const name = set ?? found?.project;
  if (name === undefined)
    return {
      ok: false,
      problems: [
        {
          severity: 'error',
          code: 'no-project',
          message: 'the project has no name: none is set, and none of its files gives one',
          place: { variable: 'project' },
          hint: 'Set project to the artifact name, e.g. bamboo_ecs_project=hid-generator.',
        },
      ],
    };
  const checked = checkProjectName(name);
  if (checked.ok) return checked;
  const place = found ? { file: found.file } : { variable: 'project' };
  return { ok: false, problems: checked.problems.map((problem) => ({ ...problem, place })) };
}
