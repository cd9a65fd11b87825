import { expect, it } from 'vitest';
import { handsetFact, queueFacts } from '../../src/app/alarm-facts.js';
import { emptyState } from '../../src/monitor/present.js';
import type { ShownCall, ShownHandset, State } from '../../src/monitor/protocol.js';

const JOINED = '2026-11-21T10:00:00.000Z';

function call(id: string, more: Partial<ShownCall>): ShownCall {
  const since = { started_at: JOINED, since: JOINED };
  return { id, direction: 'incoming', number: '', state: 'waiting', rings: [], ...since, ...more };
}

function handset(name: string, state: ShownHandset['state'], queue: number): ShownHandset {
  return { name, display_name: '', state, queues: [{ queue, paused: false }] };
}

const state: State = {
  ...emptyState,
  current: true,
  queues: { 1: { id: 1, name: 'Sales', waiting: 2 }, 2: { id: 2, name: 'Service', waiting: 0 } },
  calls: {
    a: call('a', { queue: 1, since: '2026-11-21T10:02:00.000Z' }),
    b: call('b', { queue: 1 }),
    talking: call('talking', { queue: 1, state: 'talking', since: '2026-11-21T09:00:00.000Z' }),
  },
  handsets: { jana: handset('jana', 'unavailable', 1), petr: handset('petr', 'busy', 2) },
};

it('has the longest wait of those who wait, and the handsets that are registered', () => {
  expect(queueFacts(state)).toEqual([
    { queue: 'Sales', waiting: 2, longestSince: Date.parse(JOINED), registered: 0 },
    { queue: 'Service', waiting: 0, longestSince: null, registered: 1 },
  ]);
});

it('knows nothing while Asterisk is away', () => {
  expect(queueFacts({ ...state, current: false })).toBeUndefined();
});

it('counts handsets by their best phone', () => {
  const handsets = ['jana', 'petr', 'eva', 'sklad'].map((name) => ({ name }));
  const contacts = [
    { handset: 'jana', state: 'unreachable' },
    { handset: 'jana', state: 'reachable' },
    { handset: 'petr', state: 'unreachable' },
    { handset: 'eva', state: 'unknown' },
    { handset: 'of another gateway', state: 'reachable' },
  ] as const;
  expect(handsetFact(handsets, contacts)).toEqual({ registered: 2, unreachable: 1, notRegistered: 1 });
  expect(handsetFact([], contacts)).toEqual({ registered: 0, unreachable: 0, notRegistered: 0 });
});
