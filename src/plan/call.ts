import { resourceId, type Step } from '../flows/flow.js';
import type { HttpEffect, TelephonyEffect } from '../flows/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { PlanProgram } from './program.js';
import type { PlanState } from './state.js';

export type PlanEffect = TelephonyEffect | HttpEffect;

/** An effect as an action asks for it: its id is given here. */
type Asked<T> = T extends unknown ? Omit<T, 'id'> : never;

/**
 * One step of a call while it is being worked out: a copy of the state to write on, and the effects and timeline
 * entries so far. Lives for one call of the flow's function.
 */
export class Call {
  readonly effects: PlanEffect[] = [];
  readonly log: Step<PlanState, PlanEffect>['log'] = [];
  readonly state: PlanState;

  constructor(
    readonly program: PlanProgram,
    state: PlanState,
    readonly at: Instant,
  ) {
    this.state = structuredClone(state);
  }

  /** Asks for an effect; returns its id. */
  ask(effect: Asked<PlanEffect>): string {
    this.state.effects += 1;
    const id = `e${this.state.effects}`;
    this.effects.push({ ...effect, id });
    return id;
  }

  note(kind: string, data: Record<string, unknown> = {}): void {
    this.log.push({ at: this.at, kind, data });
  }

  /** An id for a channel, playback, bridge or stay in a queue of this call that no other has had. */
  newId(letter: 'p' | 'l' | 'b' | 'q'): string {
    this.state.effects += 1;
    return resourceId(this.state.flowId, `${letter}${this.state.effects}`);
  }
}
