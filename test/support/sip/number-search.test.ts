import { describe, expect, it } from 'vitest';
import { formsOf, foundIn, holdsNumber } from './number-search.js';

const NUMBER = '+420603111222';
const OTHER = '+420777888999';

const invite = (headers: string, body = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-') =>
  `INVITE sip:420777888999@127.0.0.1:5090 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK60311\r\n${headers}\r\n\r\n${body}`;

describe('searching for a number', () => {
  for (const [form, written] of Object.entries(formsOf(NUMBER, '420'))) {
    it(`finds it ${form}: ${written}`, () => {
      for (const header of ['From', 'P-Asserted-Identity', 'X-Anything'])
        expect(foundIn([invite(`${header}: "x" <sip:${written}@127.0.0.1>`)], NUMBER, '420')).toEqual([
          `INVITE: ${header}`,
        ]);
      expect(foundIn([invite('From: <sip:1@h>', `v=0\r\ns=${written}`)], NUMBER, '420')).toEqual(['INVITE: body']);
      expect(holdsNumber(written, OTHER, '420')).toBe(false);
    });
  }

  it('finds it in the first line, and folded over two', () => {
    expect(foundIn(['BYE sip:603111222@h SIP/2.0\r\nCall-ID: 1\r\n\r\n'], NUMBER, '420')).toEqual(['BYE: first line']);
    expect(foundIn([invite('Subject: 603\r\n 111222')], NUMBER, '420')).toEqual(['INVITE: somewhere']);
  });

  it('finds no other number, nor digits inside something else', () => {
    const harmless = invite('From: <sip:420777888999@h>\r\nCall-ID: 6031a11222-603-11-122');
    expect(foundIn([harmless], NUMBER, '420')).toEqual([]);
  });
});
