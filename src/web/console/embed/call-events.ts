import type { ShownCall } from '../../../monitor/protocol.js';
import type { Call, PhoneState } from '../phone/phone-state.js';
import type { EmbeddedCall, EmbeddedEvent } from './protocol.js';

/** How long the beginning of a call may wait for its id at the gateway, which arrives over another connection. */
export const ID_WAIT_MS = 1_500;

interface TrackedCall {
  shown: EmbeddedCall;
  /** The gateway's call that this is, once known. */
  known: ShownCall | undefined;
  /** When it appeared. */
  since: number;
  announced: { beginning: boolean; answer: boolean };
}

interface CallEventsParts {
  /** The own handset. */
  handset: string;
  seesNumbers: boolean;
  emit: (event: EmbeddedEvent) => void;
  now: () => number;
}

/** Derives the events of calls from the states of the phone and of the gateway. */
export class CallEvents {
  readonly #calls = new Map<string, TrackedCall>();
  readonly #parts: CallEventsParts;
  #sent = '';

  constructor(parts: CallEventsParts) {
    this.#parts = parts;
  }

  /**
   * Applies a state and emits what has changed.
   *
   * @param known calls at this handset, as the gateway has them
   * @returns ms until the state must be applied again; undefined when only changes matter
   */
  update({ reach, microphone, calls, ended }: PhoneState, known: readonly ShownCall[]): number | undefined {
    for (const call of calls) this.#track(call, known);
    const gone = [...this.#calls.values()].filter(({ shown }) => calls.every(({ id }) => id !== shown.id));
    for (const { shown } of gone) this.#calls.delete(shown.id);
    const shown = [...this.#calls.values()].map((tracked) => tracked.shown);
    const state = { reach, microphone, calls: shown };
    const text = JSON.stringify(state);
    if (text !== this.#sent) this.#parts.emit({ name: 'state', detail: state });
    this.#sent = text;
    for (const tracked of gone) {
      this.#announceStages(tracked);
      this.#parts.emit({ name: 'ended', detail: { ...tracked.shown, why: ended?.why ?? 'over' } });
    }
    return this.#announce();
  }

  #track(call: Call, known: readonly ShownCall[]): void {
    const tracked = this.#calls.get(call.id);
    const taken = new Set([...this.#calls.values()].map((each) => each.known?.id));
    const found =
      tracked?.known === undefined
        ? known.find((each) => !taken.has(each.id) && this.#fits(call, each))
        : (known.find(({ id }) => id === tracked.known?.id) ?? tracked.known);
    this.#calls.set(call.id, {
      shown: this.#shown(call, found),
      known: found,
      since: tracked?.since ?? this.#parts.now(),
      announced: tracked?.announced ?? { beginning: false, answer: false },
    });
  }

  #fits({ direction }: Call, { from }: ShownCall): boolean {
    return (direction === 'outgoing') === (from?.handset === this.#parts.handset);
  }

  #shown(call: Call, known: ShownCall | undefined): EmbeddedCall {
    const { id, direction, stage, held, muted } = call;
    const sip = /^[+*#\d]+$/.test(call.number) ? call.number : null;
    const number = direction === 'incoming' ? (known?.number ?? sip) : sip;
    const { seesNumbers } = this.#parts;
    return {
      id,
      callId: known?.id ?? null,
      direction,
      number: seesNumbers ? number : null,
      name: seesNumbers ? (known?.customer?.name ?? known?.name ?? '') : '',
      line: known?.line ?? null,
      stage,
      held,
      muted,
    };
  }

  /** @returns ms until a beginning may wait no longer */
  #announce(): number | undefined {
    const waits: number[] = [];
    for (const tracked of this.#calls.values()) {
      const waitMs = tracked.since + ID_WAIT_MS - this.#parts.now();
      if (tracked.known === undefined && waitMs > 0) waits.push(waitMs);
      else this.#announceStages(tracked);
    }
    return waits.length === 0 ? undefined : Math.min(...waits);
  }

  #announceStages({ shown, announced }: TrackedCall): void {
    if (!announced.beginning)
      this.#parts.emit({ name: shown.direction === 'incoming' ? 'ringing' : 'calling', detail: shown });
    announced.beginning = true;
    if (shown.stage !== 'talking' || announced.answer) return;
    announced.answer = true;
    this.#parts.emit({ name: 'answered', detail: shown });
  }
}
