import type { Manifest } from '@bamboo-ecs/release';
import type { RepositoryPort } from '../port.ts';

export interface PublishOptions {
  readonly port: RepositoryPort;
  readonly manifest: Manifest;
  /** `milestone`: a MILESTONE with another identity is replaced. `never`: nothing is. A RELEASE never is. */
  readonly policy: { readonly replace: 'never' | 'milestone' };
  /** Put to every file that is written (Artifactory: matrix properties). */
  readonly properties: Readonly<Record<string, string>>;
  /** Takes secrets out of warnings and errors, which repeat what others published. */
  readonly mask?: (text: string) => string;
}

/** `already-there`: the same content. `differs`: other content, which may not be replaced (a warning says so). */
export type FileOutcome = 'written' | 'replaced' | 'already-there' | 'differs';

export interface PublishedFile {
  readonly path: string;
  readonly outcome: FileOutcome;
}

export interface Publication {
  /** `completed`: an earlier publication had broken off. */
  readonly outcome: 'published' | 'already-published' | 'replaced' | 'completed';
  /** Of the manifest that is stored now, lower-case hex: what a build hands on to the deployment. */
  readonly manifestSha256: string;
  readonly manifestPath: string;
  /** Of the release that is stored now: of ours, or of the one that was kept. */
  readonly identity: string;
  /** The manifest last. */
  readonly files: readonly PublishedFile[];
  readonly warnings: readonly string[];
}
