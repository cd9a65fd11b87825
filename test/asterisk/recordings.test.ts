import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { Shop, text } from '../support/shop.js';
import { callerOf, prompt, soundsOf } from '../support/sip/caller.js';
import { Phone, pickUp, ringForEver, type IncomingBehaviour, type PhoneCall } from '../support/sip/phone.js';
import { recognise, toneSamples } from '../support/tones.js';

/** Real conversations, recorded by a real Asterisk: the audio in the file, and the result when the gateway dies. */

/** Enough for the parallel conversations: each has its own handset. */
const DESKS = 20;
const P = { announcement: 12, callerSays: 50, operatorSays: 51, whispered: 52, joined: 53, after: 10 };
const record = { announce: P.announcement };

let asterisk: TestAsterisk;
let gateway: Gateway;
let hooks: Shop;
const phones: Phone[] = [];
let [lastCaller, lastDesk] = [0, 0];

/** An operator with a handset, and the lines that ring it: by the plan, by a queue, by a queue and then the plan. */
interface Desk {
  handset: string;
  queue: number;
  ring: string;
  enqueue: string;
  twice: string;
}

const desks = Array.from({ length: DESKS }, (_, n): Desk => {
  const number = `+420222333${String(n).padStart(2, '0')}`;
  return { handset: `sales${n}`, queue: 12 + n, ring: `${number}1`, enqueue: `${number}2`, twice: `${number}3` };
});

beforeAll(async () => {
  asterisk = await startAsterisk();
  hooks = await new Shop(() => text('')).start();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      prompts: prompts(P.announcement, P.after),
      handsets: desks.map(({ handset: name }) => ({ name })),
      queues: desks.map(({ handset, queue: id }) => ({
        id,
        name: `Fronta ${id}`,
        handsets: [handset],
        join_when: 'always',
        stay_when: 'always',
        record,
      })),
      lines: desks.flatMap(({ handset, queue, ring, enqueue, twice }) => [
        { number: ring, plan: [{ ring: { handset, record } }] },
        { number: enqueue, plan: [{ enqueue: { queue } }] },
        { number: twice, plan: ['answer', { enqueue: { queue, answered: [{ ring: { handset, record } }] } }] },
      ]),
      webhooks: [{ name: 'shop', url: hooks.url }],
    },
  });
});

afterAll(async () => {
  await Promise.all(phones.map((phone) => phone.stop()));
  await gateway.stop();
  await hooks.stop();
  await asterisk.stop();
});

/** A desk that no test has used, and the phone on it. */
async function desk(
  incoming: IncomingBehaviour = pickUp,
  { suppressesSilence = false } = {},
): Promise<Desk & { operator: Phone }> {
  const free = desks[lastDesk++]!;
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  const password = await gateway.handsetPassword(free.handset);
  const operator = await new Phone({ server, user: free.handset, password, incoming, suppressesSilence }).start();
  phones.push(operator);
  await operator.registerSoon();
  return { ...free, operator };
}

async function dial(line: string, { suppressesSilence = false } = {}): Promise<PhoneCall> {
  lastCaller += 1;
  const user = `+420777${String(200_000 + lastCaller)}`;
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  const phone = await new Phone({ server, user, suppressesSilence }).start();
  phones.push(phone);
  return phone.dial(line);
}

/** First the caller speaks, then the operator: each hears the other to the end. */
async function talk(call: PhoneCall, leg: PhoneCall): Promise<void> {
  await leg.answered();
  call.say(toneSamples(P.callerSays, 'cs', 1200));
  await leg.hears(prompt(P.callerSays), { skipping: true, toItsEnd: true, withinMs: 15_000 });
  leg.say(toneSamples(P.operatorSays, 'cs', 1200));
  await call.hears(prompt(P.operatorSays), { skipping: true, toItsEnd: true, withinMs: 15_000 });
}

interface Recording {
  id: string;
  call_id: string;
  queue: number | null;
  agent: string | null;
  duration_ms: number;
  bytes: number;
  audio: string;
}

const callOf = async (call: PhoneCall) => (await gateway.calls(callerOf(call).replace(/^\+420/, '')))[0]!.id;

