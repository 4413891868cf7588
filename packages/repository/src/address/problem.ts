import type { Problem } from '@bamboo-ecs/release';

export function addressProblem(code: string, message: string, hint: string): Problem {
  return { severity: 'error', code, message, hint };
}
