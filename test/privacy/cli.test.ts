import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import { ADMIN } from '../http/http-harness.js';
import { EVA, PrivacyHarness } from './privacy-harness.js';

let harness: PrivacyHarness;
beforeEach(async () => {
  harness = await PrivacyHarness.make();
  await harness.call('c_1');
  await harness.smallThings();
});
afterEach(async () => {
  await harness.stop();
});

async function cordboard(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let [out, error] = ['', ''];
  const code = await runCommand(args, {
    env: { CORDBOARD_URL: harness.http.url, CORDBOARD_API_TOKEN: ADMIN },
    out: (text) => (out += text),
    error: (text) => (error += text),
  });
  return { code, out, error };
}

test('export-person prints one JSON document', async () => {
  const { code, out } = await cordboard('export-person', '777 888 999');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ number: EVA, calls: [{ id: 'c_1' }] });
});

test('forget prints a receipt without the number', async () => {
  const { code, out } = await cordboard('forget', EVA);
  expect(code).toBe(0);
  expect(out).toMatch(/receipt e_[0-9a-f-]+:\n {2}calls: 1\n/);
  expect(out).toContain('do-not-call entry: kept');
  expect(out).toContain('The backup cordboard-20261129T023000Z.tar.gz was made before');
  expect(out.replace(/e_[0-9a-f-]+/, '')).not.toContain('777');
  expect((await cordboard('forget', EVA, '--remove-do-not-call')).out).toContain('do-not-call entry: removed');
});

test('forget prints the reason of a refusal', async () => {
  harness.running = ['c_1'];
  const { code, error } = await cordboard('forget', EVA);
  expect([code, error]).toEqual([1, expect.stringContaining('the number is in a call')]);
});

test.each([
  { args: ['forget'], code: 2, says: 'NUMBER' },
  { args: ['export-person', '777', '888'], code: 2, says: 'quotes' },
  { args: ['export-person', 'eva'], code: 1, says: 'not a phone number' },
])('$args exits with $code and prints the reason', async ({ args, code, says }) => {
  const ended = await cordboard(...args);
  expect([ended.code, ended.error]).toEqual([code, expect.stringContaining(says)]);
});
