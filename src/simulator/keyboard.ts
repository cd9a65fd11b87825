import { moduleOf } from '../call-plan/actions/plan-actions.js';
import type { ActionState } from '../call-plan/state.js';
import type { InputState } from '../call-plan/steps/input.js';

/** The caller's keys: one group for each request for input. An empty group gives no input. */
export class Keyboard {
  readonly #groups: string[];
  #question: string | undefined;
  #answered: string | undefined;
  /** The present input gets no more keys: it ends by its time-out. */
  #isSilent = false;

  /**
   * @param groups `['9', '1001#']`
   * @param continues an empty group after the keys of an unfinished input gives that input no more keys
   */
  constructor(
    groups: readonly string[],
    private readonly continues = false,
  ) {
    this.#groups = [...groups];
  }

  /** Keys to press now: a group for each input, once its prompt has been played. */
  next(action: ActionState | null): string {
    const asking = openInputOf(action);
    if (asking === null) {
      this.#question = undefined;
      return '';
    }
    this.#question = asking.playing?.playbackId ?? this.#question ?? 'silent';
    if (asking.playing !== null) return '';
    if (this.#answered === this.#question) {
      if (this.continues && !this.#isSilent && this.#groups[0] === '') {
        this.#groups.shift();
        this.#isSilent = true;
      }
      return '';
    }
    this.#answered = this.#question;
    const group = this.#groups.shift();
    this.#isSilent = group === '';
    return group ?? '';
  }

  /** The input that waits for a key when all groups are used; undefined when none does. */
  missing(action: ActionState | null): InputState | undefined {
    const asking = openInputOf(action);
    if (asking === null || asking.playing !== null || this.#groups.length > 0) return undefined;
    const isAnswered = this.#question !== undefined && this.#answered === this.#question;
    return isAnswered && this.#isSilent ? undefined : asking;
  }

  /** Keys that were not used. */
  get left(): string {
    return this.#groups.join(',');
  }
}

function openInputOf(action: ActionState | null): InputState | null {
  return action === null ? null : moduleOf(action).openInput(action);
}
