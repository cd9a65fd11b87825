import { expect, it } from 'vitest';
import { takePeerCommands } from '../../src/app/peer-commands.js';
import type { Command } from '../../src/telephony/command.js';
import type { TelephonyEvent } from '../../src/telephony/telephony.js';

const taken: TelephonyEvent[] = [];
const take = takePeerCommands({
  has: (flow) => flow === 'c_1',
  request: (_flow, event) => Promise.resolve({ refusal: undefined, taken: taken.push(event) }),
});
const at = 1_700_000_000_000;

it.each<Command>([
  { type: 'reject', prompt: null, by: '@jana' },
  { type: 'reject', prompt: 7 },
  { type: 'hang_up' },
  { type: 'transfer', to: { queue: 1 }, first: true },
  { type: 'transfer', to: { number: '+420777888999' } },
  { type: 'consult', to: { handset: 'petr' }, handset: 'jana' },
  { type: 'advance_transfer', step: 'connect' },
  { type: 'park', handset: 'jana' },
  { type: 'pick_up', handset: 'jana' },
  { type: 'play', prompt: 7, side: 'both' },
  { type: 'listen', handset: 'jana', mode: 'whisper' },
  { type: 'listen', handset: 'jana' },
  { type: 'move', position: 2 },
])('a command of another node reaches its call unchanged: $type', async (command) => {
  taken.length = 0;
  const event = JSON.parse(JSON.stringify({ type: 'commanded', at, command })) as unknown;
  expect(await take({ flow: 'c_1', event })).toBeDefined();
  expect(taken).toEqual([{ type: 'commanded', at, command }]);
  expect(await take({ flow: 'c_2', event })).toBeUndefined();
});

it.each([
  ['what Asterisk reports', { type: 'caller_gone', at, cause: 'normal', q850: 16 }],
  ['a command that no call knows', { type: 'commanded', at, command: { type: 'explode' } }],
  ['a transfer to nowhere', { type: 'commanded', at, command: { type: 'transfer' } }],
  ['nothing', undefined],
])('is refused: %s', async (_what, event) => {
  taken.length = 0;
  await expect(take({ flow: 'c_1', event })).rejects.toMatchObject({ status: 422 });
  expect(taken).toEqual([]);
});
