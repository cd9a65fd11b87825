import type { Step } from '../../src/kernel/flow.js';
import type { ResourceEvent } from '../../src/telephony/domain-events.js';
import type { TelephonyEvent } from '../../src/telephony/telephony.js';
import type { TelephonyEffect } from '../../src/telephony/telephony.js';
import { bridgeFlow } from '../../src/masked-bridges/flow.js';
import type { BridgeProgram } from '../../src/masked-bridges/program.js';
import type { BridgeFlowState, LegName } from '../../src/masked-bridges/state.js';
import type { RuntimeEvent } from '../../src/kernel/event.js';

export const START = Date.parse('2026-11-21T10:00:00Z');
export const CLIENT = '+420777888999';
export const DRIVER = '+420608111222';
export const LINE = '+420222333444';

export type BridgeEvent = TelephonyEvent | RuntimeEvent;
export type BridgeStep = Step<BridgeFlowState, TelephonyEffect, ResourceEvent>;
export type TestedFlow = Pick<typeof bridgeFlow, 'begin' | 'step' | 'timers' | 'isOver' | 'summary' | 'watched'>;

export function program(more: Partial<BridgeProgram> = {}): BridgeProgram {
  return {
    line: LINE,
    languages: ['cs'],
    a: { role: 'client', ringMs: 30_000 },
    b: { role: 'driver', ringMs: 30_000 },
    maxDurationMs: 600_000,
    warningMs: 30_000,
    waitAudio: 'ringback',
    confirmDigit: null,
    record: null,
    prompts: {},
    ...more,
  };
}

export const matter = {
  orderId: '1001',
  phones: { a: CLIENT, b: DRIVER },
  callbackUrl: 'https://dispatch.example/hooks',
  metadata: { tariff: 'city' },
};

/** One bridge, event by event. */
export class TestedBridge {
  readonly effects: TelephonyEffect[] = [];
  readonly events: ResourceEvent[] = [];
  readonly log: Step<unknown, TelephonyEffect>['log'] = [];
  state: BridgeFlowState;
  at = START;
  refusal: string | undefined;

  constructor(
    readonly program: BridgeProgram,
    readonly flow: TestedFlow = bridgeFlow,
  ) {
    this.state = this.#taken(flow.begin(program, { type: 'bridge_requested', at: START, bridgeId: 'b_1', ...matter }));
  }

  give(event: DistributiveOmit<BridgeEvent, 'at'>): TelephonyEffect[] {
    this.at += 1000;
    const step = this.flow.step(this.program, this.state, { ...event, at: this.at });
    this.state = this.#taken(step);
    return step.effects;
  }

  leg(name: LegName, what: 'dialling' | 'ringing' | 'answered' | 'left'): TelephonyEffect[] {
    return this.give({ type: `leg_${what}`, legId: `b_1~${name}` });
  }

  over(name: LegName, cause: Extract<TelephonyEvent, { type: 'leg_over' }>['cause']): TelephonyEffect[] {
    return this.give({ type: 'leg_over', legId: `b_1~${name}`, cause });
  }

  timer(name: string): TelephonyEffect[] {
    return this.give({ type: 'timer', name });
  }

  /** Finishes the current announcement. */
  said(failed = false): TelephonyEffect[] {
    const playbackId = this.state.saying?.playbackId ?? 'none';
    this.give({ type: 'playback_accepted', playbackId, durationMs: 2000, prompts: [] });
    return this.give({ type: 'playback_finished', playbackId, failed });
  }

  /** Advances to the talk. */
  talk(): this {
    for (const name of ['a', 'b'] as const)
      for (const what of ['dialling', 'ringing', 'answered'] as const) this.leg(name, what);
    return this;
  }

  get states(): unknown[] {
    return this.events.map(({ fields: { state } }) => state);
  }

  get isOver(): boolean {
    return this.flow.isOver(this.state);
  }

  #taken(step: BridgeStep): BridgeFlowState {
    this.effects.push(...step.effects);
    this.events.push(...(step.news ?? []));
    this.log.push(...step.log);
    this.refusal = step.refusal?.why;
    return step.state;
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
