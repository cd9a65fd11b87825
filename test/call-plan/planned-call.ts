import type { CallEvent } from '../../src/telephony/domain-events.js';
import type { PlanEffect } from '../../src/call-plan/call.js';
import type { PlanProgram } from '../../src/call-plan/program.js';
import { promptsOf } from './prompts-of.js';
import { arrival, flow, START } from './property-harness.js';
import type { LineFoundEvent, PlanEvent } from '../../src/call-plan/event.js';
import type { PlanState } from '../../src/call-plan/state.js';

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

/** One call through a plan, event by event, a second between them. */
export class PlannedCall {
  state: PlanState;
  readonly effects: PlanEffect[] = [];
  readonly entries: { kind: string; data: Record<string, unknown> }[] = [];
  readonly news: CallEvent[] = [];
  at = START;

  constructor(
    private program: PlanProgram,
    first: Parameters<typeof flow.begin>[1] = arrival(),
  ) {
    const step = flow.begin(program, first);
    this.state = step.state;
    this.#keep(step);
  }

  take(event: WithoutTime<PlanEvent | LineFoundEvent>): PlanEffect[] {
    this.at += 1000;
    const step = flow.step(this.program, this.state, { ...event, at: this.at });
    this.state = step.state;
    // As the runtime does.
    if (step.program !== undefined) this.program = step.program as PlanProgram;
    this.#keep(step);
    return step.effects;
  }

  last<T extends PlanEffect['type']>(type: T): Extract<PlanEffect, { type: T }> {
    const found = this.effects.filter((effect): effect is Extract<PlanEffect, { type: T }> => effect.type === type);
    const last = found.at(-1);
    if (last === undefined) throw new Error(`the call has not asked for ${type}`);
    return last;
  }

  /** Ids of the last prompts played. */
  get lastPrompts(): number[] {
    return promptsOf(this.last('play').media);
  }

  get summary(): ReturnType<typeof flow.summary> {
    return flow.summary(this.state);
  }

  get log(): string[] {
    return this.entries.map(({ kind }) => kind);
  }

  get timers(): Record<string, number> {
    return flow.timers(this.state);
  }

  #keep({ effects, log, news = [] }: ReturnType<typeof flow.step>): void {
    this.effects.push(...effects);
    this.entries.push(...log);
    this.news.push(...news);
  }
}

/** The effect that plays these prompts. */
export function playOf(...prompts: number[]): object {
  return { type: 'play', media: prompts.map((prompt) => ({ prompt })) };
}
