import type { Flow } from '../../src/kernel/flow.js';
import { FlowRuntime } from '../../src/kernel/runtime.js';
import { OutcomeUnknown, type EffectHandler, type RuntimeOptions } from '../../src/kernel/runtime-types.js';
import type { FlowStore } from '../../src/kernel/store.js';
import type { Clock } from '../../src/lib/clock.js';
import type { Effect, FlowEvent } from '../../src/kernel/event.js';

/** The smallest flow with every capability: counts, requests effects, waits, ends. */
export interface ToyState {
  count: number;
  heard: string[];
  wakeAt: number | null;
  over: boolean;
}
export type ToyEvent = FlowEvent &
  (
    | { type: 'add'; say?: string; call?: string }
    | { type: 'wait'; until: number }
    | { type: 'end' }
    | { type: 'done'; effectId: string }
  );
export type ToyEffect = (Effect & { type: 'say'; text: string }) | (Effect & { type: 'call'; text: string });

export const toy: Flow<unknown, ToyState, ToyEvent, ToyEffect> = {
  kind: 'toy',
  begin(_program, event) {
    if (event.type === 'end') throw new Error('a bug');
    return {
      state: { count: 0, heard: [event.type], wakeAt: null, over: false },
      effects: [],
      log: [{ at: event.at, kind: 'begun', data: {} }],
    };
  },
  step(_program, state, event) {
    const next = {
      ...state,
      count: state.count + 1,
      heard: [...state.heard, event.type === 'timer' ? `timer ${event.name}` : event.type],
    };
    if (event.type === 'add' && event.say === 'throw') throw new Error('a bug');
    const effects: ToyEffect[] = [];
    if (event.type === 'add' && event.say !== undefined)
      effects.push({ type: 'say', id: `s${next.count}`, text: event.say });
    if (event.type === 'add' && event.call !== undefined)
      effects.push({ type: 'call', id: `c${next.count}`, text: event.call });
    if (event.type === 'wait') next.wakeAt = event.until;
    if (event.type === 'timer') next.wakeAt = null;
    if (event.type === 'end') next.over = true;
    return { state: next, effects, log: [{ at: event.at, kind: event.type, data: {} }] };
  },
  timers: ({ wakeAt }): Record<string, number> => (wakeAt === null ? {} : { wake: wakeAt }),
  isOver: ({ over }) => over,
  summary: () => ({
    line: '',
    caller: '',
    direction: 'incoming',
    startedAt: 0,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    at: '',
  }),
  watched: () => ({ channels: ['x'], playbacks: [] }),
};

/** Every effect that was carried out, in order. */
export class ToyWorld {
  readonly carriedOut: string[] = [];
  /** Effects with one of these texts do not settle until {@link release}. */
  readonly blocked = new Map<string, Promise<void>>();
  #releases = new Map<string, () => void>();
  unavailable = false;

  block(text: string): void {
    this.blocked.set(text, new Promise((resolve) => this.#releases.set(text, resolve)));
  }

  release(text: string): void {
    this.#releases.get(text)?.();
  }

  handler(lane: 'phone' | 'outside', clock: Clock): EffectHandler<ToyEffect, ToyEvent> {
    const carryOut =
      (how: string) =>
      async (effect: ToyEffect): Promise<ToyEvent | undefined> => {
        if (this.unavailable) throw new OutcomeUnknown('not connected');
        if (effect.text === 'fail') throw new Error('it failed');
        this.carriedOut.push(`${how} ${effect.text}`);
        await this.blocked.get(effect.text);
        return lane === 'outside' ? { type: 'done', at: clock.now(), effectId: effect.id } : undefined;
      };
    return { lane, perform: carryOut('perform'), recover: carryOut('recover') };
  }
}

export function toyRuntime(
  store: FlowStore,
  clock: Clock,
  world: ToyWorld,
  more: Partial<RuntimeOptions<ToyEvent, ToyEffect>> = {},
): FlowRuntime<ToyEvent, ToyEffect> {
  return new FlowRuntime<ToyEvent, ToyEffect>({
    store,
    clock,
    flows: [toy],
    handlers: { say: world.handler('phone', clock), call: world.handler('outside', clock) },
    inspect: () => Promise.resolve({ channels: {}, playbacks: [] }),
    onError: () => undefined,
    ...more,
  });
}
