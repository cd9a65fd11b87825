import { currentActor } from '../http/actor.js';
import { newCallId } from '../kernel/ids.js';
import type {
  AnnounceRequest,
  CallControl,
  CallRequest,
  ControlAnswer,
  ControlRefusal,
  ControlRefused,
  RungFirst,
  CallSide,
  TransferTarget,
} from '../telephony/control.js';
import type { PromptSource } from './effect-handlers.js';
import { findLine, lineNumber } from '../directory/caller.js';
import { judgeNumber, INVALID_NUMBER, toCallable } from '../directory/dial-rules.js';
import type { Command, SupervisionMode, TransferStep } from '../telephony/command.js';
import { OVER, type FlowSummary, type Refusal } from '../kernel/flow.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import { CallOriginator, controlRefusal, type CallOriginatorOptions, type OutgoingCall } from './originate.js';
import type { Company, Line } from '../company/company.js';
import { RepeatedCalls } from './repeated-calls.js';
import type { Action } from '../company/plan-schema.js';
import { MINUTE_MS } from '../lib/time.js';

const HANDSET_RINGS_MS = 30_000;
const NUMBER_RINGS_MS = MINUTE_MS;

export interface CallControlOptions extends CallOriginatorOptions {
  runtime: CallOriginatorOptions['runtime'] & {
    summary(flowId: string): FlowSummary | undefined;
    request(flowId: string, event: TelephonyEvent): Promise<{ refusal?: Refusal | undefined } | undefined>;
  };
  company: () => Company;
  prompts: PromptSource;
  /** Why a handset may not call a number now, by its own limits. Default: it may. */
  dialRefusal?: (handset: string, number: string) => Promise<string | undefined>;
  /** Records in the audit log that a handset is to take part in a call, or that the call refused it. */
  recordListening: (listening: Listening) => Promise<void>;
}

interface Listening {
  callId: string;
  handset: string;
  mode: SupervisionMode;
  outcome: 'requested' | 'refused';
}

type Started = Awaited<ReturnType<CallControl['call']>>;

/** `callId`: undefined for a new one. */
type ValidatedRequest = Omit<OutgoingCall, 'callId' | 'company'> & { callId: string | undefined };

/** Validates commands and requests for calls, and passes them to the call's flow. */
export class PlanCallControl implements CallControl {
  readonly #originator: CallOriginator;
  readonly #repeated: RepeatedCalls;

  constructor(private readonly options: CallControlOptions) {
    this.#originator = new CallOriginator(options);
    this.#repeated = new RepeatedCalls((callId) => options.runtime.summary(callId));
  }

  async interrupt(callId: string, promptId?: number): Promise<ControlAnswer> {
    const problem = promptId === undefined ? undefined : await this.#promptProblem(promptId);
    return (
      problem ?? this.#command(callId, { type: 'reject', prompt: promptId ?? null, by: currentActor() ?? undefined })
    );
  }

  hangUp(callId: string): Promise<ControlAnswer> {
    return this.#command(callId, { type: 'hang_up', by: currentActor() ?? undefined });
  }

  transfer(callId: string, to: TransferTarget): Promise<ControlAnswer> {
    return this.#transfer(callId, to, {});
  }

  route(callId: string, to: TransferTarget): Promise<ControlAnswer> {
    return this.#transfer(callId, to, { first: true });
  }

  async consult(callId: string, wanted: TransferTarget, handset: string): Promise<ControlAnswer> {
    const to = this.#readTarget(wanted);
    return 'why' in to ? to : this.#command(callId, { type: 'consult', to, handset });
  }

  advanceTransfer(callId: string, step: TransferStep): Promise<ControlAnswer> {
    return this.#command(callId, { type: 'advance_transfer', step });
  }

  park(callId: string, handset: string): Promise<ControlAnswer> {
    return this.#command(callId, { type: 'park', handset });
  }

  async pickUp(callId: string, handset: string): Promise<ControlAnswer> {
    return this.#handsetProblem(handset) ?? this.#command(callId, { type: 'pick_up', handset });
  }

