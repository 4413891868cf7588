// How far a rollout has come: more of its tasks than ever before, and not for a moment only.
import type { DeploymentSnapshot } from '@bamboo-ecs/rollout';

/** Tasks that die as soon as they run are up again and again for a moment. */
const heldMs = 10_000;

export class Progress {
  #most = 0;
  #risen: { readonly to: number; readonly at: number } | null = null;
  /** When more of them ran than at any look before, by our clock. */
  at: number | undefined;

  see({ running, desired }: Pick<DeploymentSnapshot, 'running' | 'desired'>, now: number): void {
    // More than are wanted are none further.
    const wanted = Math.min(running, desired);
    if (wanted <= this.#most) {
      this.#risen = null;
      return;
    }
    // What has fallen meanwhile has stood for as long at the lower count.
    this.#risen = { to: Math.min(wanted, this.#risen?.to ?? wanted), at: this.#risen?.at ?? now };
    if (now - this.#risen.at < heldMs) return;
    this.#most = this.#risen.to;
    this.at = this.#risen.at;
    this.#risen = wanted > this.#most ? { to: wanted, at: now } : null;
  }
}
