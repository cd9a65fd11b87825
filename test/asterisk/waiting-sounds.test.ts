import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { prompt } from '../support/sip/caller.js';
import type { PhoneCall } from '../support/sip/phone.js';
import { pickUp } from '../support/sip/phone.js';
import { soundsOf } from '../support/sip/sounds.js';
import { toneSamples, toneWav } from '../support/tones.js';
import { QueueHarness } from './queue-harness.js';

/** What callers hear while they wait, decoded from the audio at their phones. Every sound has its own tone. */

const [MUSIC, SPOKEN, ENGLISH, LATER] = ['+420222333441', '+420222333442', '+420222333443', '+420222333444'];
/** Prompts of the company. */
const P = { join: 41, first: 42, second: 43 };
/** Files of a music. */
const M = { day: 61, night: 62, other: 63 };
const OPERATOR = 50;
/** The prompts of Asterisk itself, as these tones. */
const SAID = { next: 101, position: 102, beyond: 103, thanks: 105, two: 112, three: 113 };
const FILES: Record<string, number> = {
  'queue-next': SAID.next,
  'queue-position': SAID.position,
  'queue-position-beyond': SAID.beyond,
  'queue-thanks': SAID.thanks,
  'digits/2n': SAID.two,
  'digits/2w': SAID.two,
  'digits/2': SAID.two,
  'digits/3': SAID.three,
};
const MUSIC_MS = 5000;
/** Short, so that it repeats often. */
const OTHER_MS = 1500;

const anybody = { join_when: 'always', stay_when: 'always', ring_timeout: 5 };
const announce = { every: 8, thanks: true };
const company = {
  languages: ['cs', 'en'],
  prompts: prompts(...Object.values(P)),
  handsets: ['a1', 'a2'].map((name) => ({ name })),
  queues: [
    {
      id: 1,
      name: 'S hudbou',
      handsets: ['a1'],
      join_prompt: P.join,
      language: 'en',
      periodic: { prompts: [P.first, P.second], every: 5, first_after: 3 },
      ...anybody,
    },
    { id: 2, name: 'S pořadím', announce: { ...announce, position: 'more', position_limit: 2 }, ...anybody },
    { id: 3, name: 'Jindy', handsets: ['a2'], ...anybody },
  ],
  lines: [
    { number: MUSIC, plan: ['answer', { enqueue: { queue: 1 } }] },
    { number: SPOKEN, plan: ['answer', { enqueue: { queue: 2, exit_key: '*' } }] },
    { number: ENGLISH, languages: ['en'], plan: ['answer', { enqueue: { queue: 2 } }] },
    // Unanswered.
    { number: LATER, plan: [{ enqueue: { queue: 3 } }] },
  ],
};

let soundsDir: string;
let asterisk: TestAsterisk;
let gateway: Gateway;
let room: QueueHarness;
const audio: Record<number, string> = {};

beforeAll(async () => {
  soundsDir = await mkdtemp(path.join(tmpdir(), 'cordboard-waiting-'));
  for (const language of ['cs', 'en']) {
    await mkdir(path.join(soundsDir, language, 'digits'), { recursive: true });
    for (const [name, tone] of Object.entries(FILES))
      await writeFile(path.join(soundsDir, language, `${name}.wav`), toneWav(tone, language, 600));
  }
  asterisk = await startAsterisk({ soundsDir });
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company });
  room = new QueueHarness(asterisk, gateway);
  for (const tone of Object.values(M)) {
    const body = new Uint8Array(toneWav(tone, 'cs', tone === M.other ? OTHER_MS : MUSIC_MS));
    const headers = { 'content-type': 'audio/wav' };
    const { sha256 } = await gateway.api<{ sha256: string }>('/api/v1/audio', { method: 'POST', body, headers });
    audio[tone] = `sha256:${sha256}`;
  }
  await playing(1, 'day', [M.day, M.night]);
});
afterEach(() => room.empty());
afterAll(async () => {
  await gateway.stop();
  await asterisk.stop();
  await rm(soundsDir, { recursive: true, force: true });
});

/** Sets the music of that queue. */
async function playing(id: number, name: string, tones: number[]): Promise<void> {
  await room.apply((document) => ({
    ...document,
    music: [
      ...(document.music ?? []).filter((music) => music.name !== name),
      { name, audio: tones.map((tone) => audio[tone]) },
    ],
    queues: document.queues.map((queue) => (queue.id === id ? { ...queue, music: name } : queue)),
  }));
}

/** Names of the tones heard so far, without repetitions in a row. */
const heard = (call: PhoneCall): string[] => soundsOf(call.heard());
const later = { skipping: true, withinMs: 20_000 };

