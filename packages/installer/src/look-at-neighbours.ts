// The preflight: what the release needs of roles, secrets, images, load balancers and the network is looked at, all at once.
import type { RunContext } from '@bamboo-ecs/program';
import { isEcsError, type EcsPort, type Finding } from '@bamboo-ecs/rollout';
import type { Answer, ClusterFact, PreflightQuestions } from '@bamboo-ecs/rollout/preflight';
import type { LookAround } from './look-around.ts';

/** Read only; whatever may not be looked at becomes a note. */
export const lookAtNeighbours: LookAround = async (
  context,
  ports,
  ecs,
  { wanted, service, current },
  room,
) => {
  const { settings } = context;
  if (settings.text('preflight') === 'off' || ports.openPreflight === undefined) return { findings: [] };
  const { checksMade, deregistrationDelay, instancePlatform, preflightFindings, preflightQuestions } =
    await import('@bamboo-ecs/rollout/preflight');
  const { gatherFacts } = await import('./gather-facts.ts');
  const questions = preflightQuestions(wanted, service, settings.list('skip-checks'), current);
  const startedAt = context.now();
  const images = questions.images.length > 0 ? questions.outside : [];
  const port = await ports.openPreflight(context, images);
  const [cluster, identity] = [clusterFact(ecs, questions), questions.identity ? port.identity() : undefined];
  const facts = await gatherFacts(port, questions, cluster, identity);
  const { instances = [] } = (await room) ?? {};
  const findings = preflightFindings(questions, facts, {
    timeoutMs: settings.duration('timeout'),
    instances: instances.flatMap(({ attributes }) => instancePlatform(attributes) ?? []),
  });
  const made = checksMade(questions);
  tellChecks(context, made, findings, startedAt);
  const delay = deregistrationDelay(facts);
  return { findings, ...(delay === undefined ? {} : { deregistrationDelaySeconds: delay }) };
};

/** DescribeClusters, only where something of it is used. */
async function clusterFact(
  ecs: EcsPort,
  { capacityProviders, subject }: PreflightQuestions,
): Promise<Answer<ClusterFact>> {
  if (capacityProviders.length === 0) return { known: false, reason: '' };
  try {
    const cluster = await ecs.describeCluster(subject.wanted.cluster);
    return {
      known: true,
      value: {
        capacityProviders: cluster?.capacityProviders ?? null,
        activeServices: cluster?.activeServices ?? null,
      },
    };
  } catch (error) {
    if (!isEcsError(error)) throw error;
    return { known: false, reason: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
}

/** A test case for each check that had something to look at and is content; what it refuses is one among the problems. */
function tellChecks(
  context: RunContext,
  made: readonly string[],
  findings: readonly Finding[],
  startedAt: number,
): void {
  const seconds = (context.now() - startedAt) / 1000;
  const failed = new Set(findings.filter(({ level }) => level === 'error').map(({ check }) => check));
  for (const name of made)
    if (!failed.has(name)) context.emit({ kind: 'check', suite: 'preflight', name, seconds });
}
