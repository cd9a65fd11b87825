import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, prompts } from '../support/gateway.js';
import { Shop, text } from '../support/shop.js';
import type { PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';
import { prompt, soundsOf } from '../support/sip/caller.js';
import { Watcher } from '../support/sip/watcher.js';
import { recognise, toneSamples } from '../support/tones.js';

/** Messages of real callers, recorded by a real Asterisk: what is in them, what is dropped, and what a crash of the gateway leaves. */

const LINE = '+420222333444';
/** Its messages are those of the handset `eva`, and of queue 13 with `ota`. */
const OWNED = '+420222333445';
const P = { greeting: 12, thanks: 10, first: 50, second: 51 };

interface Message {
  id: string;
  number: string;
  line: string;
  queue: number | null;
  for_queue: number | null;
  for_handset: string | null;
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
      handsets: [{ name: 'eva' }, { name: 'ota' }],
      queues: [
        { id: 12, name: 'Fronta', handsets: [], join_when: 'always', stay_when: 'always' },
        { id: 13, name: 'Sklad', handsets: ['ota'] },
      ],
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
        { number: OWNED, plan: [{ take_message: { prompt: P.greeting, silence: '3s', handset: 'eva', queue: 13 } }] },
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
async function caller(line = LINE): Promise<{ call: PhoneCall; number: string }> {
  lastCaller += 1;
  const number = `+42077710${String(1000 + lastCaller)}`;
  const call = await phones.call(line, number);
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

/** What a phone was told last about its messages, such as `yes 1/0`. */
function lamp(told: readonly string[]): string | undefined {
  return told
    .flatMap((text) => {
      const [, state, counts] = /Messages-Waiting: (\w+)[^]*Voice-Message: (\d+\/\d+)/.exec(text) ?? [];
      return state === undefined ? [] : [`${state} ${String(counts)}`];
    })
    .at(-1);
}

function shows(told: () => readonly string[], wanted: string): Promise<true> {
  return becomes(`the phone shows ${wanted}`, () => Promise.resolve(lamp(told()) === wanted || undefined));
}

it('phones show new messages of their handset and its queues, also after restarts, until somebody has heard them', async () => {
  const eva = await phones.handset('eva');
  const watcher = await new Watcher({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: 'ota',
    password: await gateway.handsetPassword('ota'),
  }).start();
  const subscribe = () => watcher.subscribe('ota', 'message-summary', 'application/simple-message-summary');
  await becomes('the handset is known', async () => ((await subscribe()) === 200 ? true : undefined));
  await shows(() => watcher.bodies, 'no 0/0');

  const { call, number } = await caller(OWNED);
  call.say(toneSamples(P.first, 'cs', 1500));
  await delay(1800);
  await call.press('#');
  await call.ended();
  const message = await messageOf(number);
  expect(message).toMatchObject({ for_queue: 13, for_handset: 'eva' });
  await Promise.all([shows(() => eva.trace, 'yes 1/0'), shows(() => watcher.bodies, 'yes 1/0')]);

  await gateway.kill();
  await asterisk.restart();
  await gateway.run();
  await gateway.ready();
  const before = eva.trace.length;
  await eva.registerSoon();
  await shows(() => eva.trace.slice(before), 'yes 1/0');

  expect(await soundsIn(message)).toEqual(['prompt 50 cs']);
  await shows(() => eva.trace, 'no 0/0');
  await watcher.stop();
});

/** A message of a caller to the owners, with one sound. */
async function leave(sound: number, ms = 1500): Promise<Message> {
  const { call, number } = await caller(OWNED);
  call.say(toneSamples(sound, 'cs', ms));
  await delay(ms + 300);
  await call.press('#');
  await call.ended();
  return messageOf(number);
}

/** So long that the gateway is killed in the middle of it. */
const LONG_MS = 5000;

it('a handset hears its messages by a code, marks one as done and deletes one; kill -9 plays the message again', async () => {
  const first = await leave(P.first);
  const second = await leave(P.second, LONG_MS);
  const eva = await phones.handset('eva');
  const call = await eva.dial('*97');
  await call.hears(prompt(P.first), { skipping: true, withinMs: 60_000 });
  await call.press('8');
  await call.hears(prompt(P.second), { skipping: true, withinMs: 60_000 });
  await gateway.kill();
  // Until it is over.
  await delay(LONG_MS);
  await gateway.run();
  await gateway.ready();
  await call.hears(prompt(P.second), { skipping: true, withinMs: 60_000 });
  await call.press('7');
  await call.ended();
  const { messages } = await gateway.api<{ messages: Message[] }>('/api/v1/messages?state=all');
  expect(messages.find(({ id }) => id === first.id)).toMatchObject({ heard: { by: 'eva' }, done: { by: 'eva' } });
  expect(messages.map(({ id }) => id)).not.toContain(second.id);
  await shows(() => eva.trace, 'no 0/0');
});
