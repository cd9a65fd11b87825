import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';

/** Texts that are the same in every call are synthesised, and in Asterisk's cache, before the first call. */

const LINE = '+420222333444';
/** Speaks every text as half a second of a tone. */
const SPEAKS = `
  const samples = Int16Array.from({ length: 4000 }, (_, at) => 8000 * Math.sin(at / 3));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0); head.writeUInt32LE(36 + samples.byteLength, 4); head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16); head.writeUInt16LE(1, 20); head.writeUInt16LE(1, 22); head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16000, 28); head.writeUInt16LE(2, 32); head.writeUInt16LE(16, 34); head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  process.stdout.write(Buffer.concat([head, Buffer.from(samples.buffer)]));`;

const company = (text: string) => ({
  languages: ['cs'],
  lines: [{ number: LINE, plan: ['answer'] }],
  status_speech: { templates: { arrived: { cs: [{ text }, { text: 'Má značku {mark}.' }] } } },
});

let asterisk: TestAsterisk;
let gateway: Gateway;

beforeAll(async () => {
  asterisk = await startAsterisk();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: company('Vůz čeká.'),
    env: { SPEECH_COMMAND: JSON.stringify([process.execPath, '-e', SPEAKS]) },
  });
});
afterAll(async () => {
  await gateway.stop();
  await asterisk.stop();
});

it('in each format that a call can need', async () => {
  // There is no other medium.
  const cached = async () =>
    [...(await asterisk.cli('media cache show all')).matchAll(/\/media\/[0-9a-f]{64}\.(\w+)/g)].map(([, type]) => type);
  await expect.poll(async () => (await cached()).sort()).toEqual(['alaw', 'ulaw', 'wav']);
});
