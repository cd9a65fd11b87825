/**
 * What the `hand_over` action needs of the shop's wire format: pure, implemented in integrations/. The profile is data
 * of the integration's own; this side never looks into it.
 */
export interface HandOverContract {
  /** The profile with the company's changes. @throws {Error} whose message names what is wrong with the changes */
  profile(changes: Record<string, unknown> | undefined): unknown;
  request(call: HandOverCall, profile: unknown): { contentType: string; body: string };
  /** Never throws: an answer that makes no sense is `bad`. */
  read(status: number, body: string, profile: unknown): Directive;
}

export interface HandOverCall {
  callId: string;
  /** Of this request within the hand-over, from 1. */
  step: number;
  /** As Asterisk gave it; empty when withheld. */
  callerNumber: string;
  /** E.164. */
  calledNumber: string;
  /** ISO 3166, the home country of number formats. */
  country: string;
  /** What the caller entered last; `null` before the first question. */
  digits: string | null;
  /** The last request of this hand-over: the caller has hung up, or the call was taken out of it. */
  hangup: boolean;
  /** How the last transfer ended; `null` until one has. */
  bridgeResult: string | null;
  /** Which of the two above no earlier request has told. */
  fresh: Fresh | null;
  /** What the shop gave us to keep for it, and what the plan collected. */
  echo: Echo;
}

/** What happened between two requests: the caller answered a question, or a transfer ended. */
export type Fresh = 'digits' | 'bridge_result';

export type Echo = Record<string, string | number | boolean>;

/** What the shop wants next. `echo`: what it wants to be told again; `keep` adds to what it said before. */
export type Directive = { echo: Echo; keep: boolean } & (
  | { type: 'answer' }
  | { type: 'play'; prompt: number; then: 'callback' | 'return' }
  | { type: 'menu'; prompt: number; timeoutMs: number; max: number }
  /** `waitsForBusy`: the caller waits in the queue; else the handsets that are free ring, and that is all. */
  | {
      type: 'transfer';
      queue: string;
      prompt: number | null;
      showCaller: boolean;
      waitsForBusy: boolean;
      /** Among those who wait; more comes first. */
      priority: number;
    }
  | { type: 'hang_up' }
  | { type: 'return' }
  /** An action that the contract does not know: back to the plan. */
  | { type: 'unknown'; action: string }
  /** Not an answer at all: treated as a shop that is down. */
  | { type: 'bad'; reason: string }
);
