// Secrets and parameters that containers are given: are they there? Their values are never read.
import type { JsonObject } from '@bamboo-ecs/release';
import { arnParts } from '../arn.ts';
import type { Finding } from '../finding.ts';
import { objectOf, objectsOf, textOf } from '../json.ts';
import type { Answers } from './answer.ts';
import { byId, placeOf, placesOf, type Place } from './place.ts';
import type { Subject } from './subject.ts';
import { eachKnown, finding } from './words.ts';

export interface SecretUse {
  /** ARN or name, without JSON key, stage and version. */
  readonly id: string;
  /** Region of the ARN; null: the region of ECS. */
  readonly region: string | null;
  readonly account: string | null;
  readonly stage: string | null;
  readonly places: readonly Place[];
}

/** Null: Secrets Manager knows no such secret. */
export type SecretFact = {
  /** It is scheduled for deletion, and cannot be read. */
  readonly deleted: boolean;
  /** Staging labels of its versions, `AWSCURRENT`; null when the server does not say. */
  readonly stages: readonly string[] | null;
} | null;

interface Reference {
  readonly valueFrom: string;
  readonly place: Place;
}

/** "Secret", ECS API Reference: the ARN of a secret with `:json-key:version-stage:version-id` behind it. */
export function secretUses(subject: Subject): readonly SecretUse[] {
  const uses = references(subject).flatMap(({ valueFrom, place }): SecretUse[] => {
    const arn = arnParts(valueFrom);
    if (arn?.service !== 'secretsmanager') return [];
    const [kind = '', name = '', , stage = ''] = arn.resource.split(':');
    const id = `${valueFrom.slice(0, valueFrom.length - arn.resource.length)}${kind}:${name}`;
    return [{ id, region: arn.region || null, account: arn.account, stage: stage || null, places: [place] }];
  });
  return byId([...uses, ...registryLogins(subject)], ({ id, stage }) => `${id} ${stage ?? ''}`);
}

/** `repositoryCredentials`: ARN or name of a secret. */
function registryLogins({ containers }: Subject): SecretUse[] {
  return containers.flatMap(({ json, path }) => {
    const id = textOf(objectOf(json, 'repositoryCredentials'), 'credentialsParameter');
    if (!id) return [];
    const arn = arnParts(id);
    const place = placeOf('task-definition', `${path}.repositoryCredentials.credentialsParameter`);
    return [{ id, region: arn?.region || null, account: arn?.account ?? null, stage: null, places: [place] }];
  });
}

export function secretFindings(
  uses: readonly SecretUse[],
  answers: Answers<SecretFact>,
  account: string | null,
): Finding[] {
  return eachKnown(
    'secret',
    'secret',
    uses,
    ({ id }) => answers.get(id),
    (use, fact) => {
      const at = placesOf(use.places);
      // Of another account's secret AWS may say "not found" to whom it does not show it.
      const foreign = use.account !== null && use.account !== account;
      if (fact === null)
        return [
          finding(
            'secret',
            foreign ? 'warning' : 'error',
            `The secret ${use.id} (${at}) does not exist${foreign ? `, or is not shown to the account ${account ?? 'of the installation'}` : ''}: no task could start without it.`,
            `Create the secret, or correct ${at}.`,
          ),
        ];
      if (fact.deleted)
        return [
          finding(
            'secret',
            'error',
            `The secret ${use.id} (${at}) is scheduled for deletion and cannot be read: no task could start without it.`,
            'Restore it (RestoreSecret), or name another one.',
          ),
        ];
      const stage = use.stage ?? 'AWSCURRENT';
      if (fact.stages === null || fact.stages.includes(stage)) return [];
      return [
        finding(
          'secret',
          'warning',
          `No version of the secret ${use.id} (${at}) has the label ${stage}.`,
          'Give it a value, or name a label that it has.',
        ),
      ];
    },
  );
}

export interface ParameterUse {
  readonly name: string;
  readonly region: string | null;
  /** Of its ARN; absent where it is named by its name. */
  readonly account?: string;
  /** A number or label behind the name; null: the latest. */
  readonly version: string | null;
  readonly places: readonly Place[];
}

/** Null: Systems Manager knows no such parameter. */
export type ParameterFact = { readonly version: number | null } | null;

/** Everything that is no ARN of a secret. Parameters of AWS (`/aws/…`) and of other accounts are in no list of ours. */
export function parameterUses(subject: Subject): readonly ParameterUse[] {
  const uses = references(subject).flatMap(({ valueFrom, place }): ParameterUse[] => {
    const arn = arnParts(valueFrom);
    if (arn && arn.service !== 'ssm') return [];
    if (arn && subject.account !== null && arn.account !== subject.account) return [];
    const written = arn ? arn.resource.replace(/^parameter\//u, '') : valueFrom;
    const [plain = '', version = ''] = written.split(':');
    // The ARN of `/team/key` is `parameter/team/key`, that of `key` is `parameter/key`.
    const name = arn && plain.includes('/') && !plain.startsWith('/') ? `/${plain}` : plain;
    if (name === '' || /^\/?aws\//iu.test(name)) return [];
    const region = arn?.region || null;
    const account = arn?.account ? { account: arn.account } : {};
    return [{ name, region, ...account, version: version || null, places: [place] }];
  });
  return byId(uses, ({ name, region, account, version }) => [name, region, account, version].join(' '));
}

/** Key of a parameter among the answers. */
export function parameterKey({ name, region }: Pick<ParameterUse, 'name' | 'region'>): string {
  return `${region ?? ''} ${name}`;
}

export function parameterFindings(
  uses: readonly ParameterUse[],
  answers: Answers<ParameterFact>,
  /** Own account; null: not known. */
  account: string | null,
): Finding[] {
  return eachKnown(
    'parameter',
    'parameter',
    uses,
    (use) => answers.get(parameterKey(use)),
    (use, fact) => {
      const at = placesOf(use.places);
      // Shared by another account, it is in no list of this one, where another of its name may be.
      const foreign = use.account !== undefined && use.account !== account;
      if (foreign && account !== null) return [];
      if (fact === null)
        return [
          finding(
            'parameter',
            foreign ? 'warning' : 'error',
            `The parameter ${use.name} (${at}) does not exist${use.region === null ? '' : ` in ${use.region}`}: no task could start without it.`,
            `Create it in Systems Manager's Parameter Store, or correct ${at}.`,
          ),
        ];
      const version = /^\d+$/u.test(use.version ?? '') ? Number(use.version) : null;
      if (version === null || fact.version === null || version <= fact.version) return [];
      return [
        finding(
          'parameter',
          'error',
          `The parameter ${use.name} (${at}) has no version ${version}: its latest is ${fact.version}.`,
          `Name a version that it has, or none.`,
        ),
      ];
    },
  );
}

function references({ containers }: Subject): readonly Reference[] {
  return containers.flatMap(({ json, path }) => {
    const logging: JsonObject = objectOf(json, 'logConfiguration') ?? {};
    return [
      ...valuesFrom(json, 'secrets', path),
      ...valuesFrom(logging, 'secretOptions', `${path}.logConfiguration`),
    ];
  });
}

function valuesFrom(json: JsonObject, name: string, path: string): Reference[] {
  return objectsOf(json, name).flatMap((one, index) => {
    const valueFrom = textOf(one, 'valueFrom');
    if (!valueFrom) return [];
    return [{ valueFrom, place: placeOf('task-definition', `${path}.${name}[${index}].valueFrom`) }];
  });
}
