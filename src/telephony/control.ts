/** What people and other systems can do to calls: start them, and reach into those in progress. */

export type ControlAnswer = { ok: true } | ControlRefused;

export interface ControlRefused {
  ok: false;
  why: ControlRefusal;
  /** What is wrong and what to do about it; holds no number and no digit. */
  detail: string;
}

/**
 * - `unknown_call`: there never was such a call.
 * - `unknown_prompt`, `unknown_part`, `unknown_target` (handset, queue, line): nothing has happened.
 * - `bad_number`: no phone number; `refused`: the dial policy does not allow it.
 * - `not_now`: the call is in no state for this, or over.
 * - `unavailable`: Asterisk or the database is out of reach, or there are too many calls.
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

export type TransferTarget = { queue: number } | { handset: string } | { number: string };
/** `caller`: whoever called, or was called first; `callee`: whom that one talks with. */
export type CallSide = 'caller' | 'callee' | 'both';

/**
 * Who is rung first; both: both at once, and who answers first has the call. `mobile`: a phone number; `forHandset`: the handset
 * of the person whose mobile it is, under whose name the call goes.
 */
export type RungFirst = { handset: string; mobile?: string } | { handset?: never; mobile: string; forHandset?: string };

export type CallRequest = RungFirst & {
  number: string;
  /** Number of the line on whose behalf it is called; default: the company's first. */
  line?: string;
  /** Asks the handset to answer by itself. */
  autoAnswer?: boolean;
  /** Chosen by whoever asks, so that asking twice starts one call; default: a new one. */
  callId?: string;
};

export interface AnnounceRequest {
  number: string;
  line?: string;
  say: { prompt: number } | { part: string };
  callId?: string;
}

/**
 * Every command names a call by its call id (`c_…`), as webhooks tell it. What is answered `ok` has been stored: it is
 * carried out even if the gateway dies in the next moment.
 */
export interface CallControl {
  /**
   * Out of the queue (or the ringing, or the talk): hears the prompt and is hung up; the call's result is `REJECTED`. A
   * call that is over already: ok. Default prompt: the one configured; none at all: hung up at once.
   */
  interrupt(callId: string, promptId?: number): Promise<ControlAnswer>;
  /** A call that is over already: ok. */
  hangUp(callId: string): Promise<ControlAnswer>;
  /** Of a call that we made for a handset, the number is transferred. */
  transfer(callId: string, to: TransferTarget): Promise<ControlAnswer>;
  /** Only while nobody has talked with the caller; when nobody answers there, the line's plan begins anew. */
  route(callId: string, to: TransferTarget): Promise<ControlAnswer>;
  play(callId: string, promptId: number, side: CallSide): Promise<ControlAnswer>;
  /** Rings the handset, which then hears both sides and is heard by nobody, to the end of the call. */
  listen(callId: string, handset: string): Promise<ControlAnswer>;
  /** Click to call: rings the handset, or somebody's mobile, then the number. */
  call(request: CallRequest): Promise<{ ok: true; callId: string } | ControlRefused>;
  /** Rings the number, and says something. */
  announce(request: AnnounceRequest): Promise<{ ok: true; callId: string } | ControlRefused>;
}
