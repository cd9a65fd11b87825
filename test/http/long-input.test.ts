import { expect, it } from 'vitest';
import { parseForm } from '../../src/http/body.js';
import { bytesAnswer } from '../../src/http/bytes.js';
import { MaskingRedactor } from '../../src/integrations/unknown-requests/redact.js';
import { readBody } from '../../src/integrations/telfa/control/body.js';
import { readSipFrame } from '../../src/webphone/sip-frame.js';

/**
 * What is read before it is known who sent it: the gateway does nothing else meanwhile, calls included. Each took ten seconds at least when
 * the time grew with the square of the length.
 */
const MOST_CPU_MS = 5_000;

/** Counts what this process works: what others do meanwhile does not matter. */
function quickly<T>(read: () => T): T {
  const before = process.cpuUsage();
  const result = read();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(MOST_CPU_MS);
  return result;
}

it('a form in which one name stands again and again', () => {
  expect(parseForm(Array.from({ length: 1_000 }, () => 'a=1').join('&'))['a']).toHaveLength(1_000);
  expect(() => parseForm(Array.from({ length: 1_001 }, () => 'a=1').join('&'))).toThrow(/at most 1000 fields/);
});

it('a form with many fields in one', () => {
  const form = (fields: number) => Buffer.from(Array.from({ length: fields }, (_, index) => `a[${index}]=1`).join('&'));
  const { root, fields } = readBody(form(1_000), 'application/x-www-form-urlencoded');
  expect([root, Object.keys(fields).length]).toEqual(['a', 1_000]);
  expect(() => readBody(form(30_000), 'application/x-www-form-urlencoded')).toThrow(/at most 1000 fields/);
});

it('a list of ETags of nothing but spaces', () => {
  const about = { contentType: 'audio/wav', etag: '"1"', cacheControl: 'no-store' };
  const asked = { 'if-none-match': `"x"${' '.repeat(200_000)}y, "1"` };
  expect(quickly(() => bytesAnswer(Buffer.from('x'), about, asked)).status).toBe(304);
});

it('a field of a dispatch with a long name', () => {
  const name = `${'_car'.repeat(60_000)}!`;
  expect(quickly(() => new MaskingRedactor(new Map()).value({ [name]: 'Praha 1' }))).toEqual({
    [name]: '[text: 7 characters]',
  });
});

it.each([';', 'a', ';tag='])('a SIP message with a To of nothing but %s', (piece) => {
  const to = piece.repeat(60_000 / piece.length);
  const frame = quickly(() => readSipFrame(`BYE sip:x SIP/2.0\r\nFrom: <sip:jana@x>\r\nTo: ${to}\r\n\r\n`));
  expect(frame).toMatchObject({ type: 'request', withinCall: false });
});
