import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { QueueEvent } from '../../src/asterisk/queue-port.js';
import { changedCalls, Feed } from '../../src/monitor/feed.js';
import { applyPatch, diff, type JsonObject, type Patch } from '../../src/monitor/merge-patch.js';
import { Presenter } from '../../src/monitor/present.js';
import { serverMessage, stateSchema, type ServerMessage, type State } from '../../src/monitor/protocol.js';
import { viewState, type View } from '../../src/monitor/view.js';
import { emptyLiveState, type LiveState, type LiveStateEvent } from '../../src/live-state/live-state.js';
import { reduce } from '../../src/live-state/reducer.js';
import { CALLERS, HANDSETS, QueueModel, QUEUES, type ModelEvent } from '../live-state/model.js';

const json: fc.Arbitrary<JsonObject> = fc.letrec((tie) => ({
  value: fc.oneof(fc.string(), fc.nat(3), fc.boolean(), fc.array(fc.nat(2), { maxLength: 2 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
})).object as fc.Arbitrary<JsonObject>;

test('applying a difference turns one document into the other; equal documents have none', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      const patch = diff(before, after);
      expect(applyPatch(before, (JSON.parse(JSON.stringify(patch ?? {})) as Patch | undefined) ?? {})).toEqual(after);
      expect(diff(after, structuredClone(after))).toBeUndefined();
    }),
  );
});

const LABELS = ['telefon-sklad', 'telefon-kancelář'];

const modelEvent: fc.Arbitrary<LiveStateEvent | ModelEvent> = fc.oneof(
  fc.record({
    what: fc.constantFrom('join', 'join', 'ring', 'answer', 'leave', 'talk_over', 'member', 'member_gone'),
    queue: fc.constantFrom(...QUEUES),
    caller: fc.constantFrom(...CALLERS),
    handset: fc.constantFrom(...HANDSETS),
    place: fc.constantFrom(0, 1),
    state: fc.constantFrom('free', 'ringing', 'busy', 'unavailable'),
  }),
  fc.record({
    type: fc.constant('flow' as const),
    id: fc.constantFrom(...CALLERS.map((caller) => `c_${caller}`)),
    ended: fc.boolean(),
    summary: fc.record({
      line: fc.constant('+420222333444'),
      caller: fc.constantFrom('', '+420777888999'),
      direction: fc.constant('incoming' as const),
      startedAt: fc.nat(9),
      answeredAt: fc.constant(null),
      endedAt: fc.constant(null),
      endedBy: fc.constant(null),
      at: fc.constant('enqueue'),
      live: fc.record({
        name: fc.constantFrom('', 'Jana'),
        label: fc.constantFrom(null, ...LABELS),
        from: fc.constantFrom(null, { number: '+420777000222' }),
        rings: fc.array(fc.record({ who: fc.constant({ number: '+420777000111' }), since: fc.nat(9) }), {
          maxLength: 1,
        }),
        talk: fc.constantFrom(null, { who: { handset: 'a' }, since: 5 }),
      }),
    }),
  }),
  fc.record({
    type: fc.constant('customer' as const),
    id: fc.constantFrom(...CALLERS.map((caller) => `c_${caller}`)),
    customer: fc.constantFrom(
      { name: 'Jana', orders: [] },
      { name: 'Jana', url: 'https://shop.example/1', orders: [{ id: '1004', status: 'shipped' }] },
    ),
  }),
  fc.constant({ type: 'link_lost' as const }),
  fc.record({ type: fc.constant('durable' as const), durable: fc.boolean() }),
);

const directory = {
  queues: QUEUES.map((id) => ({ id, name: `Fronta ${id}` })),
  handsets: HANDSETS.map((name) => ({ name, displayName: '' })),
};

const read = (message: Buffer): ServerMessage => serverMessage.parse(JSON.parse(message.toString()));
const view: fc.Arbitrary<View> = fc.record({ label: fc.constantFrom(null, ...LABELS), seesNumbers: fc.boolean() });

describe('who applies each delta to the snapshot', () => {
  test('has the state of a new client, in each view, after every update', () => {
    fc.assert(
      fc.property(view, fc.array(fc.tuple(modelEvent, fc.boolean()), { maxLength: 50 }), (of, list) => {
        let live: LiveState = reduce(emptyLiveState, { type: 'directory', directory });
        const presenter = new Presenter();
        const model = new QueueModel((event: QueueEvent) => (live = reduce(live, event)));
        let full = presenter.present(live);
        const feed = new Feed(of, full, () => 0);
        const first = read(feed.snapshot());
        if (first.type !== 'snapshot') throw new Error('it begins with a snapshot');
        let [state, seq]: [State, number] = [first.state, first.seq];
        for (const [each, isSent] of list) {
          if ('what' in each) model.apply(each);
          else live = reduce(live, each);
          if (!isSent) continue;
          const before = full;
          full = presenter.present(live);
          const delta = feed.advance(full, changedCalls(before, full));
          if (delta !== undefined) {
            const message = read(delta);
            if (message.type !== 'delta') throw new Error('a delta');
            expect(message.seq).toBe(seq + 1);
            seq += 1;
            state = applyPatch(state, message.patch as Patch);
          }
          expect(state).toEqual(JSON.parse(JSON.stringify(viewState(full, of))));
          stateSchema.parse(state);
          const newcomer = read(feed.snapshot());
          expect(newcomer).toMatchObject({ seq, state });
          if (!of.seesNumbers) expect(JSON.stringify(newcomer)).not.toMatch(/777888999|777000(111|222)|Jana|1004/);
          for (const call of Object.values(state.calls)) if (of.label !== null) expect(call.label).toBe(of.label);
        }
      }),
    );
  });
});
