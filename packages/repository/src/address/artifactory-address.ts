import type { Problem, Result } from '@bamboo-ecs/release';
import type { ArtifactoryAddress } from './address.ts';
import { guessArtifactory } from './artifactory-guess.ts';
import { addressProblem } from './problem.ts';
import { decodeSegments } from './segments.ts';

/**
 * `http(s)://host[:port][/context…]/artifactory/<repo>[/<prefix>]`. The first segment named `artifactory` ends the
 * server's own address: JFrog's *platform* address lacks it (docs.jfrog.com, "Artifactory REST APIs").
 */
export function parseArtifactoryAddress(address: string): Result<ArtifactoryAddress> {
  const origin = originOf(address);
  if (origin === null) {
    return {
      ok: false,
      problems: [
        addressProblem(
          'repository-address',
          `The address of the repository is not an http address: ${address}`,
          'Write https://host[:port]/artifactory/<repo>[/<prefix>].',
        ),
      ],
    };
  }
  const path = /^https?:\/\/[^/]*(.*)$/is.exec(address)?.[1] ?? '';
  const { segments, faults } = decodeSegments(path);
  const problems: Problem[] = faults.map((fault) =>
    addressProblem(
      'repository-address',
      `The path of the repository is refused: ${fault} (${address})`,
      'Use plain names separated by single slashes.',
    ),
  );
  const guess = guessArtifactory(origin, segments);
  if (guess) problems.push(addressProblem('repository-address', `${guess.message}: ${address}`, guess.hint));
  if (problems.length > 0) return { ok: false, problems };

  const at = segments.indexOf('artifactory');
  const context = segments.slice(0, at + 1).map(encodeURIComponent);
  const [repository = '', ...rest] = segments.slice(at + 1);
  const base = `${origin}/${context.join('/')}`;
  const prefix = rest.join('/');
  const shown = [base, ...[repository, ...rest].map(encodeURIComponent)].join('/');
  return { ok: true, value: { kind: 'artifactory', base, repository, prefix, shown } };
}

function originOf(address: string): string | null {
  if (!/^https?:\/\/[^/\\]/i.test(address)) return null;
  try {
    const url = new URL(address);
    return url.hostname === '' ? null : url.origin;
  } catch {
    return null;
  }
}
