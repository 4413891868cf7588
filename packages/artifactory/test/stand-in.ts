import { startArtifactoryStandIn } from '@bamboo-ecs/rehearsal';
import type { ArtifactoryStandIn, ArtifactoryStandInOptions } from '@bamboo-ecs/rehearsal';
import { password, user } from './open-port.ts';

export const users = [
  { name: 'admin', password: 'password', admin: true },
  { name: user, password, apiKey: 'AKCp8key', token: 'eyJ0.token.x' },
  { name: 'deployer', password, canDelete: false },
  { name: 'reader', password, canDeploy: false },
] as const;

export async function startStandIn(options: ArtifactoryStandInOptions = {}): Promise<ArtifactoryStandIn> {
  return startArtifactoryStandIn({ users, repositories: ['ecs-local', 'other-local'], ...options });
}

/** The server without its context: what `openPort` takes. */
export function originOf(standIn: ArtifactoryStandIn): string {
  return new URL(standIn.url).origin;
}
