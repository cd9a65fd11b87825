import { describe, expect, test } from 'vitest';
import { readSipFrame } from '../../src/webphone/sip-frame.js';

const request = (headers: string[], body = '', first = 'REGISTER sip:gateway SIP/2.0') =>
  [first, 'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1', ...headers, '', body].join('\r\n');
const length = 'Content-Length: 0';
const FROM = 'From: <sip:eva@gateway>;tag=1';

describe('who a request is from', () => {
  test.each([
    ['From: <sip:eva@gateway>;tag=1', 'eva'],
    ['From: sip:eva@gateway;tag=1', 'eva'],
    ['f: "Eva \\"<sip:boss@gateway>\\"" <sip:eva@gateway:5060;transport=ws>;tag=1', 'eva'],
    ['FROM : Eva <sips:eva_2-b@gateway>', 'eva_2-b'],
  ])('%s', (from, user) => {
    expect(readSipFrame(request([from, length]))).toEqual({ type: 'request', from: user, withinCall: false });
  });

  test.each([
    ['none', []],
    ['two', [FROM, 'f: <sip:boss@gateway>']],
    ['no user', ['From: <sip:gateway>']],
    ['an escaped user', ['From: <sip:%65va@gateway>']],
    ['a user with a password', ['From: <sip:eva:secret@gateway>']],
    ['another scheme', ['From: <tel:+420777888999>']],
    ['two addresses', ['From: <sip:eva@gateway><sip:boss@gateway>']],
    ['an open quote', ['From: "Eva <sip:eva@gateway>']],
    ['a folded header', ['From:', ' <sip:eva@gateway>']],
    ['a bare line feed', ['From: <sip:eva@gateway>\nFrom: <sip:boss@gateway>']],
  ])('does not contain: %s', (_, from) => {
    expect(readSipFrame(request([...from, length])).type).toBe('bad');
  });
});

describe('a request within a call', () => {
  const within = (to: string[], method = 'BYE') => {
    const frame = readSipFrame(request([FROM, ...to, length], '', `${method} sip:x@gateway SIP/2.0`));
    return frame.type === 'request' && frame.withinCall;
  };

  test('has the tag that Asterisk gave', () => {
    for (const to of [
      'To: <sip:x@gateway>;tag=ab-1',
      't: "A <b>" <sip:x@gateway;transport=ws>;tag=1',
      'To: sip:x@a;tag=1',
    ])
      expect([to, within([to])]).toEqual([to, true]);
  });

  test('is none without it, with two, and for what begins something', () => {
    expect(within(['To: <sip:x@gateway>'])).toBe(false);
    expect(within(['To: <sip:x@gateway;tag=1>'])).toBe(false);
    expect(within(['To: "x;tag=1" <sip:x@gateway>'])).toBe(false);
    expect(within(['To: <sip:x@gateway>;tag=1', 'To: <sip:x@gateway>'])).toBe(false);
    expect(within(['To: <sip:x@gateway>;tag=1'], 'REGISTER')).toBe(false);
    expect(within(['To: <sip:x@gateway>;tag=1'], 'SUBSCRIBE')).toBe(false);
  });
});

describe('one message and nothing else', () => {
  const hidden = request(['From: <sip:trunk@gateway>', length], '', 'INVITE sip:+420222333444@gateway SIP/2.0');

  test('with a body of the length that it says, in bytes', () => {
    expect(readSipFrame(request([FROM, 'l: 3'], 'č1')).type).toBe('request');
    expect(readSipFrame(request([FROM, 'Content-Length: 2'], 'č1')).type).toBe('bad');
  });

  test('not with another one behind it', () => {
    expect(readSipFrame(request([FROM, length]) + hidden).type).toBe('bad');
    expect(readSipFrame(request([FROM]) + hidden).type).toBe('bad');
    expect(readSipFrame(request([FROM, length, `Content-Length: ${hidden.length}`], hidden)).type).toBe('bad');
    expect(readSipFrame(`\r\n\r\n${hidden}`).type).toBe('bad');
  });

  test('an answer has no sender to look at', () => {
    expect(readSipFrame(request([length], '', 'SIP/2.0 200 OK')).type).toBe('response');
    expect(readSipFrame(request([length], '', 'SIP/2.0 INVITE sip:a@b SIP/2.0')).type).toBe('bad');
  });

  test('keep-alives, and what is no SIP', () => {
    expect(readSipFrame('\r\n\r\n').type).toBe('keep_alive');
    for (const text of ['', 'hello', 'GET / HTTP/1.1\r\n\r\n', `${'A'.repeat(9)}\r\n\r\n`])
      expect(readSipFrame(text).type).toBe('bad');
  });
});

describe('a registration', () => {
  const kindOf = (contacts: string[], first?: string) =>
    readSipFrame(request([FROM, ...contacts, length], '', first)).type;

  test.each([
    [['Contact: <sip:a@b>;expires=0, <sip:+420900123456@provider>']],
    [['Contact: <sip:a@b>', 'm: <sip:c@d>']],
    [['m :"a" <sip:a@b>,"b" <sip:c@d>']],
    [['Contact: <sip:a@b', 'From2: x']],
    [['Contact: "a\\" <sip:a@b>']],
  ])('with more than one contact, or what may be more, is refused: %j', (contacts) => {
    expect(kindOf(contacts)).toBe('bad');
    expect(kindOf(contacts, 'register sip:gateway SIP/2.0')).toBe('bad');
  });

  test.each([
    [['Contact: "Eva, \\"doma\\"" <sip:a,b@c;ob>;+sip.instance="<urn:uuid:1,2>";expires=600']],
    [['Contact: *']],
    [[]],
  ])('with one contact, or none, goes on: %j', (contacts) => {
    expect(kindOf(contacts)).toBe('request');
  });

  test('of one long line is read in one pass', () => {
    expect(kindOf([`Contact: "${'"\\'.repeat(30_000)}`])).toBe('bad');
  });
});
