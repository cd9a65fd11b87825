import { expect, it } from 'vitest';
import { PlannedCall } from './planned-call.js';
import { program } from './property-harness.js';

const press = (call: PlannedCall, keys: string) => {
  for (const digit of keys) call.take({ type: 'digit', digit, durationMs: 100 });
};
const inputs = (call: PlannedCall) => call.entries.filter(({ kind }) => kind === 'input').map(({ data }) => data);

it('the keys A to D are not part of a collected number, and neither stop the prompt nor start the input', () => {
  const call = new PlannedCall(program([{ collect: { prompt: 1, save_as: 'code', max: 3 } }]));
  press(call, 'A');
  expect(call.effects.map(({ type }) => type)).not.toContain('stop_play');
  press(call, '4B2#');
  expect(inputs(call)).toEqual([{ digits: '42', ended: 'hash' }]);
});

it('the keys A to D do not count as wrong keys of a menu', () => {
  const call = new PlannedCall(program([{ menu: { prompt: 1, keys: { 1: ['hang_up'] } } }]));
  press(call, 'ABCD');
  expect(inputs(call)).toEqual([]);
  press(call, '1');
  expect(inputs(call)).toEqual([{ digits: '1', ended: 'max' }]);
});

it('the keys A to D are not kept for the next question', () => {
  const call = new PlannedCall(program([{ play: 1 }, { collect: { prompt: 1, save_as: 'code', max: 2 } }]));
  press(call, 'A4D');
  expect(call.entries.filter(({ kind }) => kind === 'digit').map(({ data }) => data['use'])).toEqual([
    'dropped',
    'ahead',
    'dropped',
  ]);
});
