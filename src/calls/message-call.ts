import type { Instant } from '../lib/clock.js';

/** Calls that speak a message to somebody and do what the pressed key says; implemented by plan/. */

export interface MessageCall {
  /** Chosen by whoever asks: with the same one twice nobody is called twice. */
  flowId: string;
  /** E.164. */
  to: string;
  /** The order that it is about; who is called is its client. */
  order: string;
  /** Number of the line on whose behalf it is called. */
  line: string;
  prompts: number[];
  /** What may be pressed; empty: nothing is asked. */
  keys: MessageKey[];
  /** For how long a key is waited for after the message. */
  keyTimeoutMs: number;
  /** How often the message is played to who presses nothing. */
  plays: number;
  /** What is done when a machine answers: the same as for people, or that it is told from people and hung up on or spoken to, once it has spoken. */
  machine: 'as_person' | 'hang_up' | { prompts: number[] };
  ringMs: number;
}

export interface MessageKey {
  digit: string;
  action:
    | { type: 'repeat' }
    /** The order's driver is rung, and neither sees the other's number. */
    | { type: 'connect_driver' }
    /** Into a queue of handsets. */
    | { type: 'enqueue'; queue: number; label?: string }
    /** `prompt` confirms it, and the call ends; what is to be done is done by whoever reads how the call went. */
    | { type: 'confirm'; prompt: number | null };
}

/**
 * How such a call went. `heard`: the message was played to its end, or a key was pressed. `cut_short`: somebody answered, and
 * hung up before. `machine`: an answering machine, which has not heard it. `no_such_number`: the
 * network says that there is none. `refused`: by the dial policy. `limited`: by its
 * limits, which pass; nobody was called. `unknown`: a crash came between, so it may have rung. `failed`: it could not
 * be called (the provider's refusal included), or the message not be played.
 */
export const messageOutcomes = [
  'heard',
  'heard_by_machine',
  'cut_short',
  'machine',
  'busy',
  'no_answer',
  'rejected',
  'unreachable',
  'no_such_number',
  'refused',
  'limited',
  'unknown',
  'failed',
] as const;
export type MessageOutcome = (typeof messageOutcomes)[number];

export interface MessageReport {
  outcome: MessageOutcome;
  answeredAt: Instant | null;
  endedAt: Instant;
  /** The last one that leads somewhere, but for repetitions where another follows. */
  digit: string | null;
}

export interface MessageCalls {
  /** Nobody has been called: `unavailable` now, `failed` for ever. */
  begin(call: MessageCall): Promise<{ ok: true } | { ok: false; why: 'unavailable' | 'failed'; detail: string }>;
  /** How it went; `running` before its end. `never`: there never was such a call. */
  report(flowId: string): Promise<MessageReport | 'running' | 'never'>;
}
