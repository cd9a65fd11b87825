import { moduleOf } from '../call-plan/actions/plan-actions.js';
import type { ActionState } from '../call-plan/state.js';

/** The caller's fingers: groups of keys, one for each question that the call asks. An empty group leaves one unanswered. */
export class Keyboard {
  readonly #groups: string[];
  #question: string | undefined;
  #answered: string | undefined;

  /** @param keys `9,1001#` */
  constructor(keys: string) {
    this.#groups = keys === '' ? [] : keys.split(',');
  }

  /** Keys to press now: once for each question, when its prompt has been heard to the end. */
  next(action: ActionState | null): string {
    const asking = action === null ? null : moduleOf(action).asking(action);
    if (asking === null) {
      this.#question = undefined;
      return '';
    }
    this.#question = asking.playing?.playbackId ?? this.#question ?? 'silent';
    if (asking.playing !== null || this.#answered === this.#question) return '';
    this.#answered = this.#question;
    return this.#groups.shift() ?? '';
  }

  /** Keys that nobody asked for. */
  get left(): string {
    return this.#groups.join(',');
  }
}
