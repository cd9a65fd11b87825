import { expect, it } from 'vitest';
import { parseForm } from '../../src/http/body.js';
import { readBody } from '../../src/integrations/telfa/control/body.js';
import { readSipFrame } from '../../src/webphone/sip-frame.js';

/**
 * What is read before it is known who sent it: the gateway does nothing else meanwhile, calls included. Each took ten seconds at least when
 * the time grew with the square of the length.
 */
const WITHIN_MS = 5_000;

function quickly<T>(read: () => T): T {
  const startedAt = performance.now();
  const result = read();
  expect(performance.now() - startedAt).toBeLessThan(WITHIN_MS);
  return result;
}

it('a form in which one name stands again and again', () => {
  expect(quickly(() => parseForm('a=1&'.repeat(40_000)))['a']).toHaveLength(40_000);
});

it('a form with many fields in one', () => {
  const form = Array.from({ length: 30_000 }, (_, index) => `a[${index}]=1`).join('&');
  const { root, fields } = quickly(() => readBody(Buffer.from(form), 'application/x-www-form-urlencoded'));
  expect([root, Object.keys(fields).length]).toEqual(['a', 30_000]);
});

it.each([';', 'a', ';tag='])('a SIP message with a To of nothing but %s', (piece) => {
  const to = piece.repeat(60_000 / piece.length);
  const frame = quickly(() => readSipFrame(`BYE sip:x SIP/2.0\r\nFrom: <sip:jana@x>\r\nTo: ${to}\r\n\r\n`));
  expect(frame).toMatchObject({ kind: 'request', withinCall: false });
});
