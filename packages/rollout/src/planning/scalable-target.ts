// What Application Auto Scaling keeps the desired count to, and where the release or the service is outside of it.
import type { Finding } from '../finding.ts';

/** "ScalableTarget", Application Auto Scaling API Reference. */
export interface ScalableTarget {
  readonly minimum: number;
  readonly maximum: number;
  /** What is switched off: `scale-in`, `scale-out`, `schedule`. */
  readonly suspended: readonly ('scale-in' | 'scale-out' | 'schedule')[];
}

export interface Counts {
  /** The desired count in the release; undefined where it states none. */
  readonly stated: number | undefined;
  /** The desired count that the service will have once the request has been sent. */
  readonly after: number;
}

const check = 'auto-scaling';

/**
 * Warnings only: the rollout itself is not hindered. "Automatically scale your Amazon ECS service": a count outside of the bounds
 * stays as it is until the next scaling activity, which takes it to the bound first; while a deployment is in progress nothing is
 * scaled in.
 */
export function scalableTargetFindings(target: ScalableTarget, { stated, after }: Counts): Finding[] {
  const { minimum, maximum, suspended } = target;
  const findings: Finding[] = [];
  const add = (message: string, hint: string): unknown =>
    findings.push({ check, level: 'warning', message, hint });
  const bounds = Number.isFinite(maximum) ? `${minimum} to ${maximum}` : `${minimum} or more`;
  const isOutside = (count: number): boolean => count < minimum || count > maximum;
  if (isOutside(after)) {
    const [way, bound] = after < minimum ? ['out', minimum] : ['in', maximum];
    const off = suspended.includes(way === 'out' ? 'scale-out' : 'scale-in');
    const then = off
      ? `scaling ${way} is suspended: it stays so`
      : `the next scaling ${way} takes it to ${bound}`;
    add(
      `The desired count will be ${after}, outside of the ${bounds} that auto scaling keeps it to: ${then}.`,
      'Change the minimum or the maximum of the scalable target (aws application-autoscaling register-scalable-target), or the count.',
    );
  }
  if (stated !== undefined && stated !== after && isOutside(stated)) {
    add(
      `The release asks for desiredCount ${stated}, which auto scaling (${bounds}) would not keep: it takes such a count to ${stated < minimum ? minimum : maximum} when it scales.`,
      'Leave desiredCount out of the service-update template, or give the scalable target the bounds that the release needs.',
    );
  }
  if (suspended.length > 0) {
    add(
      `Auto scaling of the service is suspended (${suspended.join(', ')}): the desired count of ${after} does not follow the load.`,
      'When that is not meant any more, end it (aws application-autoscaling register-scalable-target --suspended-state).',
    );
  }
  return findings;
}
