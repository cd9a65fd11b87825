import { expect, it } from 'vitest';
import type { FlowSummary } from '../../src/kernel/flow.js';
import { Presenter } from '../../src/monitor/present.js';
import { emptyLiveState, type LiveState, type LiveStateEvent } from '../../src/live-state/live-state.js';
import { reduce } from '../../src/live-state/reducer.js';

const ANSWERED = Date.parse('2026-11-21T10:00:05Z');
const LATER = ANSWERED + 60_000;

const summary: FlowSummary = {
  line: '+420222333444',
  caller: '+420777888999',
  direction: 'incoming',
  at: 'enqueue',
  startedAt: ANSWERED - 5000,
  answeredAt: ANSWERED,
  endedAt: null,
  endedBy: null,
  live: { name: '', label: null, from: null, rings: [], talk: { who: { handset: 'sales' }, since: ANSWERED } },
};

function shown(...events: LiveStateEvent[]) {
  const live = events.reduce<LiveState>(reduce, emptyLiveState);
  return new Presenter().present(live).calls['c_1.1'];
}

it('a talk in a queue goes on from its stored beginning when the gateway was started again', () => {
  const talk = { channelId: '1.1', queue: 12, handset: 'sales' };
  const call = shown(
    { type: 'flow', id: 'c_1.1', summary, ended: false },
    { type: 'listed', at: LATER, queues: [], talks: [talk], rings: [] },
  );
  expect(call?.talk).toEqual({ handset: 'sales', since: new Date(ANSWERED).toISOString() });
  expect(call?.since).toBe(new Date(ANSWERED).toISOString());
});

it('a call from a handset tells who calls whom', () => {
  const live = { ...summary.live, name: '', label: null, from: { handset: 'sales' }, rings: [], talk: null };
  const call = shown({ type: 'flow', id: 'c_1.1', summary: { ...summary, direction: 'outgoing', live }, ended: false });
  expect(call).toMatchObject({ direction: 'outgoing', number: '+420777888999', from: { handset: 'sales' } });
});
