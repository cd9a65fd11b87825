import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { prompt } from '../support/sip/caller.js';
import { pickUp, ringForEver } from '../support/sip/phone.js';
import { QueueHarness } from './queue-harness.js';

/** Asterisk logs no warning in normal operation. Its shipped log has errors only, so this one has warnings too. */

const [QUEUE, RING] = ['+420222333444', '+420222333445'];
/** The second name has a letter only where Asterisk ignores hyphens. */
const HANDSETS = ['sales', 'b-'];

const company = {
  languages: ['cs'],
  prompts: prompts(1),
  handsets: HANDSETS.map((name) => ({ name })),
  queues: [{ id: 12, name: 'Sales', handsets: HANDSETS, strategy: 'ringall', record: true }],
  lines: [
    { number: QUEUE, plan: ['answer', { play: 1 }, { enqueue: { queue: 12 } }] },
    { number: RING, plan: [{ ring: { handset: 'b-' } }] },
  ],
};

let asterisk: TestAsterisk;
let gateway: Gateway;
let room: QueueHarness;

beforeAll(async () => {
  asterisk = await startAsterisk();
  await appendFile(path.join(asterisk.dir, 'etc/logger.conf'), 'start.log => warning,error\n');
  await asterisk.restart();
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company });
  room = new QueueHarness(asterisk, gateway);
});
afterAll(async () => {
  await room.empty();
  await gateway.stop();
  await asterisk.stop();
});

async function complaints(): Promise<string[]> {
  const lines = (await readFile(path.join(asterisk.logDir, 'start.log'), 'utf8')).split('\n');
  return lines.filter((line) => /WARNING|ERROR/.test(line));
}

it('a start of Asterisk and the gateway, a reload, and calls through a queue and to a handset', async () => {
  expect(await complaints()).toEqual([]);
  await asterisk.cli('dialplan reload');
  // One answers: Asterisk reports an error when two answers cross.
  const phones = [await room.handset('sales', pickUp), await room.handset('b-', ringForEver)];
  await room.becomes('both are free', async () => /(Not in use[^]*){2}/.test(await asterisk.cli('queue show q12')));
  const waiting = await room.calling(QUEUE);
  await waiting.hears(prompt(1));
  const rung = await Promise.all(phones.map((phone) => phone.nextCall({ withinMs: 20_000 })));
  await rung[0]!.answered();
  // Asterisk reports an error when the caller hangs up while it connects the two.
  await rung[1]!.ended({ withinMs: 20_000 });
  await waiting.hangUp();
  phones[1]!.onIncoming(() => pickUp);
  const ringing = await room.calling(RING);
  await (await phones[1]!.nextCall({ withinMs: 20_000 })).answered();
  // Asterisk reports an error when the caller hangs up while it answers.
  await ringing.answered();
  await ringing.hangUp();
  expect(await complaints()).toEqual([]);
});
