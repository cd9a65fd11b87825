import { expect, test } from 'vitest';
import { recordedEvents } from '../../../src/simulator/past-calls/recorded-event.js';
import type { Command } from '../../../src/telephony/command.js';

const nothingPending = { last: () => undefined, legTo: () => undefined, playing: undefined };

/** The entries of the timeline for commands, and what was commanded. */
const COMMANDS: [data: Record<string, unknown>, command: Command][] = [
  [
    { command: 'reject', prompt: null },
    { type: 'reject', prompt: null },
  ],
  [{ command: 'hang_up' }, { type: 'hang_up' }],
  [
    { command: 'transfer', to: { queue: 3 } },
    { type: 'transfer', to: { queue: 3 } },
  ],
  [
    { command: 'play', prompt: 7, side: 'both' },
    { type: 'play', prompt: 7, side: 'both' },
  ],
  [
    { command: 'listen', handset: 'boss' },
    { type: 'listen', handset: 'boss', mode: 'listen' },
  ],
  [
    { command: 'whisper', handset: 'boss' },
    { type: 'listen', handset: 'boss', mode: 'whisper' },
  ],
  [
    { command: 'barge', handset: 'boss' },
    { type: 'listen', handset: 'boss', mode: 'barge' },
  ],
  [
    { command: 'move', queue: 3, position: 2 },
    { type: 'move', position: 2 },
  ],
];

test.each(COMMANDS)('the command %j of a past call is repeated as it was', (data, command) => {
  const [event] =
    recordedEvents(
      [
        { at: 0, kind: 'arrived', data: {} },
        { at: 5, kind: 'commanded', data },
      ],
      { menus: {}, hasOther: true },
    ) ?? [];
  expect(event?.type === 'event' && event.resolve(nothingPending)).toEqual({ type: 'commanded', at: 5, command });
});
