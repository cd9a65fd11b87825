import type { Instant } from '../lib/clock.js';

/**
 * Interface of message calls: calls that speak a message and act on the pressed key; implemented by
 * message-call-starter.ts.
 */

export interface MessageCall {
  /** Chosen by the client: a repeated request with the same id makes one call. */
  callId: string;
  /** E.164. */
  to: string;
  /** The order of the message; the called party is its client. */
  order: string;
  /** Number of the line that makes the call. */
  line: string;
  prompts: number[];
  /** Keys that the called party may press; empty: no input. */
  keys: MessageKey[];
  /** How long to wait for a key after the message. */
  keyTimeoutMs: number;
  /** How many times the message is played when no key is pressed. */
  plays: number;
  /**
   * What to do when an answering machine picks up: treat it as a person, hang up, or leave a message after its
   * greeting.
   */
  machine: 'as_person' | 'hang_up' | { prompts: number[] };
  ringMs: number;
}

export interface MessageKey {
  digit: string;
  action:
    | { type: 'repeat' }
    /** Connects with the order's driver; neither sees the other's number. */
    | { type: 'connect_driver' }
    /** Enqueues the called party. */
    | { type: 'enqueue'; queue: number; label?: string }
    /** Plays `prompt` as a confirmation and ends the call; the reader of the report acts on the key. */
    | { type: 'confirm'; prompt: number | null };
}

/**
 * The outcome of a message call. `heard`: the message was played to its end, or a key was pressed. `cut_short`:
 * answered, but
hung up before the end. `machine`: an answering machine that did not get the message. `no_such_number`: reported by the
network. `refused`: by the dial policy. `limited`: by a limit of the dial policy, for now; the number was not called.
`unknown`: a crash intervened, so the phone may have rung. `failed`: the call (also when the provider refused it) or the
playback failed.
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
  /** The last key with an action; a key that repeats the message counts only when no other follows. */
  digit: string | null;
}

export interface MessageCalls {
  /** On failure the number was not called: `unavailable` for now, `failed` permanently. */
  begin(call: MessageCall): Promise<{ ok: true } | { ok: false; why: 'unavailable' | 'failed'; detail: string }>;
  /** The report of the call; `running` before its end; `never` when there is no such call. */
  report(callId: string): Promise<MessageReport | 'running' | 'never'>;
}
