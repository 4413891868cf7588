// Why a load balancer finds the tasks unhealthy: what its checks got, what the program says, how long the tasks lived.
// Reasons: "TargetHealth" (Elastic Load Balancing API Reference, version 2015-12-01), "Health checks for your target groups".
import { numberOf, objectsOf } from '../json.ts';
import { listensOn, listensLocally } from '../logs/listens-on.ts';
import type { Details } from './details.ts';
import { oneLine } from './one-line.ts';
import type { Said } from './say-task.ts';

export type HealthCause =
  | 'load-balancer-health'
  | 'health-check-status'
  | 'health-check-timeout'
  | 'health-check-port'
  | 'security-group'
  | 'grace-period';

/** Tasks that live shorter than this with a grace period below it may have been killed while they started. */
const slowStartMs = 180_000;

export function healthCause(details: Details): HealthCause {
  if (statusOf(details) !== null) return 'health-check-status';
  if (wrongPort(details) !== null) return 'health-check-port';
  const listens = listensOn(details.logs) !== null;
  if (!listens && stillStarting(details)) return 'grace-period';
  if (!isTimeOut(details)) return 'load-balancer-health';
  return listens ? 'security-group' : 'health-check-timeout';
}

export const healthCauses = {
  'load-balancer-health': (details: Details): Said => ({
    sentence: `The load balancer finds the new tasks unhealthy: ${reasonOf(details)}${said(details)}.`,
    advice: `Ask the health check's path and port by hand${checkText(details)}; check the port mapping and the security group; if the program only needs longer to start, raise healthCheckGracePeriodSeconds (now ${grace(details)}). ${details.log}`,
  }),
  'health-check-status': (details: Details): Said => {
    const status = statusOf(details) ?? 0;
    return {
      sentence: `The load balancer finds the new tasks unhealthy: its health check is answered with ${status} (${statusMeaning(status)})${said(details)}.`,
      advice: statusAdvice(status, details),
    };
  },
  'health-check-timeout': (details: Details): Said => ({
    sentence: `The load balancer finds the new tasks unhealthy: its health check gets no answer in time (${reasonOf(details)})${said(details)}.`,
    advice: `Let the security group of the tasks in from that of the load balancer (port ${portsText(details)}), and see that the program listens on all addresses (0.0.0.0) and answers within the time-out${checkText(details)}; if it only needs longer to start, raise healthCheckGracePeriodSeconds (now ${grace(details)}). ${details.log}`,
  }),
  'health-check-port': (details: Details): Said => {
    const wrong = wrongPort(details);
    const local = wrong === 'local';
    return {
      sentence: local
        ? `The program listens on localhost only, so the load balancer's health check cannot reach it.`
        : `The program says that it listens on port ${wrong ?? '?'}, but the load balancer asks port ${portsText(details)}.`,
      advice: local
        ? 'Let it listen on all addresses (0.0.0.0).'
        : `Set containerPort to ${wrong ?? '?'} in portMappings and loadBalancers of the templates, or let the program listen on ${portsText(details)}.`,
    };
  },
  'security-group': (details: Details): Said => ({
    sentence: `The program listens on port ${listensOn(details.logs) ?? '?'}, but the load balancer's health check gets no answer: most likely a security group between them does not let it through.`,
    advice: `Let the security group of the tasks (or of the instances: ports 32768-65535 with hostPort 0) in from that of the load balancer on port ${portsText(details)}; if that is so already, see how long the program takes to answer${checkText(details)}.`,
  }),
  'grace-period': (details: Details): Said => ({
    sentence: `The load balancer finds the new tasks unhealthy and ECS stops them after ${seconds(longestLife(details))}, perhaps while they still start: they have not said that they listen, and healthCheckGracePeriodSeconds is ${grace(details)}${said(details)}.`,
    advice: `Set healthCheckGracePeriodSeconds in the templates of the service to more than the program needs to start, e.g. ${suggestedGrace(details)}. If it never listens, its own output says why. ${details.log}`,
  }),
} as const;

/** The reason out of the event; without one what the targets say most. */
function reasonOf({ text, snapshot }: Details): string {
  const inEvent = /due to \(reason (.+)\)\.?$/u.exec(text)?.[1];
  if (inEvent) return inEvent.replace(/\.$/u, '');
  const [target] = (snapshot.targets ?? []).flatMap(({ targets }) =>
    targets.filter(({ state }) => state === 'unhealthy'),
  );
  const told = [target?.reason, target?.description].filter(Boolean).join(': ');
  return text || oneLine(told) || 'it does not say why';
}

