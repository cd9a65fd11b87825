import type { ActionState } from '../call-plan/state.js';
import type { Asking } from '../call-plan/steps/asking.js';

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
    const asking = askingOf(action);
    if (asking === undefined) {
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

function askingOf(action: ActionState | null): Asking | undefined {
  if (action?.type === 'menu' || action?.type === 'collect') return action.asking;
  if (action?.type === 'order_status') return action.asking ?? action.finding.choosing ?? undefined;
  if (action?.type === 'call_back') return action.finding.choosing ?? undefined;
  return action?.type === 'hand_over' && action.doing.type === 'ask' ? action.doing.asking : undefined;
}