/** The recordings of a call, oldest first, as soon as there are this many. */
async function recordingsOf(call: PhoneCall, count: number, withinMs = 30_000): Promise<Recording[]> {
  const id = await callOf(call);
  const until = Date.now() + withinMs;
  for (;;) {
    const path = `/api/v1/recordings?call=${encodeURIComponent(id)}`;
    const { recordings } = await gateway.api<{ recordings: Recording[] }>(path);
    if (recordings.length >= count) return recordings.reverse();
    if (Date.now() > until)
      throw new Error(`${recordings.length} recordings: ${await asterisk.cli('core show channels')}`);
    await delay(100);
  }
}

async function samplesOf({ audio }: Recording): Promise<Int16Array> {
  const file = Buffer.from(await (await gateway.fetch(audio)).arrayBuffer());
  expect(file.readUInt32LE(40)).toBe(file.length - 44);
  return new Int16Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + file.length));
}

async function soundsIn(recording: Recording): Promise<string[]> {
  return soundsOf(recognise(await samplesOf(recording))).filter((sound) => sound !== 'unknown');
}

const BOTH = ['prompt 50 cs', 'prompt 51 cs'];
const kindsOf = async (call: PhoneCall) =>
  (await gateway.timeline(callerOf(call).replace(/^\+420/, ''))).map(({ kind }) => kind);
const readyOf = (callId: string) =>
  hooks.requests.filter(({ fields }) => fields['event'] === 'recording_ready' && fields['call_id'] === callId);

/** Asterisk keeps no recording, and no webhook or recording is duplicated. */
async function isSettled(call: PhoneCall, count: number): Promise<void> {
  const id = await callOf(call);
  await hooks.request(() => readyOf(id).length >= count, { withinMs: 15_000 });
  await delay(1500);
  expect(readyOf(id)).toHaveLength(count);
  expect(await recordingsOf(call, count)).toHaveLength(count);
  expect((await kindsOf(call)).filter((kind) => kind === 'recording_stored')).toHaveLength(count);
  expect(await gateway.api('/readyz')).toMatchObject({ checks: { recordings: 'ok' } });
}

