// When to ask for stopped tasks: only when one may be new, because they have a budget of their own.
import type { DeploymentSnapshot, ServiceSnapshot } from '@bamboo-ecs/rollout';

/** What has been seen of one rollout's failures so far. */
export class FailureWatch {
  #failed = 0;
  /** Tasks that ECS has started since our deployment began, and how many of them when the stopped ones were asked for. */
  #started = 0;
  #startedWhenAsked = 0;
  readonly #events = new Set<string>();
  readonly #told = new Set<string>();

  /**
   * The deployment's failures rose; an event speaks of a failure; or ECS has started more tasks than are wanted, which is all that
   * shows of programs that end after they ran. `since`: when our deployment began, by ECS's clock.
   */
  mayHaveFailed(snapshot: ServiceSnapshot, ours: DeploymentSnapshot | undefined, since: number): boolean {
    const failed = ours?.failed ?? 0;
    const rose = failed > this.#failed;
    this.#failed = Math.max(failed, this.#failed);
    const news = snapshot.events.filter(({ id, at }) => at >= since && !this.#events.has(id));
    for (const { id, message } of news) {
      this.#events.add(id);
      this.#started += Number(/has started (\d+) tasks?/iu.exec(message)?.[1] ?? 0);
    }
    const again = this.#started > Math.max(this.#startedWhenAsked, ours?.desired ?? snapshot.desired);
    const alarming = news.some(({ message }) => /unable|fail|unhealthy|error|impaired/iu.test(message));
    if (!rose && !again && !alarming) return false;
    this.#startedWhenAsked = this.#started;
    return true;
  }

  /** Whether this has not been told before: once is enough. */
  isNews(text: string): boolean {
    if (this.#told.has(text)) return false;
    this.#told.add(text);
    return true;
  }
}
