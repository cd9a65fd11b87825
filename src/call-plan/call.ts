import type { ControlRefusal } from '../telephony/control.js';
import type { CallResult, CallEvent } from '../telephony/domain-events.js';
import type { DialTarget, HttpEffect, OrderEffect, TelephonyEffect } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { Step } from '../kernel/flow.js';
import type { LineEffect } from './event.js';
import type { HandOverContract } from './hand-over-contract.js';
import type { PlanProgram } from './program.js';
import { companyParty } from './company-party.js';
import { endTalk, endWait, startTalk, startWait, tallyOf } from './tally.js';
import { StepBuilder } from '../kernel/step-builder.js';
import type { CallState, Tally } from './call-state.js';

export type PlanEffect = TelephonyEffect | HttpEffect | OrderEffect | LineEffect;

/** Events that carry the result. */
const EVENTS_WITH_RESULT: ReadonlySet<CallEvent['event']> = new Set(['hangup', 'queue_left', 'recording_ready']);

/** One step of a call under construction. */
export class Call<S extends CallState = CallState> extends StepBuilder<S, PlanEffect, CallEvent> {
  #entered: PlanProgram | undefined;

  constructor(
    private readonly begun: PlanProgram,
    state: S,
    at: Instant,
    readonly contract: HandOverContract,
  ) {
    super(state, at);
  }

  get program(): PlanProgram {
    return this.#entered ?? this.begun;
  }

  /** Replaces the program from here on: the call enters another line. */
  enterProgram(program: PlanProgram): void {
    this.#entered = program;
  }

  override toStep(): Step<S, PlanEffect, CallEvent> {
    return this.#entered === undefined ? super.toStep() : { ...super.toStep(), program: this.#entered };
  }

  /** Emits a domain event. @param agent the target that rings; default: the agent that talks with the caller */
  emit(event: CallEvent['event'], agent: DialTarget | null = this.state.agent): void {
    this.events.push(this.#eventOf(event, agent));
  }

  /** Reserves a `recording_ready` event for each recording; it is published after the import, long after the call. */
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
      agent: companyParty(state) ?? agent,
      startedAt: state.startedAt,
      answeredAt: state.talkedAt,
      endedAt: state.endedAt,
      result: EVENTS_WITH_RESULT.has(event) ? state.result : null,
    };
  }

  /** Answers the call unless it is answered. */
  answer(): void {
    const { state, at } = this;
    if (state.answeredAt === null) this.request({ type: 'answer', channelId: state.channelId });
    state.answeredAt ??= at;
  }

  /** Starts a talk between the caller and `agent`; null when the agent is unknown. */
  markAnsweredBy(agent: DialTarget | null): void {
    const { state, at } = this;
    state.agent = agent;
    state.answeredAt ??= at;
    state.talkedAt ??= at;
    startTalk(this.#tally, at, this.#companyParty(agent));
    this.setProvisionalResult('SUCCESS');
    this.emit('answered');
  }

  /** Continues a talk that was interrupted, or handed to another agent, without a new answer. */
  continueTalk(): void {
    startTalk(this.#tally, this.at, this.#companyParty(this.state.agent));
  }

  /** Plays music on hold to the outside party. */
  startMusic(): void {
    if (this.state.hearsMusic !== true) this.request({ type: 'start_music', channelId: this.state.channelId });
    this.state.hearsMusic = true;
  }

  /** Does nothing when the outside party hears no music on hold. */
  stopMusic(): void {
    if (this.state.hearsMusic === true) this.request({ type: 'stop_music', channelId: this.state.channelId });
    this.state.hearsMusic = undefined;
  }

  /** Ends the talk with the outside party, and its recordings. */
  endTalk(): void {
    endTalk(this.#tally, this.at);
    this.endRecordings(this.at);
  }

  /** Logs that the gateway was down or disconnected. The durations of recordings in progress become unknown. */
  logRecovery(after: string): void {
    this.appendLog('recovered', { after });
    this.endRecordings(null);
  }

  /** Sets the end of recorded talks in progress. @param at null when unknown */
  endRecordings(at: Instant | null): void {
    for (const recording of this.state.recordings ?? [])
      if (recording.startedAt !== null && recording.endedAt === undefined) recording.endedAt = at;
  }

  /** Starts a wait of the outside party. @param queue null outside of queues */
  startWait(queue: number | null): void {
    startWait(this.#tally, this.at);
    if (queue !== null) this.#tally.queue = queue;
  }

  endWait(): void {
    endWait(this.#tally, this.at);
  }

  /** Sets why the dial policy refused a number; null: the dial policy is not the reason. */
  setRefusal(reason: string | null): void {
    this.#tally.refusal = reason;
  }

  /** The company's side of a talk with `agent`. */
  #companyParty(agent: DialTarget | null): DialTarget | null {
    const isOutsider = agent !== null && 'number' in agent && agent.number === this.state.caller.number;
    return companyParty(this.state) ?? (isOutsider ? null : agent);
  }

  get #tally(): Tally {
    return (this.state.tally ??= tallyOf(this.state));
  }

  /** Ends the wait in a queue, if there was one. */
  leaveQueue(): void {
    if (this.state.queue === null) return;
    this.emit('queue_left');
    this.state.queue = null;
  }

  /** Sets the provisional result; an answered or rejected call keeps its own. */
  setProvisionalResult(result: CallResult): void {
    if (this.state.result !== 'SUCCESS' && !this.state.rejected) this.state.result = result;
  }

  /** Sets the result to `REJECTED`, whatever it was before. */
  markRejected(): void {
    Object.assign(this.state, { rejected: true, result: 'REJECTED' });
  }

  /** Clears the provisional result because the caller is redirected; an answered or rejected call keeps its own. */
  clearResult(): void {
    if (this.state.result !== 'SUCCESS' && !this.state.rejected) this.state.result = null;
  }

  override refuse(why: ControlRefusal, detail: string): void {
    super.refuse(why, detail);
  }
}
