/**
 * The shop's wire format, as the `hand_over` action uses it: pure, implemented in integrations/. The profile is opaque
data of the integration.
 */
export interface HandOverContract {
  /** The profile with the company's changes. @throws {Error} naming the invalid change */
  profile(changes: Record<string, unknown> | undefined): unknown;
  request(call: HandOverCall, profile: unknown): { contentType: string; body: string };
  /** Never throws: an unreadable response is `bad`. */
  read(status: number, body: string, profile: unknown): Directive;
}

export interface HandOverCall {
  callId: string;
  /** Number of this request within the call's hand-overs, from 1. */
  step: number;
  /** As received from Asterisk; empty when withheld. */
  callerNumber: string;
  /** E.164. */
  calledNumber: string;
  /** ISO 3166, the home country of number formats. */
  country: string;
  /** The caller's last input; `null` before the first question. */
  digits: string | null;
  /** The last request of this hand-over: the caller has hung up, or the call was taken out of it. */
  hangup: boolean;
  /** Result of the last transfer; `null` before the first. */
  bridgeResult: string | null;
  /** The field of the two above that no earlier request contained. */
  fresh: Fresh | null;
  /** Fields that the shop wants back, and digits that the plan collected. */
  echo: Echo;
}

/** What happened between two requests: the caller answered a question, or a transfer ended. */
export type Fresh = 'digits' | 'bridge_result';

export type Echo = Record<string, string | number | boolean>;

/**
 * The shop's next instruction. `echo`: fields to send back with the next request; `keep`: added to the earlier ones.
 */
export type Directive = { echo: Echo; keep: boolean } & (
  | { type: 'answer' }
  | { type: 'play'; prompt: number; then: 'callback' | 'return' }
  | { type: 'menu'; prompt: number; timeoutMs: number; max: number }
  /** `waitsForBusy`: the caller waits in the queue; otherwise only the free handsets ring, once. */
  | {
      type: 'transfer';
      queue: string;
      prompt: number | null;
      showCaller: boolean;
      waitsForBusy: boolean;
      /** Of the caller in the queue; higher comes first. */
      priority: number;
    }
  | { type: 'hang_up' }
  | { type: 'return' }
  /** An action that the contract does not define: the plan continues. */
  | { type: 'unknown'; action: string }
  /** An unreadable response: treated as a shop that is down. */
  | { type: 'bad'; reason: string }
);
