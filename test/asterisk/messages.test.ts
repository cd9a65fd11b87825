import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, prompts } from '../support/gateway.js';
import { Shop, text } from '../support/shop.js';
import type { PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';
import { prompt, soundsOf } from '../support/sip/caller.js';
import { recognise, toneSamples } from '../support/tones.js';

/** Messages of real callers, recorded by a real Asterisk: what is in them, what is dropped, and what a crash of the gateway leaves. */

const LINE = '+420222333444';
const P = { greeting: 12, thanks: 10, first: 50, second: 51 };

interface Message {
  id: string;
  number: string;
  line: string;
  queue: number | null;
  duration_ms: number;
  heard: { by: string } | null;
  done: { by: string } | null;
  audio: string;
}

let asterisk: TestAsterisk;
let gateway: Gateway;
let hooks: Shop;
let phones: Phones;
let lastCaller = 0;

beforeAll(async () => {
  asterisk = await startAsterisk();
  hooks = await new Shop(() => text('')).start();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      prompts: prompts(P.greeting, P.thanks),
      queues: [{ id: 12, name: 'Fronta', handsets: [], join_when: 'always', stay_when: 'always' }],
      lines: [
        {
          number: LINE,
          plan: [
            {
              enqueue: {
                queue: 12,
                timeout: '2s',
                timed_out: [{ take_message: { prompt: P.greeting, silence: '3s' } }, { play: P.thanks }, 'hang_up'],
              },
            },
          ],
        },
      ],
      webhooks: [{ name: 'shop', url: hooks.url }],
    },
  });
  phones = new Phones(asterisk, gateway);
});
afterEach(() => phones.stop());
afterAll(async () => {
  await gateway.stop();
  await hooks.stop();
  await asterisk.stop();
});

/** A caller whom nobody has answered, and whose message is being recorded. */
async function caller(): Promise<{ call: PhoneCall; number: string }> {
  lastCaller += 1;
  const number = `+42077710${String(1000 + lastCaller)}`;
  const call = await phones.call(LINE, number);
  await call.hears(prompt(P.greeting), { skipping: true, toItsEnd: true, withinMs: 30_000 });
  await has(number, 'recording_started');
  return { call, number };
}

function has(number: string, wanted: string): Promise<true> {
  return becomes(wanted, async () =>
    (await gateway.timeline(number)).some(({ kind }) => kind === wanted) ? true : undefined,
  );
}

function messageOf(number: string): Promise<Message> {
  return becomes('the message is stored', async () => {
    const { messages } = await gateway.api<{ messages: Message[] }>('/api/v1/messages?state=all');
    return messages.find((message) => message.number === number);
  });
}

async function soundsIn({ audio }: Message): Promise<string[]> {
  const file = Buffer.from(await (await gateway.fetch(audio)).arrayBuffer());
  const samples = new Int16Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + file.length));
  return soundsOf(recognise(samples)).filter((sound) => sound !== 'unknown');
}

const listed = async () => (await gateway.api<{ messages: Message[] }>('/api/v1/messages')).messages;

it('a caller whom nobody answers leaves a message, and ends it with #; it is listed, heard, reported and done', async () => {
  const { call, number } = await caller();
  call.say(toneSamples(P.first, 'cs', 1500));
  await delay(2000);
  await call.press('#');
  await call.hears(prompt(P.thanks), { skipping: true, toItsEnd: true });
  await call.ended();
  const message = await messageOf(number);
  expect(message).toMatchObject({ number, line: LINE, queue: 12, heard: null, done: null });
  expect(message.duration_ms).toBeGreaterThan(1500);
  expect(await gateway.api('/api/v1/messages/count')).toEqual({ open: 1, unheard: 1 });

  expect(await soundsIn(message)).toEqual(['prompt 50 cs']);
  expect((await messageOf(number)).heard).not.toBeNull();
  expect(await gateway.api('/api/v1/messages/count')).toEqual({ open: 1, unheard: 0 });
  const { entries } = await gateway.api<{ entries: { action: string; subject: string }[] }>('/api/v1/audit');
  expect(entries).toContainEqual(expect.objectContaining({ action: 'recording_played', subject: message.id }));
  await hooks.request(({ fields }) => fields['event'] === 'recording_ready', { withinMs: 15_000 });

  expect((await gateway.fetch(`/api/v1/messages/${message.id}/done`, { method: 'POST' })).status).toBe(204);
  expect(await listed()).toEqual([]);
});

it('the hang-up of the caller ends a message; without a sound nothing is kept', async () => {
  const speaker = await caller();
  speaker.call.say(toneSamples(P.first, 'cs', 1200));
  await delay(1500);
  await speaker.call.hangUp();
  const silent = await caller();
  await delay(1500);
  await silent.call.hangUp();
  expect(await soundsIn(await messageOf(speaker.number))).toEqual(['prompt 50 cs']);
  await has(silent.number, 'message_empty');
  expect((await listed()).map(({ number }) => number)).not.toContain(silent.number);
});

it('kill -9 in the middle of a message: what is said before, meanwhile and after is kept, and the call goes on', async () => {
  const { call, number } = await caller();
  call.say(toneSamples(P.first, 'cs', 1500));
  await delay(1000);
  await gateway.kill();
  await delay(1000);
  call.say(toneSamples(P.second, 'cs', 1500));
  await gateway.run();
  await gateway.ready();
  await call.hears(prompt(P.thanks), { skipping: true, toItsEnd: true, withinMs: 30_000 });
  await call.ended();
  expect(await soundsIn(await messageOf(number))).toEqual(['prompt 50 cs', 'prompt 51 cs']);
});

it('kill -9 during a message that ends meanwhile: the call goes on, and the message is kept once', async () => {
  const { call, number } = await caller();
  call.say(toneSamples(P.first, 'cs', 1200));
  await delay(1400);
  await gateway.kill();
  await call.press('#');
  await gateway.run();
  await gateway.ready();
  await call.hears(prompt(P.thanks), { skipping: true, toItsEnd: true, withinMs: 30_000 });
  await call.ended();
  expect(await soundsIn(await messageOf(number))).toEqual(['prompt 50 cs']);
  expect((await listed()).filter((message) => message.number === number)).toHaveLength(1);
});
