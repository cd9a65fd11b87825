import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { prompt } from '../support/sip/caller.js';
import { pickUp } from '../support/sip/phone.js';
import { soundsOf } from '../support/sip/sounds.js';
import { toneWav } from '../support/tones.js';
import { QueueHarness } from './queue-harness.js';

/** The expected wait that callers of a queue hear is estimated from real waits of others. */

const LINE = '+420222333441';
/** The prompts of Asterisk itself, as these tones. */
const SAID = { next: 101, position: 102, wait: 104, thanks: 105, one: 111, two: 112 };
const FILES: Record<string, number> = {
  'queue-next': SAID.next,
  'queue-position': SAID.position,
  'queue-wait-minutes': SAID.wait,
  'queue-thanks': SAID.thanks,
  'digits/1': SAID.one,
  'digits/1f': SAID.one,
  'digits/1n': SAID.one,
  'digits/2': SAID.two,
  'digits/2f': SAID.two,
  'digits/2n': SAID.two,
};
/** Half a minute is rounded up; the time that the next callers have already waited is subtracted. */
const WAIT_MS = 38_000;

const company = {
  languages: ['ru'],
  handsets: [{ name: 'a1' }],
  queues: [
    {
      id: 1,
      name: 'С ожиданием',
      handsets: ['a1'],
      join_when: 'always',
      stay_when: 'always',
      ring_timeout: 5,
      announce: { every: 60, hold_time: 'once', thanks: true },
    },
  ],
  lines: [{ number: LINE, plan: ['answer', { enqueue: { queue: 1 } }] }],
};

let soundsDir: string;
let asterisk: TestAsterisk;
let gateway: Gateway;
let room: QueueHarness;

beforeAll(async () => {
  soundsDir = await mkdtemp(path.join(tmpdir(), 'cordboard-wait-'));
  await mkdir(path.join(soundsDir, 'ru', 'digits'), { recursive: true });
  for (const [name, tone] of Object.entries(FILES))
    await writeFile(path.join(soundsDir, 'ru', `${name}.wav`), toneWav(tone, 'ru', 600));
  asterisk = await startAsterisk({ soundsDir });
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company });
  room = new QueueHarness(asterisk, gateway);
});
afterAll(async () => {
  await room.empty();
  await gateway.stop();
  await asterisk.stop();
  await rm(soundsDir, { recursive: true, force: true });
});

const averageS = async (): Promise<number> =>
  Number(/\((\d+)s holdtime/.exec(await asterisk.cli('queue show q1'))?.[1]);

it('after a caller has waited for most of a minute, the next ones hear so, also in Russian', async () => {
  const said = (...tones: number[]) => tones.map((tone) => `prompt ${tone} ru`);
  const thanked = { skipping: true, withinMs: 20_000 };
  const first = await room.waiting(LINE, 1);
  const since = Date.now();
  const second = await room.waiting(LINE, 1);
  await second.hears(prompt(SAID.thanks, 'ru'), thanked);
  // There is no estimate yet.
  expect(soundsOf(second.heard()).slice(0, 3)).toEqual(said(SAID.position, SAID.two, SAID.thanks));
  await delay(since + WAIT_MS - Date.now());
  const operator = await room.handset('a1', pickUp);
  const talk = await (await operator.nextCall({ withinMs: 20_000 })).answered();
  await room.becomes('the average', async () => (await averageS()) >= WAIT_MS / 1000 - 1);
  await second.hangUp();
  await operator.register(0);
  await talk.hangUp();
  await first.ended();
  const next = await room.waiting(LINE, 1);
  const afterNext = await room.waiting(LINE, 1);
  await afterNext.hears(prompt(SAID.thanks, 'ru'), thanked);
  expect(soundsOf(afterNext.heard()).slice(0, 5)).toEqual(
    said(SAID.position, SAID.two, SAID.wait, SAID.one, SAID.thanks),
  );
  // The next caller hears no estimate.
  expect(soundsOf(next.heard()).slice(0, 2)).toEqual(said(SAID.next, SAID.thanks));
});
