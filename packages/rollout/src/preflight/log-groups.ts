// Log groups of the log driver awslogs: without its group a container does not start.
import type { Finding } from '../finding.ts';
import { objectOf, textOf } from '../json.ts';
import type { Answers } from './answer.ts';
import { byId, placeOf, placesOf, type Place } from './place.ts';
import type { Subject } from './subject.ts';
import { eachKnown, finding } from './words.ts';

export interface LogGroupUse {
  readonly group: string;
  readonly region: string | null;
  readonly places: readonly Place[];
}

/** Only groups that have to be there: with `awslogs-create-group` the driver makes its own ("Send Amazon ECS logs to CloudWatch", ECS Developer Guide). */
export function logGroupUses({ containers }: Subject): readonly LogGroupUse[] {
  const uses = containers.flatMap(({ json, path }): LogGroupUse[] => {
    const logging = objectOf(json, 'logConfiguration');
    const options = objectOf(logging, 'options');
    const group = textOf(options, 'awslogs-group');
    if (textOf(logging, 'logDriver') !== 'awslogs' || !group) return [];
    if (/^true$/iu.test(textOf(options, 'awslogs-create-group') ?? '')) return [];
    const place = placeOf('task-definition', `${path}.logConfiguration.options["awslogs-group"]`);
    return [{ group, region: textOf(options, 'awslogs-region') ?? null, places: [place] }];
  });
  return byId(uses, logGroupKey);
}

export function logGroupKey({ group, region }: Pick<LogGroupUse, 'group' | 'region'>): string {
  return `${region ?? ''} ${group}`;
}

/** `true`: CloudWatch Logs has the group. */
export function logGroupFindings(uses: readonly LogGroupUse[], answers: Answers<boolean>): Finding[] {
  return eachKnown(
    'log-group',
    'log group',
    uses,
    (use) => answers.get(logGroupKey(use)),
    (use, there) =>
      there
        ? []
        : [
            finding(
              'log-group',
              'error',
              `The log group ${use.group} (${placesOf(use.places)}) does not exist${use.region === null ? '' : ` in ${use.region}`}: the log driver awslogs starts no container without it.`,
              'Create the log group, or set "awslogs-create-group": "true" and allow logs:CreateLogGroup to the execution role.',
            ),
          ],
  );
}
