import type { SupervisionMode, TransferStep, TransferTarget } from './command.js';

/** Call control for operators and other systems: starting calls, and commands to calls in progress. */

export type ControlAnswer = { ok: true } | ControlRefused;

export interface ControlRefused {
  ok: false;
  why: ControlRefusal;
  /** The problem and its remedy; contains no number and no digit. */
  detail: string;
}

/**
 * - `unknown_call`: there is no such call.
 * - `unknown_prompt`, `unknown_part`, `unknown_target` (handset, queue, line): the command was not carried out.
 * - `bad_number`: not a phone number; `refused`: the dial policy does not allow the number.
 * - `not_now`: the state of the call does not allow the command, or the call is over.
 * - `unavailable`: Asterisk or the database is unavailable, or there are too many calls.
 */
export type ControlRefusal =
  | 'unknown_call'
  | 'unknown_prompt'
  | 'unknown_part'
  | 'bad_number'
  | 'unknown_target'
  | 'not_now'
  | 'refused'
  | 'unavailable';

export type { TransferTarget };
/** `caller`: the call's own channel: the caller, or the first called party; `callee`: the other side of the talk. */
export type CallSide = 'caller' | 'callee' | 'both';

/**
 * The targets that ring first; if both are given they ring at once, and the first to answer takes the call. `mobile`:
 * a phone
number; `forHandset`: the handset of the mobile's owner, which the call is attributed to.
 */
export type RungFirst = { handset: string; mobile?: string } | { handset?: never; mobile: string; forHandset?: string };

export type CallRequest = RungFirst & {
  number: string;
  /** Number of the line that makes the call; default: the company's first. */
  line?: string | undefined;
  /** Asks the handset to answer automatically. */
  autoAnswer?: boolean;
  /** Chosen by the client, so that a repeated request starts one call; default: a new id. */
  callId?: string;
};

export interface AnnounceRequest {
  number: string;
  line?: string | undefined;
  say: { prompt: number } | { part: string };
  callId?: string;
}

/**
 * Every command names a call by its call id (`c_…`), as sent in webhooks. A command answered with `ok` has been
 * stored: it
is carried out even if the gateway crashes afterwards.
 */
export interface CallControl {
  /**
   * Takes the caller out of the queue, the ringing or the talk, plays the prompt and hangs up; the result is
   * `REJECTED`.
Ok for a call that is over. Default prompt: the configured one; without any, the call is hung up at once.
   */
  interrupt(callId: string, promptId?: number): Promise<ControlAnswer>;
  /** Ok for a call that is over. */
  hangUp(callId: string): Promise<ControlAnswer>;
  /** Transfers the caller; in a call that a handset made, the called number. */
  transfer(callId: string, to: TransferTarget): Promise<ControlAnswer>;
  /** Transfers a caller before the first talk; if the target does not answer, the line's plan restarts. */
  route(callId: string, to: TransferTarget): Promise<ControlAnswer>;
  /** Lets the operator of this handset, who talks with the caller, talk with the target first. Queues and lines are no such targets: transfers at once. */
  consult(callId: string, to: TransferTarget, handset: string): Promise<ControlAnswer>;
  /** The next step of such a transfer. */
  advanceTransfer(callId: string, step: TransferStep): Promise<ControlAnswer>;
  /** Parks the other party of the talk in which this handset takes part, in a numbered place. */
  park(callId: string, handset: string): Promise<ControlAnswer>;
  /** Rings this handset, which then talks with the parked party. */
  pickUp(callId: string, handset: string): Promise<ControlAnswer>;
  play(callId: string, promptId: number, side: CallSide): Promise<ControlAnswer>;
  /**
   * Rings the handset of a supervisor, which then takes part until the call ends. For a handset that takes part already, changes the
   * mode. Default: `listen`.
   */
  listen(callId: string, handset: string, mode?: SupervisionMode): Promise<ControlAnswer>;
  /** Moves a caller who waits in a queue. @param position from 1; beyond the end: the last one */
  move(callId: string, position: number): Promise<ControlAnswer>;
  /** Click to call: rings the handset or mobile, then the number. */
  call(request: CallRequest): Promise<{ ok: true; callId: string } | ControlRefused>;
  /** Calls the number and plays a prompt, or runs a part. */
  announce(request: AnnounceRequest): Promise<{ ok: true; callId: string } | ControlRefused>;
}
