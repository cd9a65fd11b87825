import { expect, it } from 'vitest';
import { Hub } from '../../src/monitor/hub.js';
import { emptyState } from '../../src/monitor/present.js';
import type { State } from '../../src/monitor/protocol.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { shownCall } from './monitor-harness.js';

it('a change after the clock was set back is sent without delay', () => {
  let now = 7_200_000;
  const waiting: { at: number; wake: () => void }[] = [];
  const clock = {
    now: () => now,
    wakeAt(at: number, wake: () => void) {
      waiting.push({ at, wake });
      return () => undefined;
    },
  };
  let state = emptyState;
  const hub = new Hub({ clock, state: () => state });
  const sent: string[] = [];
  const socket = {
    backlogBytes: 0,
    ping: () => undefined,
    close: () => undefined,
    terminate: () => undefined,
    send: (message: Buffer) => void sent.push((JSON.parse(message.toString()) as { type: string }).type),
  };
  hub.join(socket, { label: null, seesNumbers: true });
  hub.scheduleUpdate();
  waiting.shift()?.wake();
  now -= 3_600_000;
  state = { ...state, current: true };
  hub.scheduleUpdate();
  expect(waiting.map(({ at }) => at - now)).toEqual([250]);
  waiting.shift()?.wake();
  expect(sent).toEqual(['snapshot', 'delta']);
});

const deaf = { backlogBytes: 0, ping: () => undefined, close: () => undefined, terminate: () => undefined };
const numbers = { label: null, seesNumbers: true };

it('nothing is presented while nobody watches, and whoever comes begins with the state of that moment', () => {
  const clock = new VirtualClock(0);
  let presented = 0;
  const hub = new Hub({
    clock,
    state: () => {
      presented += 1;
      return { ...emptyState, current: true };
    },
  });
  for (let change = 0; change < 50; change += 1) {
    hub.scheduleUpdate();
    clock.advanceBy(100);
  }
  expect(presented).toBe(0);
  const heard: string[] = [];
  const watcher = hub.join({ ...deaf, send: (message) => void heard.push(message.toString()) }, numbers);
  expect(heard).toHaveLength(1);
  expect(JSON.parse(heard[0] ?? '')).toMatchObject({ type: 'snapshot', state: { current: true } });
  hub.leave(watcher);
  hub.scheduleUpdate();
  clock.advanceBy(100);
  expect(presented).toBe(1);
});

it('a change of one call among many is compared once, however many views are watched', () => {
  const clock = new VirtualClock(0);
  let read = 0;
  const counted = (calls: State['calls']) =>
    new Proxy(calls, {
      get(target, id) {
        read += 1;
        return Reflect.get(target, id) as unknown;
      },
    });
  const calls = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`c_${index}`, shownCall(`c_${index}`)]));
  let state: State = { ...emptyState, calls };
  const hub = new Hub({ clock, state: () => state });
  const heard: string[] = [];
  for (let view = 0; view < 100; view += 1)
    hub.join(
      { ...deaf, send: (message) => void heard.push(message.toString()) },
      { ...numbers, label: view === 0 ? null : `label-${view}` },
    );
  heard.length = 0;
  state = { ...state, calls: counted({ ...calls, c_7: shownCall('c_7', { state: 'talking' }) }) };
  hub.scheduleUpdate();
  clock.advanceBy(100);
  expect(heard.map((message) => (JSON.parse(message) as { patch: unknown }).patch)).toEqual([
    { calls: { c_7: { state: 'talking' } } },
  ]);
  // Twice for each call to find the one that changed, then that one for each view.
  expect(read).toBeLessThanOrEqual(2 * 200 + 100);
});
