import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prioritiesForMove, type RankedCaller } from '../../src/asterisk/queues/caller-order.js';

/** As app_queue does: behind all callers of the same or a higher priority. */
function insert(callers: readonly RankedCaller[], caller: RankedCaller): RankedCaller[] {
  const index = callers.findIndex(({ priority }) => priority < caller.priority);
  return index === -1 ? [...callers, caller] : callers.toSpliced(index, 0, caller);
}

const queues = fc
  .array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 })
  .map((priorities) =>
    priorities.reduce<RankedCaller[]>(
      (callers, priority, index) => insert(callers, { channelId: `c${index}`, priority }),
      [],
    ),
  );

const namesOf = (callers: readonly RankedCaller[]) => callers.map(({ channelId }) => channelId);

test('a moved caller gets to the position, and the others keep their order', () => {
  fc.assert(
    fc.property(queues, fc.nat(), fc.integer({ min: 1, max: 12 }), (callers, pick, position) => {
      const { channelId } = callers[pick % callers.length]!;
      const after = prioritiesForMove(callers, channelId, position).reduce(
        (line, change) =>
          insert(
            line.filter((caller) => caller.channelId !== change.channelId),
            change,
          ),
        callers,
      );
      const others = namesOf(callers).filter((name) => name !== channelId);
      expect(namesOf(after)).toEqual(others.toSpliced(position - 1, 0, channelId));
    }),
  );
});

test('changes no priority for a caller who is in place, or not in the queue', () => {
  const callers = ['a', 'b'].map((channelId) => ({ channelId, priority: 0 }));
  expect(prioritiesForMove(callers, 'b', 2)).toEqual([]);
  expect(prioritiesForMove(callers, 'b', 7)).toEqual([]);
  expect(prioritiesForMove(callers, 'x', 1)).toEqual([]);
});
