import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { QueueEvent, QueueTalk } from '../../src/asterisk/queue-port.js';
import { waitingCalls, emptyLiveState, type LiveState } from '../../src/live-state/live-state.js';
import { reduce } from '../../src/live-state/reducer.js';
import { CALLERS, HANDSETS, QueueModel, QUEUES, type ModelEvent } from './model.js';

/** The state equals Asterisk's after any events in any order, and after missed events. */

const modelEvent: fc.Arbitrary<ModelEvent> = fc.record({
  what: fc.constantFrom(
    ...([
      'join',
      'join',
      'ring',
      'ring_over',
      'answer',
      'leave',
      'talk_over',
      'member',
      'member_gone',
      'move',
    ] as const),
  ),
  queue: fc.constantFrom(...QUEUES),
  caller: fc.constantFrom(...CALLERS),
  handset: fc.constantFrom(...HANDSETS),
  place: fc.constantFrom(0, 0.5, 1),
  state: fc.constantFrom('free', 'ringing', 'busy', 'unavailable'),
});
const modelEvents = fc.array(modelEvent, { maxLength: 60 });

const idOf = (channelId: string) => `c_${channelId}`;
const sorted = (talks: QueueTalk[]) => talks.map((talk) => JSON.stringify(talk)).sort();

function expectSame(state: LiveState, model: QueueModel): void {
  for (const id of QUEUES) {
    expect(waitingCalls(state.calls, id).map((call) => call.id)).toEqual(model.lines.get(id)?.map(idOf));
    const members = [...state.members.values()].filter(({ queue }) => queue === id);
    const wanted = model.members(id).map((member) => ({ ...member, queue: id }));
    expect(new Set(members.map((each) => JSON.stringify({ ...each })))).toEqual(
      new Set(wanted.map((each) => JSON.stringify(each))),
    );
  }
  const stays = [...state.calls.values()].flatMap(({ id, stay }) => (stay === null ? [] : [{ id, stay }]));
  const shown = (which: 'rings' | 'talk') =>
    stays.flatMap(({ id, stay }) =>
      (which === 'rings' ? stay.rings : stay.talk === null ? [] : [stay.talk]).map(({ handset }) => ({
        channelId: id.slice(2),
        queue: stay.queue,
        handset,
      })),
    );
  expect(sorted(shown('talk'))).toEqual(sorted(model.talks()));
  expect(sorted(shown('rings'))).toEqual(sorted(model.rings()));
}

/** Callers with flows; events refer to their channels. */
function withFlows(state: LiveState): LiveState {
  const summary = {
    line: '+420222333444',
    caller: '',
    direction: 'incoming' as const,
    startedAt: 0,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    at: 'enqueue',
  };
  return CALLERS.reduce((all, id) => reduce(all, { type: 'flow', id: idOf(id), summary, ended: false }), state);
}

test('after each event the state equals that of Asterisk, for callers with and without flows', () => {
  fc.assert(
    fc.property(modelEvents, fc.boolean(), (list, ours) => {
      let state = ours ? withFlows(emptyLiveState) : emptyLiveState;
      const events: QueueEvent[] = [];
      const model = new QueueModel((event) => {
        events.push(event);
        state = reduce(state, event);
      });
      for (const each of list) {
        // A caller without a flow is lost between leaving the line and being answered.
        if (!ours && each.what === 'answer') continue;
        model.apply(each);
        expectSame(state, model);
      }
    }),
  );
});

/** Whether a caller joined twice or was moved: among duplicates he may have another place until the next listing. */
function hasNewPlaces(events: QueueEvent[]): boolean {
  const callers = events.flatMap((event) => (event.type === 'queue_joined' ? [event.channelId] : []));
  return new Set(callers).size < callers.length || events.some(({ type }) => type === 'queue_order');
}

test('a listing restores missed events, also with duplicates around it', () => {
  fc.assert(
    fc.property(modelEvents, modelEvents, modelEvents, fc.nat(20), (before, missed, after, again) => {
      let state = withFlows(emptyLiveState);
      let hears = true;
      const last: QueueEvent[] = [];
      const model = new QueueModel((event) => {
        last.push(event);
        if (hears) state = reduce(state, event);
      });
      for (const each of before) model.apply(each);
      hears = false;
      state = reduce(state, { type: 'link_lost' });
      expect(state.current).toBe(false);
      for (const each of missed) model.apply(each);
      state = reduce(state, { type: 'listed', at: 2000, ...model.list() });
      expectSame(state, model);
      expect(state.current).toBe(true);
      // Events from before the listing that arrive during it.
      for (const event of last.slice(-again)) state = reduce(state, event);
      if (again >= last.length && !hasNewPlaces(last)) expectSame(state, model);
      state = reduce(state, { type: 'listed', at: 2000, ...model.list() });
      hears = true;
      for (const each of after) {
        model.apply(each);
        expectSame(state, model);
      }
    }),
  );
});

test('a line keeps its order when every caller joins at the second place', () => {
  let state = emptyLiveState;
  const wanted: string[] = [];
  for (let n = 0; n < 2000; n += 1) {
    const channelId = `x${n}`;
    const caller = { number: '', name: '' };
    state = reduce(state, { type: 'queue_joined', at: n, queue: 1, channelId, position: 2, waiting: n + 1, caller });
    wanted.splice(1, 0, idOf(channelId));
  }
  expect(waitingCalls(state.calls, 1).map(({ id }) => id)).toEqual(wanted);
});

test('an ended call stays removed, whatever events still arrive', () => {
  fc.assert(
    fc.property(modelEvents, (list) => {
      let state = withFlows(emptyLiveState);
      let over = false;
      const model = new QueueModel((event) => {
        if (over && event.type === 'queue_joined') return;
        state = reduce(state, event);
      });
      for (const each of list) model.apply(each);
      for (const id of CALLERS) {
        const summary = state.calls.get(idOf(id))?.flow;
        if (summary != null) state = reduce(state, { type: 'flow', id: idOf(id), summary, ended: true });
      }
      over = true;
      for (const each of list) model.apply(each);
      expect(state.calls.size).toBe(0);
    }),
  );
});

test('an event without effect returns the same object', () => {
  const about = { at: 1, queue: 1, channelId: 'x' };
  const others: QueueEvent[] = [
    { ...about, type: 'queue_ringing', handset: 'a' },
    { ...about, type: 'queue_ring_over', handset: 'a' },
    { ...about, type: 'queue_answered', handset: 'a' },
    { ...about, type: 'queue_caller_left', waiting: 0 },
    { ...about, type: 'queue_talk_over', handset: 'a', talkedMs: 0 },
  ];
  for (const event of others) expect(reduce(emptyLiveState, event)).toBe(emptyLiveState);
  expect(reduce(emptyLiveState, { type: 'left_queues', id: 'c_x' })).toBe(emptyLiveState);
});

test('a step that leaves the summary as it is changes nothing', () => {
  const [id = ''] = CALLERS.map(idOf);
  const state = withFlows(emptyLiveState);
  const summary = state.calls.get(id)?.flow ?? expect.unreachable();
  const same = structuredClone(summary);
  expect(reduce(state, { type: 'flow', id, summary: same, ended: false })).toBe(state);
  const changed = reduce(state, { type: 'flow', id, summary: { ...same, at: 'menu' }, ended: false });
  expect(changed.calls.get(id)?.flow?.at).toBe('menu');
  expect(reduce(changed, { type: 'flow', id, summary: same, ended: true }).calls.has(id)).toBe(false);
});