describe('a caller who waits in a queue', () => {
  it('hears the join prompt, music, and announcements in turn between it; the music stops at the answer', async () => {
    const call = await room.calling(MUSIC);
    await call.hears(prompt(P.join), { withinMs: 10_000 });
    const music = await call.hears(prompt(M.day));
    const first = await call.hears(prompt(P.first, 'en'), later);
    const second = await call.hears(prompt(P.second, 'en'), later);
    await call.hears(prompt(P.first, 'en'), later);
    expect(first.fromMs - music.fromMs).toBeGreaterThan(1900);
    expect(second.fromMs - first.fromMs).toBeGreaterThan(3900);
    const operator = await room.handset('a1', pickUp);
    const leg = await (await operator.nextCall({ withinMs: 15_000 })).answered();
    leg.say(toneSamples(OPERATOR, 'cs', 1000), { repeats: true });
    const talk = await call.hears(prompt(OPERATOR), later);
    await delay(2000);
    const tones = heard(call);
    // After an announcement the music resumes at its position.
    const begins = [P.join, M.day].map((tone) => `prompt ${tone} cs`);
    const [announced, again] = [P.first, P.second].map((tone) => `prompt ${tone} en`);
    expect(tones.slice(0, 4)).toEqual([...begins, announced, tones[1]]);
    expect(tones).toContain(`prompt ${M.night} cs`);
    expect(tones.filter((tone) => tone.endsWith(' en')).slice(0, 3)).toEqual([announced, again, announced]);
    expect(tones.at(-1)).toBe(`prompt ${OPERATOR} cs`);
    expect(call.heard().some(({ kind, fromMs }) => kind === 'ringback' && fromMs < talk.fromMs)).toBe(false);
    expect(tones.filter((tone) => tone === `prompt ${P.join} cs`)).toHaveLength(1);
  });

  it("hears the position on joining and at the set interval, in the line's language", async () => {
    const calls = [await room.waiting(SPOKEN, 2), await room.waiting(ENGLISH, 2), await room.waiting(SPOKEN, 2)];
    const said = (language: string, ...tones: number[]) => tones.map((tone) => `prompt ${tone} ${language}`);
    const onJoining = [
      said('cs', SAID.next, SAID.thanks),
      said('en', SAID.position, SAID.two, SAID.thanks),
      said('cs', SAID.beyond, SAID.two, SAID.thanks),
    ];
    for (const [index, call] of calls.entries()) {
      const tones = onJoining[index]!;
      await call.hears(prompt(SAID.thanks, index === 1 ? 'en' : 'cs'), later);
      expect(heard(call).slice(0, tones.length)).toEqual(tones);
    }
    const [first, second, third] = calls as [PhoneCall, PhoneCall, PhoneCall];
    await first.press('*');
    await first.ended();
    await second.hears(prompt(SAID.next, 'en'), later);
    await third.hears(prompt(SAID.position), later);
    await third.hears(prompt(SAID.two), later);
    expect(heard(third)).not.toContain(`prompt ${SAID.two} en`);
  });

  it('hears ringback without music; with music, hears it on an unanswered call too, within 2 s of the change', async () => {
    const before = await room.calling(LATER);
    await before.rings();
    await room.becomes('in the queue', async () => (await room.inLine(3)).length === 1);
    const changed = Date.now();
    await playing(3, 'other', [M.other]);
    expect(Date.now() - changed).toBeLessThan(2000);
    const after = await room.calling(LATER);
    await after.hears(prompt(M.other), { withinMs: 10_000 });
    expect(soundsOf(before.heard())).not.toContain(`prompt ${M.other} cs`);
    expect(await room.inLine(3)).toHaveLength(2);
  });

  it('keeps hearing music that is changed or removed meanwhile, or whose gateway dies', async () => {
    await playing(3, 'other', [M.other]);
    const call = await room.calling(LATER);
    await call.hears(prompt(M.other), { withinMs: 10_000 });
    await playing(3, 'other', [M.day]);
    await gateway.kill();
    await delay(3 * OTHER_MS);
    expect(heard(call).every((tone) => tone === `prompt ${M.other} cs`)).toBe(true);
    await gateway.run();
    await gateway.ready();
    await delay(500);
    const next = await room.calling(LATER);
    await next.hears(prompt(M.day), { withinMs: 10_000 });
  });

  it('hears music after Asterisk has lost its settings, too', async () => {
    await asterisk.kill();
    await writeFile(path.join(asterisk.dir, 'etc', 'cordboard-music.conf'), '');
    await asterisk.revive();
    await gateway.ready();
    await room.becomes('the queue is back', async () => (await asterisk.cli('moh show classes')).includes('m-day'));
    const call = await room.calling(MUSIC);
    await call.hears(prompt(P.join), later);
    await call.hears(prompt(M.day), later);
  });
});
