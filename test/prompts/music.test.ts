import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { queueSchema } from '../../src/directory/schema.js';
import { MAX_RECORDINGS } from '../../src/prompts/music-schema.js';
import { samplesOf } from '../../src/prompts/wav.js';
import { asAdmin, READER } from '../http/http-harness.js';
import { openPromptHarness, pitchOf, tone, type PromptHarness } from './prompt-harness.js';

let harness: PromptHarness;

beforeEach(async () => {
  harness = await openPromptHarness({ shipped: ['music/calm.wav'] });
});
afterEach(() => harness.close());

interface MusicAnswer {
  name: string;
  audio: { sha256: string; source: string; url: string; duration_ms: number }[];
}

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: MusicAnswer }> {
  const raw = body instanceof Uint8Array;
  const type = raw ? 'audio/mpeg' : 'application/json';
  const answer = await fetch(`${harness.http.url}/api/v1${path}`, {
    method,
    headers: { ...asAdmin, ...(body !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as MusicAnswer };
}

const upload = async (hz: number, name = 'calm') =>
  call('POST', `/music/${name}/audio`, await tone(join(harness.folder, 'in.mp3'), { hz, rate: 44_100 }));

/** Sets the music of queue 7. */
const playing = (music: string | undefined) =>
  harness.companies.update((company) => ({
    ...company,
    queues: [queueSchema.parse({ id: 7, name: 'Sales', ...(music !== undefined && { music }) })],
  }));

test('music is created, listed, renamed and removed', async () => {
  const made = await call('POST', '/music', { name: 'calm', sound: 'calm' });
  expect(made).toMatchObject({
    status: 201,
    body: { name: 'calm', title: '', sound: 'calm', audio: [{ source: 'shipped', duration_ms: 500 }] },
  });
  expect((await call('POST', '/music', { name: 'calm' })).status).toBe(409);
  expect((await call('PUT', '/music/calm', { title: 'Ráno' })).body).toMatchObject({ title: 'Ráno', sound: null });
  await call('POST', '/music', { name: 'a-b' });
  expect((await call('GET', '/music')).body).toMatchObject({ music: [{ name: 'a-b' }, { name: 'calm' }] });
  expect(harness.companies.company.music).toEqual([
    { name: 'calm', title: 'Ráno', audio: [] },
    { name: 'a-b', title: '', audio: [] },
  ]);
  expect((await call('DELETE', '/music/calm')).status).toBe(204);
  for (const method of ['GET', 'DELETE']) expect((await call(method, '/music/calm')).status).toBe(404);
  expect((await call('PUT', '/music/calm', { title: 'x' })).status).toBe(404);
});

test('recordings are uploaded as a body and as a form, in order, and survive a change of the title', async () => {
  await call('POST', '/music', { name: 'calm', sound: 'calm' });
  expect((await upload(700)).status).toBe(200);
  const form = new FormData();
  form.set('audio', new Blob([new Uint8Array(await tone(join(harness.folder, 'in.wav'), { hz: 900 }))]), 'čau.wav');
  const url = `${harness.http.url}/api/v1/music/calm/audio`;
  // The second upload of the same recording changes nothing.
  for (let time = 0; time < 2; time += 1)
    expect((await fetch(url, { method: 'POST', headers: asAdmin, body: form })).status).toBe(200);
  const { body } = await call('PUT', '/music/calm', { title: 'Klid', sound: 'calm' });
  expect(body.audio.map(({ source }) => source)).toEqual(['shipped', 'own', 'own']);
  for (const [index, hz] of [300, 700, 900].entries()) {
    const heard = await fetch(harness.http.url + body.audio[index]!.url, { headers: asAdmin });
    const pitch = pitchOf(samplesOf(Buffer.from(await heard.arrayBuffer())));
    expect(Math.abs(pitch / hz - 1)).toBeLessThan(0.05);
  }
  const part = await fetch(harness.http.url + body.audio[1]!.url, { headers: { ...asAdmin, range: 'bytes=44-143' } });
  expect(part.status).toBe(206);
  const [shipped, first, second] = body.audio.map(({ sha256 }) => sha256);
  const turned = { title: '', audio: [`sha256:${second}`, `sha256:${first}`] };
  expect((await call('PUT', '/music/calm', turned)).body.audio).toMatchObject([{ sha256: second }, { sha256: first }]);
  expect((await call('GET', `/music/calm/audio/${shipped}`)).status).toBe(404);
  expect((await call('DELETE', `/music/calm/audio/${first}`)).body.audio).toMatchObject([{ sha256: second }]);
  expect((await call('DELETE', `/music/calm/audio/${first}`)).status).toBe(404);
});

test('music that a queue plays can be neither removed nor emptied', async () => {
  await call('POST', '/music', { name: 'calm' });
  const [own] = (await upload(700)).body.audio;
  await playing('calm');
  const used = { used_in: [{ where: 'queues/7/music' }] };
  expect((await call('GET', '/music/calm')).body).toMatchObject(used);
  const last = `/music/calm/audio/${own!.sha256}`;
  expect(await call('DELETE', '/music/calm')).toMatchObject({ status: 409, body: used });
  expect(await call('DELETE', last)).toMatchObject({ status: 409, body: used });
  expect(await call('PUT', '/music/calm', { audio: [] })).toMatchObject({ status: 409, body: used });
  expect((await upload(900)).body.audio).toHaveLength(2);
  expect((await call('DELETE', last)).status).toBe(200);
  await playing(undefined);
  expect((await call('DELETE', '/music/calm')).status).toBe(204);
});

test('invalid changes are refused with the field, and change nothing', async () => {
  await call('POST', '/music', { name: 'calm', sound: 'calm' });
  const before = await call('GET', '/music/calm');
  const errors = async (method: string, path: string, body: unknown) => {
    const answer = await call(method, path, body);
    return [answer.status, (answer.body as unknown as { errors?: { field: string }[] }).errors?.[0]?.field];
  };
  expect(await errors('POST', '/music', { name: 'Ráno' })).toEqual([422, 'body.name']);
  expect(await errors('POST', '/music', { name: 'b', sound: 'loud' })).toEqual([422, 'body.sound']);
  expect(await errors('PUT', '/music/calm', { audio: ['in.wav'] })).toEqual([422, 'body.audio.0']);
  expect(await errors('POST', '/music/calm/audio', Buffer.from('not a sound'))).toEqual([422, 'audio']);
  expect((await upload(700, 'none')).status).toBe(404);
  expect(await call('GET', '/music/calm')).toEqual(before);
});

test('a music has at most 50 recordings', async () => {
  const samples = Array.from({ length: MAX_RECORDINGS }, (_, index) => Buffer.alloc(1600, index));
  const made = await Promise.all(samples.map(async (one) => (await harness.audio.add(one)).sha256));
  await call('POST', '/music', { name: 'calm', audio: made.map((sha256) => `sha256:${sha256}`) });
  expect((await upload(700)).status).toBe(409);
});

test('shipped music is not removed as an unused upload', async () => {
  expect(await harness.audio.listUploaded()).toEqual([]);
  await call('POST', '/music', { name: 'calm' });
  const [own] = (await upload(700)).body.audio;
  expect(await harness.audio.listUploaded()).toMatchObject([{ sha256: own!.sha256 }]);
});

test('changes need the scope prompts:write', async () => {
  const headers = { authorization: `Bearer ${READER}` };
  for (const method of ['GET', 'POST'])
    expect((await fetch(`${harness.http.url}/api/v1/music`, { method, headers })).status).toBe(403);
});
