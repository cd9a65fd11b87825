import type { ControlRefusal } from '../telephony/control.js';
import type { CallResult, CallEvent } from '../telephony/domain-events.js';
import type { DialTarget, HttpEffect, OrderEffect, TelephonyEffect } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { HandOverContract } from './hand-over-contract.js';
import type { PlanProgram } from './program.js';
import { ownSide } from './own-side.js';
import { endTalk, endWait, startTalk, startWait, tallyOf } from './tally.js';
import { StepBuilder } from '../kernel/step-builder.js';
import type { CallState, Tally } from './call-state.js';

export type PlanEffect = TelephonyEffect | HttpEffect | OrderEffect;

/** What of the news says how it has ended. */
const RESULT_OF: ReadonlySet<CallEvent['event']> = new Set(['hangup', 'queue_left', 'recording_ready']);

/** One step of a call under construction. */
export class Call<S extends CallState = CallState> extends StepBuilder<S, PlanEffect, CallEvent> {
  constructor(
    readonly program: PlanProgram,
    state: S,
    at: Instant,
    readonly contract: HandOverContract,
  ) {
    super(state, at);
  }

  /** Tells the world outside. `agent`: who is rung; by default who talks with the caller. */
  emit(event: CallEvent['event'], agent: DialTarget | null = this.state.agent): void {
    this.events.push(this.#eventOf(event, agent));
  }

  /** To be told of each recording when it is there, long after this. */
  reserveRecordingEvents(): void {
    for (const recording of this.state.recordings ?? [])
      recording.news = this.#eventOf('recording_ready', recording.agent);
  }

  #eventOf(event: CallEvent['event'], agent: DialTarget | null): CallEvent {
    const { state, at } = this;
    state.eventSeq += 1;
    return {
      event,
      seq: state.eventSeq,
      at,
      direction: state.direction,
      line: state.line,
      caller: state.caller.number,
      label: state.label,
      queue: state.queue,
      agent: ownSide(state) ?? agent,
      startedAt: state.startedAt,
      answeredAt: state.talkedAt,
      endedAt: state.endedAt,
      result: RESULT_OF.has(event) ? state.result : null,
    };
  }

  /** Answers the call if that was not done before. */
  answer(): void {
    const { state, at } = this;
    if (state.answeredAt === null) this.request({ type: 'answer', channelId: state.channelId });
    state.answeredAt ??= at;
  }

  /** Somebody talks with the caller. */
  markAnsweredBy(agent: DialTarget | null): void {
    const { state, at } = this;
    state.agent = agent;
    state.answeredAt ??= at;
    state.talkedAt ??= at;
    startTalk(this.#tally, at, this.#insider(agent));
    this.setProvisionalResult('SUCCESS');
    this.emit('answered');
  }

  /** Nobody talks with the outside party any more. */
  talkEnds(): void {
    endTalk(this.#tally, this.at);
    this.endRecordings(this.at);
  }

  /** The gateway was away: how long the talks in progress last cannot be known any more. */
  noteRecovery(after: string): void {
    this.appendLog('recovered', { after });
    this.endRecordings(null);
  }

  /** Stores when the recorded talks ended that have not ended yet. @param at null when that cannot be known */
  endRecordings(at: Instant | null): void {
    for (const recording of this.state.recordings ?? [])
      if (recording.startedAt !== null && recording.endedAt === undefined) recording.endedAt = at;
  }

  /** The outside party waits for somebody to answer. @param queue where; null outside of queues */
  waitBegins(queue: number | null): void {
    startWait(this.#tally, this.at);
    if (queue !== null) this.#tally.queue = queue;
  }

  waitEnds(): void {
    endWait(this.#tally, this.at);
  }

  /** The dial policy did not allow a number, or (null) that is not why nobody answered. */
  isRefused(reason: string | null): void {
    this.#tally.refusal = reason;
  }

  /** Who of the two is not the outside party. */
  #insider(agent: DialTarget | null): DialTarget | null {
    const isOutsider = agent !== null && 'number' in agent && agent.number === this.state.caller.number;
    return ownSide(this.state) ?? (isOutsider ? null : agent);
  }

  get #tally(): Tally {
    return (this.state.tally ??= tallyOf(this.state));
  }

  /** The caller no longer waits in a queue, if there was one. */
  leftQueue(): void {
    if (this.state.queue === null) return;
    this.emit('queue_left');
    this.state.queue = null;
  }

  /** What the call has come to, as long as nobody has talked with the caller, nor rejected the call. */
  setProvisionalResult(result: CallResult): void {
    if (this.state.result !== 'SUCCESS' && !this.state.rejected) this.state.result = result;
  }

  /** Whatever it has come to before. */
  markRejected(): void {
    Object.assign(this.state, { rejected: true, result: 'REJECTED' });
  }

  /** The caller is taken somewhere else: what was begun before has come to nothing. */
  clearResult(): void {
    if (this.state.result !== 'SUCCESS' && !this.state.rejected) this.state.result = null;
  }

  override refuse(why: ControlRefusal, detail: string): void {
    super.refuse(why, detail);
  }
}