  async #transfer(callId: string, wanted: TransferTarget, how: { first?: true }): Promise<ControlAnswer> {
    const to = this.#readTarget(wanted);
    return 'why' in to ? to : this.#command(callId, { type: 'transfer', ...how, to });
  }

  #readTarget(to: TransferTarget): TransferTarget | ControlRefused {
    if ('handset' in to) return this.#handsetProblem(to.handset) ?? to;
    if ('queue' in to) {
      const isKnown = this.options.company().queues.some(({ id }) => id === to.queue);
      return isKnown ? to : controlRefusal('unknown_target', `there is no queue ${to.queue}`);
    }
    const line = lineNumber(this.options.company(), 'line' in to ? to.line : to.number);
    if (line !== undefined) return { line };
    if ('line' in to) return controlRefusal('unknown_target', 'there is no such line');
    const number = this.#readNumber(to.number);
    return typeof number === 'string' ? { number } : number;
  }

  async play(callId: string, promptId: number, side: CallSide): Promise<ControlAnswer> {
    return (await this.#promptProblem(promptId)) ?? this.#command(callId, { type: 'play', prompt: promptId, side });
  }

  async listen(callId: string, handset: string, mode: SupervisionMode = 'listen'): Promise<ControlAnswer> {
    const problem = this.#handsetProblem(handset);
    if (problem !== undefined) return problem;
    // Before the command: a crash must not leave a call that was heard without an entry.
    await this.options.recordListening({ callId, handset, mode, outcome: 'requested' });
    const answer = await this.#command(callId, { type: 'listen', handset, mode });
    if (!answer.ok) await this.options.recordListening({ callId, handset, mode, outcome: 'refused' });
    return answer;
  }

  move(callId: string, position: number): Promise<ControlAnswer> {
    return this.#command(callId, { type: 'move', position });
  }

  async call(request: CallRequest): Promise<Started> {
    const { number: wanted, line: onLine, autoAnswer = false, callId } = request;
    const line = this.#line(onLine);
    if (line === undefined) return NO_LINE;
    const number = this.#readNumber(wanted);
    if (typeof number !== 'string') return number;
    const first = this.#rungFirst(request, number);
    if ('ok' in first) return first;
    const handset = request.handset ?? request.forHandset;
    const refusal = handset === undefined ? undefined : await this.options.dialRefusal?.(handset, number);
    if (refusal !== undefined) return controlRefusal('refused', refusal);
    const actions: Action[] = [{ ring: { number, timeout: NUMBER_RINGS_MS } }];
    return this.#start({ callId, line, number, ...first, timeoutMs: HANDSET_RINGS_MS, autoAnswer, actions });
  }

  async announce({ number: wanted, line: onLine, say, callId }: AnnounceRequest): Promise<Started> {
    const line = this.#line(onLine);
    if (line === undefined) return NO_LINE;
    const problem = 'prompt' in say ? await this.#promptProblem(say.prompt) : this.#partProblem(say.part);
    if (problem !== undefined) return problem;
    const number = this.#readNumber(wanted);
    if (typeof number !== 'string') return number;
    const actions: Action[] = ['prompt' in say ? { play: { prompt: say.prompt } } : { go_to_part: say.part }];
    const dial = { to: { number }, callerId: null, timeoutMs: NUMBER_RINGS_MS, autoAnswer: false };
    return this.#start({ callId, line, number, ...dial, actions });
  }

  /** Calls a number over this trunk alone, with the caller ID of the first line, and hangs up when it is answered. */
  async testTrunk(trunk: string, wanted: string): Promise<Started> {
    const line = this.#line(undefined);
    if (line === undefined) return NO_LINE;
    const number = this.#readNumber(wanted);
    if (typeof number !== 'string') return number;
    const dial = { to: { number }, callerId: null, timeoutMs: NUMBER_RINGS_MS, autoAnswer: false, trunk };
    const actions: Action[] = [{ hang_up: { cause: 'normal' } }];
    return this.#start({ callId: newCallId(), line, number, ...dial, actions });
  }

  /**
   * A call id chosen by the client identifies repeated requests; without one, equal requests share a call while it is
   * dialled.
   */
  #start({ callId, ...wanted }: ValidatedRequest): Promise<Started> {
    const company = this.options.company();
    if (callId !== undefined) return this.#originator.start({ callId, company, ...wanted });
    const start = () => this.#originator.start({ callId: newCallId(), company, ...wanted });
    const { to, rival, forHandset, number, line, actions } = wanted;
    return this.#repeated.start({ to, rival, forHandset, number, line: line.number, actions }, start);
  }

  async #command(callId: string, command: Command): Promise<ControlAnswer> {
    const { runtime, statusOf, clock } = this.options;
    const answer = await runtime.request(callId, { type: 'commanded', at: clock.now(), command });
    const isEnd = command.type === 'reject' || command.type === 'hang_up';
    const whenOver: ControlAnswer = isEnd ? { ok: true } : controlRefusal('not_now', 'the call is over');
    if (answer?.refusal?.why === OVER) return whenOver;
    if (answer === undefined) {
      switch (await statusOf(callId)) {
        case 'over':
          return whenOver;
        case 'running':
          return controlRefusal('unavailable', 'the gateway of the call is stopping or does not answer; try again');
        case undefined:
          return controlRefusal(
            'unknown_call',
            'there is no such call; use the call_id from the webhooks or the list of calls',
          );
      }
    }
    const { refusal } = answer;
    return refusal === undefined
      ? { ok: true }
      : controlRefusal(REFUSALS[refusal.why] ?? 'unavailable', refusal.detail);
  }

  async #promptProblem(id: number): Promise<ControlRefused | undefined> {
    const found = await this.options.prompts.resolve([{ prompt: id }], this.options.company().languages, '');
    return 'refused' in found ? controlRefusal('unknown_prompt', found.refused) : undefined;
  }

  #partProblem(name: string): ControlRefused | undefined {
    return Object.hasOwn(this.options.company().parts, name)
      ? undefined
      : controlRefusal('unknown_part', 'there is no such part');
  }

  #handsetProblem(name: string): ControlRefused | undefined {
    const known = this.options.company().handsets.some((handset) => handset.name === name);
    return known ? undefined : controlRefusal('unknown_target', 'there is no such handset');
  }

  /**
   * A handset is shown the number it will talk with; a mobile is shown the line's number, because the network accepts
   * no other.
   */
  #rungFirst(
    request: RungFirst,
    number: string,
  ): ControlRefused | Pick<ValidatedRequest, 'to' | 'rival' | 'forHandset' | 'callerId'> {
    const { handset, mobile } = request;
    const own = mobile === undefined ? undefined : this.#readNumber(mobile);
    if (typeof own === 'object') return own;
    if (handset !== undefined) {
      const rival = own === undefined ? undefined : { number: own };
      return this.#handsetProblem(handset) ?? { to: { handset }, callerId: number, rival };
    }
    if (own === undefined) return controlRefusal('unknown_target', 'give the handset or mobile to ring first');
    return { to: { number: own }, callerId: null, forHandset: request.forHandset ?? own };
  }

  #line(number: string | undefined): Line | undefined {
    const { lines, country } = this.options.company();
    return number === undefined ? lines[0] : findLine(lines, number, country);
  }

  /** E.164, or a short code that the dial policy allows. */
  #readNumber(text: string): string | ControlRefused {
    const read = readNumber(text, this.options.company());
    return 'why' in read ? read : read.number;
  }
}

/** E.164, or a short code; checked against the rules of the dial policy, but not against its limits. */
export function readNumber(
  text: string,
  { dial_policy, country }: Pick<Company, 'dial_policy' | 'country'>,
): { number: string } | ControlRefused {
  const e164 = toCallable(text, dial_policy, country);
  if (e164 === undefined && !/^\s*\d{2,6}\s*$/.test(text)) return controlRefusal('bad_number', INVALID_NUMBER);
  const verdict = judgeNumber(text, dial_policy, country);
  return verdict.allowed ? { number: e164 ?? verdict.digits } : controlRefusal('refused', verdict.reason);
}

const REFUSALS: Partial<Record<string, ControlRefusal>> = { not_now: 'not_now', unknown_target: 'unknown_target' };
const NO_LINE = controlRefusal('unknown_target', 'there is no such line');
