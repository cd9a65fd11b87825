import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { RecentIds } from '../../src/asterisk/recent-ids.js';

const [IDS, MESSAGE_BYTES] = [2000, 20_000];

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

it('keeps only the id of a message', () => {
  const recent = new RecentIds();
  const before = heapBytes();
  for (let n = 0; n < IDS; n += 1) {
    const message = `Uniqueid: cordboard-1795252530.${100_000 + n}\r\n${'Variable: x\r\n'.repeat(MESSAGE_BYTES / 13)}`;
    recent.add(/Uniqueid: (\S+)/.exec(message)?.[1] ?? '');
  }
  expect(heapBytes() - before).toBeLessThan((IDS * MESSAGE_BYTES) / 4);
  expect(recent.has(`cordboard-1795252530.${100_000 + IDS - 1}`)).toBe(true);
});
