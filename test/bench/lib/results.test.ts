import { expect, test } from 'vitest';
import { withResult } from './results.js';

test('a result replaces the one of its scenario and keeps the others', () => {
  const text = JSON.stringify({ calls: { seconds: 1 }, crash: { seconds: 2 } });
  expect(withResult(text, 'calls', { seconds: 3 })).toEqual({ calls: { seconds: 3 }, crash: { seconds: 2 } });
  expect(withResult(undefined, 'calls', { seconds: 3 })).toEqual({ calls: { seconds: 3 } });
});

test.each(['[]', 'null', '1'])('a file that holds %s is not overwritten', (text) => {
  expect(() => withResult(text, 'calls', {})).toThrow('something else');
});
