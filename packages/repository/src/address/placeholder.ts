// `{tag}` keeps RELEASE and MILESTONE apart. Every other brace is a mistake.
import type { Problem } from '@bamboo-ecs/release';
import { addressProblem } from './problem.ts';

export function placeholderProblems(address: string): readonly Problem[] {
  const rest = address.replace(/(?<!\$)\{tag\}/g, '');
  const named = [...rest.matchAll(/\$?\{([^{}]*)\}/g)].map((match) => match[0]);
  const problems = [...new Set(named)].map((placeholder) =>
    addressProblem(
      'repository-placeholder',
      `The address of the repository has the unknown placeholder ${placeholder}: ${address}`,
      looksLikeTag(placeholder)
        ? 'Did you mean {tag}? It becomes "release" or "milestone".'
        : 'The only placeholder is {tag}, which becomes "release" or "milestone".',
    ),
  );
  if (/[{}]/.test(rest.replaceAll(/\$?\{[^{}]*\}/g, ''))) {
    problems.push(
      addressProblem(
        'repository-placeholder',
        `The address of the repository has a brace without its partner: ${address}`,
        'Write {tag} where "release" or "milestone" must stand, and no other braces.',
      ),
    );
  }
  return problems;
}

function looksLikeTag(placeholder: string): boolean {
  return /^\$?\{\s*(tag|tags|lower-?tag|branch-?tag|version-?tag)\s*\}$/i.test(placeholder);
}
