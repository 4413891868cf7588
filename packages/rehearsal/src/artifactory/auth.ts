// Who asks: Basic, Bearer and X-JFrog-Art-Api, with Artifactory's refusals.
import type { IncomingHttpHeaders } from 'node:http';
import type { ArtifactoryUser } from './options.ts';
import { Refusal } from './reply.ts';

const realm = { 'WWW-Authenticate': 'Basic realm="Artifactory Realm"' };
/** Wrong passwords in a row before the user is locked out, and for how long. */
const mostFailures = 5;
const lockedFor = 30_000;

export class Authentication {
  readonly #users: readonly ArtifactoryUser[];
  readonly #now: () => number;
  readonly #failures = new Map<string, { count: number; lockedUntil: number }>();

  constructor(users: readonly ArtifactoryUser[], now: () => number) {
    this.#users = users;
    this.#now = now;
  }

  /** Null for a request without credentials. Throws what Artifactory answers to wrong ones. */
  whoAsks(headers: IncomingHttpHeaders): ArtifactoryUser | null {
    const key = headers['x-jfrog-art-api'];
    if (typeof key === 'string') return this.#byKey(key);
    const header = headers.authorization;
    if (header === undefined) return null;
    const [scheme = '', rest = ''] = header.split(/ +(.*)/su, 2);
    if (scheme.toLowerCase() === 'bearer') return this.#byToken(rest.trim());
    if (scheme.toLowerCase() === 'basic') return this.#byPassword(rest.trim());
    throw refused('Bad Credentials');
  }

  forget(): void {
    this.#failures.clear();
  }

  #byKey(key: string): ArtifactoryUser {
    const user = this.#users.find((each) => same(each.apiKey, key) || same(each.token, key));
    if (user === undefined) throw refused('Bad Credentials');
    return user;
  }

  #byToken(token: string): ArtifactoryUser {
    const user = this.#users.find((each) => same(each.token, token));
    if (user !== undefined) return user;
    if (this.#users.some((each) => same(each.expiredToken, token)))
      throw refused('Token failed verification: expired');
    throw refused('Props Authentication Token not found');
  }

  #byPassword(encoded: string): ArtifactoryUser {
    const [name = '', password = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(/:(.*)/su, 2);
    const failures = this.#failures.get(name) ?? { count: 0, lockedUntil: 0 };
    const left = failures.lockedUntil - this.#now();
    if (left > 0) {
      throw new Refusal(
        403,
        `This request is blocked due to recurrent login failures, please try again in ${Math.ceil(left / 1000)} seconds`,
      );
    }
    const user = this.#users.find(
      (each) =>
        each.name === name &&
        [each.password, each.token, each.apiKey].some((secret) => same(secret, password)),
    );
    if (user !== undefined) {
      this.#failures.delete(name);
      return user;
    }
    const count = failures.count + 1;
    const locked = count >= mostFailures;
    this.#failures.set(name, {
      count: locked ? 0 : count,
      lockedUntil: locked ? this.#now() + lockedFor : 0,
    });
    throw refused('Bad Credentials');
  }
}

/** What somebody who has not logged in is told. */
export function loginNeeded(): Refusal {
  return refused('Authentication is required');
}

function refused(message: string): Refusal {
  return new Refusal(401, message, realm);
}

function same(secret: string | undefined, given: string): boolean {
  return secret !== undefined && secret !== '' && secret === given;
}
