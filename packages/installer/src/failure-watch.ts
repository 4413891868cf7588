// When to ask for stopped tasks: only when one may be new, because they have a budget of their own.
import { withoutNames, type DeploymentSnapshot, type ServiceSnapshot } from '@bamboo-ecs/rollout';

/**
 * After so long without one more running task stopped ones are asked for all the same, then after twice as long, and so on. Where
 * not even a task is pending, it is a shorter time: one that can be started is pending at once.
 */
const patienceMs = { pending: 60_000, nothing: 10_000 };

/** What has been seen of one rollout's failures so far. */
export class FailureWatch {
  #failed = 0;
  /** The look before had a lower count. */
  #wasLower = false;
  #running = 0;
  /** When the running tasks last became more, or were asked about, by our clock. */
  #movedAt: number | null = null;
  #times = 1;
  /** Tasks that ECS has started since our deployment began, and how many of them when the stopped ones were asked for. */
  #started = 0;
  #startedWhenAsked = 0;
  readonly #events = new Set<string>();
  readonly #told = new Set<string>();

  /**
   * The deployment's failures rose; an event speaks of a failure; or ECS has started more tasks than are wanted, which is all that
   * shows of programs that end after they ran. Servers that count no failure without a circuit breaker and tell no events give
   * themselves away by fewer running tasks than before, or by none more for a long time. `since`: when our deployment began, by
   * ECS's clock.
   */
  mayHaveFailed(snapshot: ServiceSnapshot, ours: DeploymentSnapshot | undefined, since: number): boolean {
    const rose = this.#failuresRose(ours?.failed ?? 0);
    const news = snapshot.events.filter(({ id, at }) => at >= since && !this.#events.has(id));
    for (const { id, message } of news) {
      this.#events.add(id);
      this.#started += Number(/has started (\d+) tasks?/iu.exec(message)?.[1] ?? 0);
    }
    const again = this.#started > Math.max(this.#startedWhenAsked, ours?.desired ?? snapshot.desired);
    const alarming = news.some(({ message }) =>
      /unable|fail|unhealthy|error|impaired/iu.test(withoutNames(message)),
    );
    const lost = this.#lostOrStalled(snapshot, ours);
    if (!rose && !again && !alarming && !lost) return false;
    this.#startedWhenAsked = this.#started;
    return true;
  }

  /** ECS sets the count back when a task is healthy; one lower count may also be an answer that is older than the one before it. */
  #failuresRose(failed: number): boolean {
    const rose = failed > this.#failed;
    const isReset = failed < this.#failed && this.#wasLower;
    if (rose || isReset) this.#failed = failed;
    this.#wasLower = failed < this.#failed;
    return rose;
  }

  #lostOrStalled({ at, desired }: ServiceSnapshot, ours: DeploymentSnapshot | undefined): boolean {
    const running = ours?.running ?? 0;
    const wanted = ours?.desired ?? desired;
    // Fewer wanted, fewer running: that is no loss.
    const fell = running < Math.min(this.#running, wanted);
    const rose = running > this.#running;
    this.#running = running;
    if (rose) this.#movedAt = at;
    this.#movedAt ??= at;
    const patience = running + (ours?.pending ?? 0) > 0 ? patienceMs.pending : patienceMs.nothing;
    if (running >= wanted || at - this.#movedAt < patience * this.#times) return fell;
    this.#movedAt = at;
    this.#times *= 2;
    return true;
  }

  /** Whether this has not been told before: once is enough. */
  isNews(text: string): boolean {
    if (this.#told.has(text)) return false;
    this.#told.add(text);
    return true;
  }
}
