import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PhoneCall } from '../support/sip/phone.js';
import { RtpSender } from '../support/sip/rtp-sender.js';
import { toneSamples } from '../support/tones.js';
import { BridgeHarness } from './bridge-harness.js';
import { promptsHeard, talkBothWays } from './call-control-harness.js';

/** A stranger sends RTP to the ports of a call: no side hears it, and no audio goes to the sender. */

const STOLEN_TONE = 150;
const ATTACK_MS = 4000;

let harness: BridgeHarness;
let thief: Socket;

beforeAll(async () => {
  harness = await BridgeHarness.start();
});
afterAll(() => harness.stop());

/** Where Asterisk receives the audio of this side, from its SDP. */
function portsOf(calls: PhoneCall[]): number[] {
  return calls.flatMap((call) => (call.remoteMedia === undefined ? [] : [call.remoteMedia.port]));
}

it.each(['127.0.0.1', '127.0.0.2'])('from %s', async (host) => {
  thief = createSocket('udp4');
  let received = 0;
  thief.on('message', () => (received += 1));
  thief.bind(0, host);
  await once(thief, 'listening');
  const pair = harness.pair({ client: { do: 'answer' }, driver: { do: 'answer' } });
  const { bridge_id: id } = await harness.ask(pair);
  const [a, b] = [await harness.call(pair.client), await harness.call(pair.driver)];
  await harness.reaches(id, 'bridged');
  await talkBothWays(a, b);
  const ports = portsOf([a, b]);
  expect(ports).toHaveLength(2);
  const sender = new RtpSender({
    codec: 8,
    telephoneEventType: undefined,
    send: (packet) => ports.forEach((port) => thief.send(packet, port, '127.0.0.1')),
  });
  sender.say(toneSamples(STOLEN_TONE, 'cs', 1000), { repeats: true });
  sender.start();
  try {
    await talkBothWays(a, b);
    await delay(ATTACK_MS);
    await talkBothWays(a, b);
  } finally {
    sender.stop();
    thief.close();
  }
  expect(received).toBe(0);
  for (const side of [a, b]) expect(promptsHeard(side)).not.toContain(STOLEN_TONE);
  await a.hangUp();
  await b.ended({ withinMs: 15_000 });
  await harness.over(id);
});
