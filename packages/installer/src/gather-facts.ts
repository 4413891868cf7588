// Asks the port what the questions need: each neighbour once, all at the same time, nobody with an empty list.
import {
  notAsked,
  passQuestions,
  quotasNear,
  type Answer,
  type ClusterFact,
  type Identity,
  type NetworkFacts,
  type PreflightFacts,
  type PreflightPort,
  type PreflightQuestions,
  type RoleFact,
} from '@bamboo-ecs/rollout/preflight';

const nothing: ReadonlyMap<string, never> = new Map<string, never>();
const noNetwork: NetworkFacts = { subnets: nothing, securityGroups: nothing, routes: notAsked };

export async function gatherFacts(
  port: PreflightPort,
  questions: PreflightQuestions,
  askedCluster: Promise<Answer<ClusterFact>>,
  askedIdentity: Promise<Answer<Identity>> | undefined,
): Promise<PreflightFacts> {
  const { roles, images, secrets, parameters, logGroups, loadBalancers, network } = questions;
  const arns = [...new Set(questions.targetGroups.map(({ arn }) => arn))];
  const names = [...new Set(loadBalancers.map(({ name }) => name))];
  const askedRoles = roles.length > 0 ? port.roles(roles) : Promise.resolve(nothing);
  const routes = questions.checks.has('subnet') && questions.unproven.length > 0;
  const quota = questions.checks.has('quota') ? quotasNear({ ...questions, cluster: notAsked }) : [];
  const [
    cluster,
    identity,
    roleFacts,
    passRoles,
    imageFacts,
    secretFacts,
    parameterFacts,
    logGroupFacts,
    targetGroups,
    balancerFacts,
    networkFacts,
    quotas,
  ] = await Promise.all([
    askedCluster,
    askedIdentity ?? notAsked,
    askedRoles,
    passRoleFacts(port, questions, askedRoles, askedIdentity),
    images.length > 0 ? port.images(images) : nothing,
    secrets.length > 0 ? port.secrets(secrets) : nothing,
    parameters.length > 0 ? port.parameters(parameters) : nothing,
    logGroups.length > 0 ? port.logGroups(logGroups) : nothing,
    arns.length > 0 ? port.targetGroups(arns) : { groups: nothing, balancers: nothing },
    names.length > 0 ? port.loadBalancers(names) : nothing,
    network ? port.network(network, routes) : noNetwork,
    quota.length > 0 ? port.quotas(quota) : notAsked,
  ]);
  return {
    cluster,
    identity,
    roles: roleFacts,
    passRoles,
    images: imageFacts,
    secrets: secretFacts,
    parameters: parameterFacts,
    logGroups: logGroupFacts,
    targetGroups,
    loadBalancers: balancerFacts,
    network: networkFacts,
    quotas,
  };
}

/** The simulator needs the ARNs of the roles and of who asks. */
async function passRoleFacts(
  port: PreflightPort,
  { checks, roles }: PreflightQuestions,
  askedRoles: Promise<ReadonlyMap<string, Answer<RoleFact>>>,
  askedIdentity: Promise<Answer<Identity>> | undefined,
): Promise<PreflightFacts['passRoles']> {
  if (!checks.has('pass-role') || askedIdentity === undefined) return notAsked;
  const questions = passQuestions(roles, await askedRoles);
  if (questions.length === 0) return notAsked;
  const identity = await askedIdentity;
  if (!identity.known) return identity;
  return port.passRoles(questions, identity.value);
}
