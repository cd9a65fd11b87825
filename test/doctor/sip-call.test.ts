import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AsteriskError } from '../../src/asterisk/port.js';
import { makeSipCall, type SipCallOptions } from '../../src/doctor/sip-call/make-sip-call.js';
import { buildRtp, parseRtp } from '../../src/doctor/sip-call/rtp-packet.js';
import { parseAnswer } from '../../src/doctor/sip-call/sdp.js';
import { isTestCall } from '../../src/kernel/ids.js';
import { systemClock } from '../../src/lib/clock.js';
import { decodeG711, encodeG711 } from '../../src/prompts/g711.js';
import { toneSamples } from '../../src/doctor/tone.js';
import { readDigest, responseOf } from '../../src/webphone/digest.js';
import { parseSip, branchOf, isRequest, tagOf } from '../support/sip/message.js';

/** The test call over SIP, with an Asterisk that refuses it. Real calls: test/asterisk/doctor.test.ts. */

let server: Socket;
/** Requests that the server received, with the credentials' verdict. */
let received: string[];
let refusal: string;
let accounts: Map<string, string>;
let removed: string[];
let options: SipCallOptions;

beforeEach(async () => {
  received = [];
  removed = [];
  accounts = new Map();
  refusal = '486 Busy Here';
  server = createSocket('udp4');
  server.on('message', (data, { port }) => {
    const answer = answerTo(data.toString());
    if (answer !== undefined) server.send(answer, port, '127.0.0.1');
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const nothing = () => Promise.resolve();
  options = {
    asterisk: {
      usable: true,
      onEvent: () => () => undefined,
      putHandset({ name, password }) {
        accounts.set(name, password);
        return Promise.resolve();
      },
      removeHandset(name) {
        removed.push(name);
        return Promise.resolve();
      },
      answer: nothing,
      play: nothing,
      setVariable: nothing,
      hangUp: nothing,
      createBridge: nothing,
      addToBridge: nothing,
      destroyBridge: nothing,
    },
    loopBack: {
      sendDigits: nothing,
      startRecording: nothing,
      takeRecording: () => Promise.reject(new AsteriskError('gone', 'no recording')),
    },
    server: () => Promise.resolve({ host: '127.0.0.1', port: server.address().port }),
    there: { hz: 1004, milliseconds: 600 },
    back: { hz: 620, milliseconds: 600, media: 'sound:back' },
    clock: systemClock,
    stop: new AbortController().signal,
  };
});

afterEach(() => {
  server.close();
});

/** Challenges the first INVITE, and refuses the second one. */
function answerTo(text: string): string | undefined {
  const message = parseSip(text);
  if (message === undefined || !isRequest(message)) return undefined;
  const digest = readDigest(text);
  const [password = ''] = accounts.values();
  const isRight =
    digest && responseOf(digest, { user: [...accounts.keys()][0] ?? '', password }) === digest.fields.get('response');
  received.push(`${message.method}${isRight === true ? ' with a right login' : ''}`);
  if (message.method === 'ACK') return undefined;
  expect(branchOf(message)).toMatch(/^z9hG4bK/);
  expect(tagOf(message.headers.get('From'))).not.toBe('');
  const status = isRight === true ? refusal : '401 Unauthorized';
  const copied = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${message.headers.get(name)}`);
  const challenge = 'WWW-Authenticate: Digest realm="asterisk",nonce="1/a=",opaque="b",algorithm=MD5,qop="auth"';
  return [`SIP/2.0 ${status}`, ...copied, `To: ${message.headers.get('To')};tag=1`, challenge, '', ''].join('\r\n');
}

it.each([
  ['486 Busy Here', 'sip_call_refused'],
  ['488 Not Acceptable Here', 'sip_call_codecs'],
  ['404 Not Found', 'loop_back_enter'],
  ['401 Unauthorized', 'sip_call_account'],
])('a refusal by %s has the remedy %s', async (status, remedy) => {
  refusal = status;
  const findings = await makeSipCall(options);
  expect(findings.sip_call).toEqual({ status: 'failed', value: `Asterisk refused the call: ${status}`, remedy });
  for (const part of ['sip_digits', 'sip_sound_there', 'sip_sound_back'] as const)
    expect(findings[part]).toEqual({ status: 'skipped', value: 'there was no call over SIP' });
  await expect.poll(() => received).toEqual(['INVITE', 'ACK', 'INVITE with a right login', 'ACK']);
  expect(removed).toEqual([...accounts.keys()]);
  expect(removed.every(isTestCall)).toBe(true);
});

it('names an account that Asterisk does not take', async () => {
  options.asterisk.putHandset = () => Promise.reject(new AsteriskError('refused', 'no such object type'));
  const { sip_call } = await makeSipCall(options);
  expect(sip_call).toEqual({
    status: 'failed',
    value: 'the account of the call: no such object type',
    remedy: 'sip_call_account',
  });
});

it('names a port at which nobody answers', async () => {
  options.server = () => Promise.resolve(undefined);
  expect((await makeSipCall(options)).sip_call).toMatchObject({ status: 'failed', remedy: 'sip_no_answer' });
  const closed = createSocket('udp4');
  closed.bind(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address();
  closed.close();
  options.server = () => Promise.resolve({ host: '127.0.0.1', port });
  expect((await makeSipCall(options)).sip_call).toMatchObject({ status: 'failed', remedy: 'sip_no_answer' });
});

it('is not made without a link', async () => {
  options.asterisk = { ...options.asterisk, usable: false };
  expect((await makeSipCall(options)).sip_call).toMatchObject({ status: 'skipped' });
});

it('reads what it writes, and no other packets', () => {
  const packet = { payloadType: 8, marker: true, sequence: 7, timestamp: 160, ssrc: 9, payload: Buffer.from('abc') };
  expect(parseRtp(buildRtp(packet))).toEqual(packet);
  expect(parseRtp(Buffer.alloc(11))).toBeUndefined();
  expect(parseRtp(Buffer.from(buildRtp({ ...packet, payloadType: 72 })))).toBeUndefined();
  expect(parseAnswer('c=IN IP4 192.0.2.1\r\nm=audio 10000 RTP/AVP 9\r\n')).toBeUndefined();
  expect(parseAnswer('c=IN IP4 192.0.2.1\r\nm=audio 10000 RTP/AVP 0 8\r\n')).toEqual({
    host: '192.0.2.1',
    port: 10_000,
    payloadType: 0,
    eventType: undefined,
  });
  for (const law of ['alaw', 'ulaw'] as const) {
    const tone = toneSamples(1004, 20);
    const decoded = decodeG711(encodeG711(tone, law), law);
    for (let at = 0; at < tone.length; at += 2)
      expect(Math.abs(decoded.readInt16LE(at) - tone.readInt16LE(at))).toBeLessThan(300);
  }
});
