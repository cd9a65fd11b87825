import { expect, test } from 'vitest';
import { matchCall } from '../../../../src/web/console/phone/beside/match-call.js';

const held = { id: 'a', number: '777888999' };
const second = { id: 'b', number: '602111222' };

test('the only call of the phone is the only one of the gateway', () => {
  expect(matchCall(held, [held], [{ number: '' }])).toEqual({ number: '' });
  const none: { number: string }[] = [];
  expect(matchCall(held, [held], none)).toBe(undefined);
});

test('of two calls each is found by its number, or by the order when the numbers are masked', () => {
  const known = [{ number: '+420602111222' }, { number: '+420777888999' }];
  expect(matchCall(held, [held, second], known)).toBe(known[1]);
  expect(matchCall(second, [held, second], known)).toBe(known[0]);
  const masked = [{ number: '+••••••••••99' }, { number: '+••••••••••22' }];
  expect(matchCall({ ...second, number: 'anonymous' }, [held, second], masked)).toBe(masked[1]);
});
