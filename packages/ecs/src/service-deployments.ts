// DescribeServiceDeployments and ContinueServiceDeployment.
import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  type ServiceDeployment,
} from './clients/ecs.ts';
import type { ServiceDeploymentSnapshot } from '@bamboo-ecs/rollout';
import { call, write } from './call.ts';
import { type Context, serviceSubject } from './context.ts';
import { EcsCallError } from './error.ts';
import { findServiceDeployment } from './find-service-deployment.ts';
import { toServiceDeploymentSnapshot } from './service-deployment-snapshot.ts';

/** "API_DescribeServiceDeployments": up to 20 in one call. */
const perCall = 20;

interface Waiting {
  readonly arn: string;
  readonly resolve: (found: ServiceDeployment | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** What is known of the service deployments of one account and region while a program runs. */
export class ServiceDeployments {
  readonly #context: Context;
  /** `cluster service ecs-svc/…` → ARN: from then on a look costs one call. */
  readonly #arns = new Map<string, string>();
  #waiting: Waiting[] = [];
  /** The server has no service deployments, or the role may not look at them. */
  #closed = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Null when there is none (yet), or the server knows none at all. A role that may not look is told once, by an error. */
  async describe(
    cluster: string,
    service: string,
    deploymentId: string,
  ): Promise<ServiceDeploymentSnapshot | null> {
    if (this.#closed) return null;
    try {
      const key = [cluster, service, deploymentId].join(' ');
      const arn = this.#arns.get(key) ?? (await this.#find(key, { cluster, service, deploymentId }));
      const found = arn === undefined ? undefined : await this.#ask(arn);
      return found === undefined ? null : toServiceDeploymentSnapshot(found);
    } catch (error) {
      if (!(error instanceof EcsCallError)) throw error;
      const closed = error.kind === 'unsupported' || error.kind === 'access-denied';
      // Several may have been on their way: one word about it is enough.
      if (closed && this.#closed) return null;
      this.#closed ||= closed;
      if (error.kind === 'unsupported') return null;
      throw error;
    }
  }

  async #find(
    key: string,
    sought: { readonly cluster: string; readonly service: string; readonly deploymentId: string },
  ): Promise<string | undefined> {
    // Sent once: a server without the operation answers like one in trouble, and the next poll asks again anyway.
    const found = await findServiceDeployment(this.#context, this.#context.client.writes, sought);
    const arn = found?.serviceDeploymentArn;
    if (arn !== undefined) this.#arns.set(key, arn);
    return arn;
  }

  /** Those that are asked for at the same time go out in one call. */
  #ask(arn: string): Promise<ServiceDeployment | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ arn, resolve, reject });
      if (this.#waiting.length === 1) queueMicrotask(() => this.#flush());
    });
  }

  #flush(): void {
    const all = this.#waiting;
    this.#waiting = [];
    for (let start = 0; start < all.length; start += perCall)
      void this.#send(all.slice(start, start + perCall));
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    const { reads, limits } = this.#context.client;
    const serviceDeploymentArns = [...new Set(batch.map(({ arn }) => arn))];
    const subject = serviceDeploymentArns.join(', ');
    try {
      const answer = await call(
        { operation: 'DescribeServiceDeployments', subject, mode: 'optional' },
        limits.call,
        (options) => reads.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }), options),
      );
      const byArn = new Map(answer.serviceDeployments?.map((one) => [one.serviceDeploymentArn, one]));
      for (const { arn, resolve } of batch) resolve(byArn.get(arn));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

/** One request. Repeated by the caller only after it has looked whether the hook still waits. */
export async function continueDeployment(
  context: Context,
  serviceDeploymentArn: string,
  hookId: string,
  action: 'CONTINUE' | 'ROLLBACK',
): Promise<void> {
  const [cluster = '', service = ''] = serviceDeploymentArn.split('/').slice(1);
  const what = { operation: 'ContinueServiceDeployment', subject: serviceSubject(cluster, service) };
  const { writes, limits } = context.client;
  await write(what, limits.call, context.clock, context.random, (options) =>
    writes.send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId, action }), options),
  );
}