describe.concurrent('a recorded ring', () => {
  it('contains both sides, without announcement and ringback; it is reported, served by ranges, and deleted', async () => {
    const { ring, handset, operator } = await desk(ringForEver);
    const call = await dial(ring);
    await call.hears(prompt(P.announcement), { toItsEnd: true });
    const leg = await operator.nextCall({ withinMs: 15_000 });
    await delay(1000);
    leg.answer();
    await talk(call, leg);
    await leg.hangUp();
    await call.ended();
    const [recording] = await recordingsOf(call, 1);
    expect(recording).toMatchObject({ queue: null, agent: handset });
    expect(await soundsIn(recording!)).toEqual(BOTH);
    await isSettled(call, 1);
    const id = await callOf(call);
    expect(readyOf(id)[0]!.fields).toMatchObject({
      agent: handset,
      result: 'SUCCESS',
      recording: { id: recording!.id, url: expect.stringContaining(recording!.audio) as string },
    });
    expect(await kindsOf(call)).toEqual(expect.arrayContaining(['recording_started', 'recording_finished']));

    const part = await gateway.fetch(recording!.audio, { headers: { range: 'bytes=44-1043' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 44-1043/${recording!.bytes}`]);
    expect((await part.arrayBuffer()).byteLength).toBe(1000);
    const head = await gateway.fetch(recording!.audio, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(recording!.bytes)]);
    const shown = await gateway.api<{ recordings: { audio: string }[] }>(`/api/v1/calls/${encodeURIComponent(id)}`);
    expect(shown.recordings.map(({ audio }) => audio)).toEqual([recording!.audio]);

    expect((await gateway.fetch(`/api/v1/recordings/${recording!.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await gateway.fetch(recording!.audio)).status).toBe(404);
    expect((await kindsOf(call)).at(-1)).toBe('recording_deleted');
  });

  it('stops when the caller hangs up', async () => {
    const { ring, operator } = await desk();
    const call = await dial(ring);
    const leg = await operator.nextCall({ withinMs: 15_000 });
    await talk(call, leg);
    await call.hangUp();
    expect(await soundsIn((await recordingsOf(call, 1))[0]!)).toEqual(BOTH);
  });
});

describe.concurrent('a recorded queue', () => {
  it('contains the conversation, without the wait', async () => {
    const { enqueue, queue, handset, operator } = await desk(ringForEver);
    const call = await dial(enqueue);
    await call.hears(prompt(P.announcement), { toItsEnd: true });
    const leg = await operator.nextCall({ withinMs: 15_000 });
    await delay(1000);
    leg.answer();
    await talk(call, leg);
    await call.hangUp();
    const [recording] = await recordingsOf(call, 1);
    expect(recording).toMatchObject({ queue, agent: handset });
    expect(await soundsIn(recording!)).toEqual(BOTH);
    await isSettled(call, 1);
    const stored = (await gateway.timeline(callerOf(call).replace(/^\+420/, ''))).find(
      ({ kind }) => kind === 'recording_stored',
    );
    expect(Math.abs(Number(stored?.data['talk_ms']) - recording!.duration_ms)).toBeLessThan(1500);
    const ready = readyOf(await callOf(call))[0]!.fields['recording'];
    expect(ready).toMatchObject({ talk_duration: Math.round(Number(stored?.data['talk_ms']) / 1000) });
  });

  it('stops with its conversation: what follows in the same call is a separate recording', async () => {
    const { twice, queue, operator } = await desk();
    const call = await dial(twice);
    const first = await operator.nextCall({ withinMs: 15_000 });
    await talk(call, first);
    await first.hangUp();
    const second = await operator.nextCall({ withinMs: 15_000 });
    await second.answered();
    second.say(toneSamples(P.operatorSays, 'cs', 1200));
    await call.hears(prompt(P.operatorSays), { skipping: true, toItsEnd: true, withinMs: 15_000 });
    await call.hangUp();
    const recordings = await recordingsOf(call, 2);
    expect(recordings.map(({ queue }) => queue)).toEqual([queue, null]);
    expect(await soundsIn(recordings[0]!)).toEqual(BOTH);
    expect(await soundsIn(recordings[1]!)).toEqual([BOTH[1]]);
    await isSettled(call, 2);
  });
});

describe.concurrent('a conversation whose phones send no packets during silence', () => {
  async function answeredCall(way: 'ring' | 'enqueue') {
    const suppressesSilence = true;
    const { operator, ...its } = await desk(pickUp, { suppressesSilence });
    const call = await dial(its[way], { suppressesSilence });
    const leg = await operator.nextCall({ withinMs: 15_000 });
    await leg.answered();
    return { call, leg, answeredAt: Date.now() };
  }

  it.each(['ring', 'enqueue'] as const)('is recorded with its pauses (%s)', async (way) => {
    const { call, leg, answeredAt } = await answeredCall(way);
    await delay(2500);
    const spokeAt = Date.now();
    await talk(call, leg);
    await delay(2500);
    await call.hangUp();
    const talkMs = Date.now() - answeredAt;
    const [recording] = await recordingsOf(call, 1);
    expect(Math.abs(recording!.duration_ms - talkMs)).toBeLessThan(1000);
    expect(await soundsIn(recording!)).toEqual(BOTH);
    const first = recognise(await samplesOf(recording!)).find(({ kind }) => kind === 'prompt');
    expect(Math.abs(first!.fromMs - (spokeAt - answeredAt))).toBeLessThan(1000);
  });

  it.each(['ring', 'enqueue'] as const)('is recorded when both sides are silent (%s)', async (way) => {
    const { call, leg, answeredAt } = await answeredCall(way);
    await delay(3000);
    await leg.hangUp();
    const talkMs = Date.now() - answeredAt;
    const [recording] = await recordingsOf(call, 1);
    expect(Math.abs(recording!.duration_ms - talkMs)).toBeLessThan(1000);
    const loudest = (await samplesOf(recording!)).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeLessThan(50);
    await isSettled(call, 1);
  });
});

describe.concurrent('a conversation that the caller is transferred out of', () => {
  it.each(['ring', 'enqueue'] as const)('is recorded until then (%s)', async (way) => {
    const { operator, ...its } = await desk();
    const call = await dial(its[way]);
    await talk(call, await operator.nextCall({ withinMs: 15_000 }));
    const id = encodeURIComponent(await callOf(call));
    const body = JSON.stringify({ prompt: P.after });
    const headers = { 'content-type': 'application/json' };
    const answer = await gateway.fetch(`/api/v1/calls/${id}/interrupt`, { method: 'POST', headers, body });
    expect(answer.status, await answer.text()).toBeLessThan(300);
    await call.hears(prompt(P.after), { skipping: true, toItsEnd: true, withinMs: 15_000 });
    await call.ended();
    expect(await soundsIn((await recordingsOf(call, 1))[0]!)).toEqual(BOTH);
  });
});

it('the gateway dies during conversations, and right after a hang-up: each conversation is recorded once', async () => {
  const [byPlan, byQueue, over] = [await desk(), await desk(), await desk()];
  const calls = [await dial(byPlan.ring), await dial(byQueue.enqueue)];
  const legs = await Promise.all(
    [byPlan, byQueue].map(async ({ operator }) => (await operator.nextCall({ withinMs: 15_000 })).answered()),
  );
  const says = (from: PhoneCall[], to: PhoneCall[], tone: number) =>
    Promise.all(
      from.map((side, index) => {
        side.say(toneSamples(tone, 'cs', 1200));
        return to[index]!.hears(prompt(tone), { skipping: true, toItsEnd: true, withinMs: 15_000 });
      }),
    );
  await says(calls, legs, P.callerSays);
  const ended = await dial(over.ring);
  await talk(ended, await over.operator.nextCall({ withinMs: 15_000 }));
  await ended.hangUp();
  await gateway.kill();
  await says(legs, calls, P.operatorSays);
  await Promise.all(calls.map((call) => call.hangUp()));
  await gateway.run();
  await gateway.ready();
  for (const call of [...calls, ended]) {
    const [recording] = await recordingsOf(call, 1);
    expect(await soundsIn(recording!)).toEqual(BOTH);
  }
  await Promise.all([...calls, ended].map((call) => isSettled(call, 1)));
});

describe.concurrent('a recording of a talk with a supervisor', () => {
  for (const where of ['ring', 'enqueue'] as const) {
    it(`of a ${where} contains what they say, also a whisper that the caller does not hear`, async () => {
      const { operator, ...line } = await desk();
      const boss = await desk();
      const call = await dial(line[where]);
      const leg = await (await operator.nextCall({ withinMs: 15_000 })).answered();
      await talk(call, leg);
      const supervise = async (mode: string) => {
        const body = JSON.stringify({ handset: boss.handset, mode });
        const headers = { 'content-type': 'application/json' };
        const path = `/api/v1/calls/${encodeURIComponent(await callOf(call))}/listen`;
        expect((await gateway.fetch(path, { method: 'POST', body, headers })).status).toBe(204);
      };
      await supervise('whisper');
      const ear = await (await boss.operator.nextCall({ withinMs: 15_000 })).answered();
      await expect.poll(() => kindsOf(call)).toContain('whispering');
      await delay(500);
      ear.say(toneSamples(P.whispered, 'cs', 1200));
      await leg.hears(prompt(P.whispered), { skipping: true, toItsEnd: true, withinMs: 15_000 });
      await supervise('barge');
      await expect.poll(() => kindsOf(call)).toContain('barging');
      await delay(500);
      ear.say(toneSamples(P.joined, 'cs', 1200));
      await call.hears(prompt(P.joined), { skipping: true, toItsEnd: true, withinMs: 15_000 });
      await call.hangUp();
      const sounds = await soundsIn((await recordingsOf(call, 1))[0]!);
      expect(sounds).toEqual([...BOTH, `prompt ${P.whispered} cs`, `prompt ${P.joined} cs`]);
      expect(soundsOf(call.heard())).not.toContain(`prompt ${P.whispered} cs`);
    });
  }
});
