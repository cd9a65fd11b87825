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
  fate: (flowId: string) => Promise<'running' | 'over' | undefined>;
  contract: HandOverContract;
  asterisk: { readonly usable: boolean };
  maxCalls: number;
  clock: Clock;
}

/** A call that we are to make. */
export interface OutgoingCall {
  callId: string;
  company: Company;
  line: Line;
  /** Whom the call is with: E.164, or a short code. */
  number: string;
  to: DialTarget;
  rival?: DialTarget;
  forHandset?: string;
  callerId: string | null;
  timeoutMs: number;
  autoAnswer: boolean;
  /** The order that it is about. */
  about?: About;
  /** Its plan, begun when `to` has answered. */
  actions: Action[];
}

/** Starts calls that we make. */
export class CallOriginator {
  constructor(private readonly options: CallOriginatorOptions) {}

  /** Resolves once the call is stored; with an id that there was before nobody is called anew. */
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
    const { runtime, asterisk, contract, maxCalls, clock, fate } = this.options;
    if ((await fate(callId)) !== undefined) return { ok: true, callId };
    if (!asterisk.usable) return refusalOf('unavailable', 'Asterisk is out of reach; try again');
    if (runtime.running.length >= maxCalls)
      return refusalOf('unavailable', 'too many calls are in progress; try again later');
    try {
      await runtime.beginStored(PLAN, callId, compile(company, { ...line, plan: actions }, contract, '', about), {
        type: 'call_requested',
        at: clock.now(),
        channelId: ownLegId(callId),
        party: { number, name: '' },
        ...dial,
        ...(rival && { rival: { legId: rivalLegId(callId), to: rival } }),
      });
      return { ok: true, callId };
    } catch (error) {
      if (!(error instanceof NotDurable)) throw error;
      return refusalOf('unavailable', 'the database cannot be written; try again later');
    }
  }
}

/** Says no, for people. */
export function refusalOf(why: ControlRefusal, detail: string): ControlRefused {
  return { ok: false, why, detail };
}
