import { moduleOf } from '../call-plan/actions/plan-actions.js';
import type { ActionState } from '../call-plan/state.js';

/** The caller's keys: one group for each request for input. An empty group gives no input. */
export class Keyboard {
  readonly #groups: string[];
  #question: string | undefined;
  #answered: string | undefined;

  /** @param keys `9,1001#` */
  constructor(keys: string) {
    this.#groups = keys === '' ? [] : keys.split(',');
  }

  /** Keys to press now: a group for each input, once its prompt has been played. */
  next(action: ActionState | null): string {
    const asking = action === null ? null : moduleOf(action).openInput(action);
    if (asking === null) {
      this.#question = undefined;
      return '';
    }
    this.#question = asking.playing?.playbackId ?? this.#question ?? 'silent';
    if (asking.playing !== null || this.#answered === this.#question) return '';
    this.#answered = this.#question;
    return this.#groups.shift() ?? '';
  }

  /** Keys that were not used. */
  get left(): string {
    return this.#groups.join(',');
  }
}
