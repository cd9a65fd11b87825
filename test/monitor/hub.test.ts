import { expect, it } from 'vitest';
import { Hub } from '../../src/monitor/hub.js';
import { emptyState } from '../../src/monitor/present.js';

it('what changes after the clock was set back is told as soon as ever', () => {
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
  const told: string[] = [];
  const socket = {
    backlogBytes: 0,
    ping: () => undefined,
    close: () => undefined,
    terminate: () => undefined,
    send: (message: Buffer) => void told.push((JSON.parse(message.toString()) as { type: string }).type),
  };
  hub.join(socket, { label: null, seesNumbers: true });
  hub.scheduleUpdate();
  waiting.shift()?.wake();
  now -= 3_600_000;
  state = { ...state, current: true };
  hub.scheduleUpdate();
  expect(waiting.map(({ at }) => at - now)).toEqual([250]);
  waiting.shift()?.wake();
  expect(told).toEqual(['snapshot', 'delta']);
});
