import { expect, test } from 'vitest';
import type { ShownCall, State } from '../../../../src/monitor/protocol.js';
import { sectionsOf } from '../../../../src/web/console/now/sections.js';

const waiting = (id: string, position: number) => ({
  id,
  queue: 1,
  position,
  rings: [],
  direction: 'incoming',
  since: '',
});

function state(calls: object[], total: number): State {
  const byId = Object.fromEntries((calls as { id: string }[]).map((call) => [call.id, call]));
  return { calls: byId, queues: { 1: { id: 1, name: 'Sklad', waiting: total } }, handsets: {} } as unknown as State;
}

test('callers who wait for other handsets are counted, a caller who is being rejected is none of them', () => {
  const [first, second] = [waiting('a', 1), waiting('b', 2)];
  const held = new Map([['b', second as unknown as ShownCall]]);
  expect(sectionsOf(state([first, second], 2), held).queues[0]).toMatchObject({ others: 0, calls: [first, second] });
  expect(sectionsOf(state([first], 1), held).queues[0]).toMatchObject({ others: 0, calls: [first, second] });
  expect(sectionsOf(state([first], 3), new Map()).queues[0]).toMatchObject({ others: 2, calls: [first] });
});
