// A process that is killed, as ECS sees it: at one call it is gone, before or after that was carried out, and calls no more.
import type { EcsPort } from '@bamboo-ecs/rollout';

export interface Death {
  /** At this call of the run, counted from 1. */
  readonly at: number;
  readonly when: 'before' | 'after';
}

export interface DyingPort {
  readonly wrap: (port: EcsPort) => EcsPort;
  /** The calls that were made, in their order. */
  readonly calls: string[];
}

export function dyingPort(death: Death | null): DyingPort {
  const calls: string[] = [];
  const wrap = (port: EcsPort): EcsPort =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return async (...parameters: unknown[]): Promise<unknown> => {
          calls.push(String(name));
          if (death && calls.length > death.at) throw killed();
          if (death?.at === calls.length && death.when === 'before') throw killed();
          const answer: unknown = await Reflect.apply(member, target, parameters);
          if (death?.at === calls.length) throw killed();
          return answer;
        };
      },
    });
  return { wrap, calls };
}

function killed(): Error {
  return new Error('the process was killed');
}
