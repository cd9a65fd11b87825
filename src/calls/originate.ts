import type { ControlRefusal, ControlRefused } from '../telephony/control.js';
import { NotDurable } from '../kernel/runtime-types.js';
import type { DialTarget, TelephonyEvent } from '../telephony/telephony.js';
import type { Clock } from '../lib/clock.js';
import type { Company, Line } from '../company/company.js';
import { compile } from '../call-plan/compile.js';
import { PLAN } from '../call-plan/plan-flow.js';
import type { HandOverContract } from '../call-plan/hand-over-contract.js';
import type { About } from '../call-plan/program.js';
import type { Action } from '../company/plan-schema.js';
import { ownLegId, rivalLegId } from '../kernel/ids.js';

export interface CallOriginatorOptions {
  runtime: {
    readonly running: string[];
    beginStored(kind: string, flowId: string, program: unknown, event: TelephonyEvent): Promise<boolean>;
  };
  statusOf: (callId: string) => Promise<'running' | 'over' | undefined>;
  contract: HandOverContract;
  asterisk: { readonly usable: boolean };
  maxCalls: number;
  clock: Clock;
}

/** An outgoing call to make. */
export interface OutgoingCall {
  callId: string;
  company: Company;
  line: Line;
  /** The outside party: E.164, or a short code. */
  number: string;
  to: DialTarget;
  rival?: DialTarget | undefined;
  forHandset?: string;
  callerId: string | null;
  timeoutMs: number;
  autoAnswer: boolean;
  /** The only trunk to try: a test call. */
  trunk?: string | undefined;
  /** The order of the call. */
  about?: About;
  /** The plan, started when `to` has answered. */
  actions: Action[];
}

/** Starts outgoing calls. */
export class CallOriginator {
  constructor(private readonly options: CallOriginatorOptions) {}

  /** Resolves once the call is stored. An id that exists already starts no second call. */
  async start({
    callId,
    company,
    line,
    number,
    actions,
    rival,
    about,
    ...dial
  }: OutgoingCall): Promise<{ ok: true; callId: string } | ControlRefused> {
    const { runtime, asterisk, contract, maxCalls, clock, statusOf } = this.options;
    if ((await statusOf(callId)) !== undefined) return { ok: true, callId };
    if (!asterisk.usable) return controlRefusal('unavailable', 'Asterisk is unreachable; try again');
    if (runtime.running.length >= maxCalls)
      return controlRefusal('unavailable', 'too many calls are in progress; try again later');
    try {
      const at = clock.now();
      await runtime.beginStored(PLAN, callId, compile(company, { ...line, plan: actions }, contract, { at, about }), {
        type: 'call_requested',
        at,
        channelId: ownLegId(callId),
        party: { number, name: '' },
        ...dial,
        rival: rival && { legId: rivalLegId(callId), to: rival },
      });
      return { ok: true, callId };
    } catch (error) {
      if (!(error instanceof NotDurable)) throw error;
      return controlRefusal('unavailable', 'the database cannot be written; try again later');
    }
  }
}

/** A refusal of a request or command. */
export function controlRefusal(why: ControlRefusal, detail: string): ControlRefused {
  return { ok: false, why, detail };
}
