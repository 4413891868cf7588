// The neighbours of ECS as the tests have them: a port of the preflight in memory.
//
// Behaviour:
// - Everything that is asked for is there and fits: roles trust who is to take them and may be passed, secrets have a current
//   version, target groups have the type that the task's network mode needs (`networkMode`) and a load balancer.
// - `missing` holds what is not there, by the id that is asked for: role, secret, parameter, log group, target group, load
//   balancer, subnet, security group, image.
// - `denied` holds methods of the port that may not look: all of their answers are unknown, with AWS's usual words.
// - `facts` replaces members of single answers, by id.
// - `asked` counts the calls, method by method: an adapter makes as many of AWS, or a few more.
import type { GroupRoom } from '@bamboo-ecs/rollout';
import type {
  Answer,
  NetworkFacts,
  PassFact,
  PreflightPort,
  TargetGroupFact,
} from '@bamboo-ecs/rollout/preflight';
import { known, logGroupKey, parameterKey, passKey, unknown } from '@bamboo-ecs/rollout/preflight';

export type Method = keyof PreflightPort;

export class FakeNeighbours implements PreflightPort {
  readonly missing = new Set<string>();
  readonly denied = new Set<Method>();
  readonly facts = new Map<string, Record<string, unknown>>();
  readonly asked: Partial<Record<Method, number>> = {};
  networkMode: 'instance' | 'ip' = 'instance';
  account = '123456789012';
  /** Of all instances. */
  groups: readonly GroupRoom[] = [];
  /** By `passKey`; allowed when absent. */
  readonly decisions = new Map<string, string>();

  async identity() {
    return this.#one('identity', 'caller', {
      account: this.account,
      arn: `arn:aws:iam::${this.account}:user/bamboo`,
    });
  }

  async roles(uses: Parameters<PreflightPort['roles']>[0]) {
    return this.#each(
      'roles',
      uses,
      ({ role }) => role,
      ({ role, name, principal }) => ({
        arn: role.startsWith('arn:') ? role : `arn:aws:iam::${this.account}:role/${name}`,
        trust: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' }],
        },
      }),
    );
  }

  async instanceGroups() {
    return this.#one('instanceGroups', 'groups', this.groups);
  }

  async passRoles(questions: Parameters<PreflightPort['passRoles']>[0]) {
    const decisions: PassFact = new Map(
      questions.map((one) => [passKey(one), this.decisions.get(passKey(one)) ?? 'allowed']),
    );
    return this.#one('passRoles', 'decisions', decisions);
  }

  async images(uses: Parameters<PreflightPort['images']>[0]) {
    this.#count('images');
    return new Map(
      uses.map(({ reference }) => {
        if (this.denied.has('images')) return [reference, refusal('images')] as const;
        const there = { there: true, platforms: null, ...this.facts.get(reference) } as const;
        const gone = { there: false, message: `the registry has no ${reference}`, sure: true } as const;
        return [reference, known(this.missing.has(reference) ? gone : there)] as const;
      }),
    );
  }

  async secrets(uses: Parameters<PreflightPort['secrets']>[0]) {
    return this.#each(
      'secrets',
      uses,
      ({ id }) => id,
      () => ({ deleted: false, stages: ['AWSCURRENT'] }),
    );
  }

  async parameters(uses: Parameters<PreflightPort['parameters']>[0]) {
    return this.#each(
      'parameters',
      uses,
      parameterKey,
      () => ({ version: 1 }),
      ({ name }) => name,
    );
  }

  async logGroups(uses: Parameters<PreflightPort['logGroups']>[0]) {
    const answers = this.#each(
      'logGroups',
      uses,
      logGroupKey,
      () => ({}),
      ({ group }) => group,
    );
    return new Map(
      [...answers].map(([key, answer]): [string, Answer<boolean>] => [
        key,
        answer.known ? known(answer.value !== null) : answer,
      ]),
    );
  }

  async targetGroups(arns: readonly string[]) {
    const groups = this.#each(
      'targetGroups',
      arns,
      (arn) => arn,
      (): NonNullable<TargetGroupFact> => ({
        targetType: this.networkMode,
        protocol: 'HTTP',
        vpcId: 'vpc-1',
        loadBalancers: [
          'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/0123456789abcdef',
        ],
        healthCheck: { port: 'traffic-port', protocol: 'HTTP' },
        deregistrationDelaySeconds: null,
      }),
    );
    return { groups, balancers: new Map<string, never>() };
  }

  async loadBalancers(names: readonly string[]) {
    return this.#each(
      'loadBalancers',
      names,
      (name) => name,
      () => ({ instancePorts: null }),
    );
  }

  async network(use: Parameters<PreflightPort['network']>[0]): Promise<NetworkFacts> {
    const place = { vpcId: 'vpc-1', zone: 'eu-west-1a', freeAddresses: 250 };
    return {
      subnets: this.#each(
        'network',
        use.subnets,
        (id) => id,
        () => place,
      ),
      securityGroups: this.#each(
        'network',
        use.securityGroups,
        (id) => id,
        () => ({ vpcId: 'vpc-1' }),
      ),
      routes: known(new Map(use.subnets.map((id) => [id, 'other'] as const))),
    };
  }

  async quotas() {
    return this.#one('quotas', 'quotas', new Map<string, number>());
  }

  #count(method: Method): void {
    this.asked[method] = (this.asked[method] ?? 0) + 1;
  }

  #one<T>(method: Method, id: string, value: T): Answer<T> {
    this.#count(method);
    return this.denied.has(method) || this.missing.has(id) ? refusal(method) : known(value);
  }

  #each<Use, T extends object>(
    method: Method,
    uses: readonly Use[],
    keyOf: (use: Use) => string,
    factOf: (use: Use) => T,
    idOf: (use: Use) => string = keyOf,
  ): Map<string, Answer<T | null>> {
    this.#count(method);
    return new Map(
      uses.map((use) => {
        if (this.denied.has(method)) return [keyOf(use), refusal(method)];
        const id = idOf(use);
        return [keyOf(use), known(this.missing.has(id) ? null : { ...factOf(use), ...this.facts.get(id) })];
      }),
    );
  }
}

function refusal(method: Method): Answer<never> {
  return unknown(
    `${method}: User: arn:aws:iam::123456789012:user/bamboo is not authorized to perform it`,
    `Allow ${method} to the role of the installation.`,
  );
}
