import type { Instant } from '../lib/clock.js';
import { copyJson } from '../lib/copy-json.js';
import type { DomainEvent } from '../telephony/domain-events.js';
import type { Effect, EffectRequest } from './event.js';
import type { LogEntry, Refusal, Step } from './flow.js';
import { resourceId, type ResourceLetter } from './ids.js';

/** The part of a flow's state that numbers its effects and resources. */
interface NumberedState {
  flowId: string;
  /** Number of the last effect or resource id. */
  effects: number;
}

/**
 * One step of a flow under construction: a copy of the state to change, and the effects, log entries and domain events so
 * far. Lives for one call of the flow's function.
 */
export class StepBuilder<S extends NumberedState, F extends Effect, N extends DomainEvent = DomainEvent> {
  readonly state: S;
  readonly effects: F[] = [];
  readonly log: LogEntry[] = [];
  readonly events: N[] = [];
  refusal: Refusal | undefined;

  constructor(
    state: S,
    readonly at: Instant,
  ) {
    this.state = copyJson(state);
  }

  /** Adds an effect; returns its id. */
  request(effect: EffectRequest<F>): string {
    this.state.effects += 1;
    const id = `e${this.state.effects}`;
    this.effects.push({ ...effect, id } as F);
    return id;
  }

  /** An id for a resource in Asterisk that no other resource of this flow has had. */
  newId(letter: ResourceLetter): string {
    this.state.effects += 1;
    return resourceId(this.state.flowId, `${letter}${this.state.effects}`);
  }

  appendLog(kind: string, data: Record<string, unknown> = {}): void {
    this.log.push({ at: this.at, kind, data });
  }

  /** Refuses the event; the first reason counts. */
  refuse(why: string, detail: string): void {
    this.refusal ??= { why, detail };
  }

  toStep(): Step<S, F, N> {
    const { state, effects, log, events: news, refusal } = this;
    return { state, effects, log, news, refusal };
  }
}
