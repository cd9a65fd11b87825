import { beforeEach, expect, test } from 'vitest';
import { encodeG711 } from '../../support/sip/g711.js';
import { isServed, observeCalls } from './observe-calls.js';
import type { Datagram } from '../lib/capture.js';
import { ASK_PROMPT, benchPrompt, promptOfPacket, STATUS_PROMPTS } from './tones.js';

const ports = { sip: 5060, media: 6000 };
const expected = new Map([
  ['1001', 31],
  ['1002', 32],
]);
let wire: Datagram[];
let nowUs: number;

beforeEach(() => {
  wire = [];
  nowUs = 0;
});

function from(port: number, to: number, payload: string | Buffer, atUs = (nowUs += 1000)) {
  wire.push({ sourcePort: port, destinationPort: to, payload: Buffer.from(payload as string, 'latin1'), atUs });
}

function answered(id: string, rtpPort: number) {
  from(5061, ports.sip, `INVITE sip:100@x SIP/2.0\r\nCall-ID: ${id}\r\nCSeq: 1 INVITE\r\n\r\n`);
  from(ports.sip, 5061, `SIP/2.0 200 OK\r\nCall-ID: ${id}\r\nCSeq: 1 INVITE\r\n\r\nm=audio ${rtpPort} RTP/AVP 8\r\n`);
}

function typed(id: string, keys: string) {
  for (const [index, key] of keys.split('').entries()) info(id, index + 2, key);
}

function info(id: string, sequence: number, key: string) {
  from(
    5061,
    ports.sip,
    `INFO sip:x SIP/2.0\r\nCall-ID: ${id}\r\nCSeq: ${sequence} INFO\r\n\r\nSignal=${key}\r\nDuration=100`,
  );
}

function heard(rtpPort: number, prompt: number, packets: number) {
  const samples = benchPrompt(prompt);
  for (let packet = 0; packet < packets; packet += 1) {
    const audio = encodeG711(samples.slice(packet * 160, (packet + 1) * 160), 8);
    from(rtpPort, ports.media, Buffer.concat([Buffer.alloc(12), audio]));
  }
}

test('a packet of each prompt is recognised, and silence is none', () => {
  for (const prompt of [ASK_PROMPT, ...STATUS_PROMPTS]) {
    const samples = benchPrompt(prompt);
    for (let at = 0; at + 160 <= samples.length; at += 160)
      expect(promptOfPacket(samples.slice(at, at + 160))).toBe(prompt);
  }
  expect(promptOfPacket(new Int16Array(160))).toBeUndefined();
});

test('a call that hears the status of its order is served, with its latency from # to the first packet', () => {
  answered('a', 7000);
  heard(7000, ASK_PROMPT, 15);
  typed('a', '1001#');
  nowUs += 41_000;
  heard(7000, 31, 20);
  const [call] = observeCalls(wire, ports);
  expect(call).toMatchObject({ typed: '1001', answerLatencyMs: 42 });
  expect(isServed(call!, expected)).toBe(true);
});

test('calls side by side, and a port used again, are kept apart', () => {
  answered('a', 7000);
  answered('b', 7002);
  typed('a', '1001#');
  typed('b', '1002#');
  heard(7002, 32, 20);
  heard(7000, 31, 20);
  answered('c', 7000);
  typed('c', '1002#');
  heard(7000, 32, 20);
  expect(observeCalls(wire, ports).map((call) => isServed(call, expected))).toEqual([true, true, true]);
});

test('a retransmitted key counts once', () => {
  answered('a', 7000);
  info('a', 2, '1');
  info('a', 2, '1');
  expect(observeCalls(wire, ports)[0]?.typed).toBe('1');
});

test.each([
  ['the status of another order', 32, 20],
  ['half of it', 31, 10],
  ['nothing', 31, 0],
])('hearing %s is a failure', (_what, prompt, packets) => {
  answered('a', 7000);
  typed('a', '1001#');
  heard(7000, prompt, packets);
  expect(isServed(observeCalls(wire, ports)[0]!, expected)).toBe(false);
});

test('hearing another status as well is a failure', () => {
  answered('a', 7000);
  typed('a', '1001#');
  heard(7000, 31, 20);
  heard(7000, 32, 2);
  expect(isServed(observeCalls(wire, ports)[0]!, expected)).toBe(false);
});