/** The HTTP status that the checks got, or null. */
function statusOf({ text, snapshot }: Details): number | null {
  const texts = [
    text,
    ...(snapshot.targets ?? []).flatMap(({ targets }) => targets.map(({ description }) => description ?? '')),
  ];
  for (const one of texts) {
    const code = /\bcodes?:? \[?(\d{3})\b/u.exec(one)?.[1];
    if (code) return Number(code);
  }
  return null;
}

function isTimeOut({ text, snapshot }: Details): boolean {
  const reasons = (snapshot.targets ?? []).flatMap(({ targets }) => targets.map(({ reason }) => reason));
  return /timed out/iu.test(text) || reasons.includes('Target.Timeout');
}

/** The container ports that load balancers ask; all ports of the containers where they name none. */
function ports({ snapshot, taskDefinition }: Details): readonly number[] {
  const asked = objectsOf(snapshot.definition, 'loadBalancers').map(
    (one) => numberOf(one, 'containerPort') ?? 0,
  );
  const mapped = objectsOf(taskDefinition, 'containerDefinitions')
    .flatMap((one) => objectsOf(one, 'portMappings'))
    .map((one) => numberOf(one, 'containerPort') ?? 0);
  const found = asked.filter((port) => port > 0);
  return [...new Set(found.length > 0 ? found : mapped.filter((port) => port > 0))];
}

function portsText(details: Details): string {
  return ports(details).join(', ') || 'of the target group';
}

/** A port that is none of those asked; `local` where it is the right one on localhost only. */
function wrongPort(details: Details): number | 'local' | null {
  const listens = listensOn(details.logs);
  const asked = ports(details);
  if (listens === null || asked.length === 0) return null;
  if (!asked.includes(listens)) return listens;
  return listensLocally(details.logs) ? 'local' : null;
}

/** They write, complain of nothing, do not listen yet, and die soon: with a grace period that is shorter than that. */
function stillStarting(details: Details): boolean {
  const life = longestLife(details);
  if (details.logs.every(({ lines }) => lines.length === 0) || details.said?.because) return false;
  return life > 0 && life < slowStartMs && graceMs(details) < slowStartMs;
}

function longestLife({ lives }: Details): number {
  return Math.max(0, ...lives);
}

function graceMs({ snapshot }: Details): number {
  return (numberOf(snapshot.definition, 'healthCheckGracePeriodSeconds') ?? 0) * 1000;
}

function grace(details: Details): string {
  return `${graceMs(details) / 1000} s`;
}

function suggestedGrace(details: Details): number {
  return Math.max(120, Math.ceil((longestLife(details) * 2) / 30_000) * 30);
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

function said({ said: words }: Details): string {
  return words ? `; the program said: "${words.line.replace(/[.!?]+$/u, '')}"` : '';
}

/** ` (HTTP GET /health on port 8080, expects 200)` */
function checkText({ snapshot }: Details): string {
  const checks = [...new Set((snapshot.targets ?? []).flatMap(({ check }) => (check ? [check] : [])))];
  return checks.length > 0 ? ` (${checks.join('; ')})` : '';
}

function statusMeaning(status: number): string {
  if (status === 401 || status === 403) return 'it asks for a login there';
  if (status === 404) return 'there is nothing at that path';
  if (status === 405) return 'it does not allow GET there';
  if (status >= 300 && status < 400) return 'it redirects';
  if (status === 502 || status === 504) return 'a proxy in the task gets no answer from behind it';
  if (status === 503) return 'it says that it is not ready';
  return status >= 500 ? 'it fails' : 'not what the check expects';
}

function statusAdvice(status: number, details: Details): string {
  const check = checkText(details);
  if (status >= 500)
    return `Find out why the program answers ${status} (a database, a configuration)${check}${status === 503 ? `; if it only needs longer to start, raise healthCheckGracePeriodSeconds (now ${grace(details)})` : ''}. ${details.log}`;
  return `Correct the path of the target group's health check${check} or what it expects (its matcher), or let the program answer 200 there without a login. ${details.log}`;
}
