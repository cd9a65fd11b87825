import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CompanyMusic } from '../../src/company/music-catalogue.js';
import { samplesOf } from '../../src/prompts/wav.js';
import { asAdmin, READER } from '../http/http-harness.js';
import { openPromptHarness, pitchOf, tone, type PromptHarness } from './prompt-harness.js';

let harness: PromptHarness;

beforeEach(async () => {
  harness = await openPromptHarness({ shipped: ['cs/hello.wav', 'en/hello.wav'] });
});

afterEach(async () => {
  expect(await readdir(join(harness.folder, 'audio', 'tmp'))).toEqual([]);
  await harness.close();
});

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${harness.http.url}/api/v1${path}`, {
    method,
    headers: { ...asAdmin, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}

async function upload(path: string, bytes: Buffer, type = 'audio/wav', method = 'PUT') {
  const answer = await fetch(`${harness.http.url}/api/v1${path}`, {
    method,
    headers: { ...asAdmin, 'content-type': type },
    body: new Uint8Array(bytes),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test('a prompt is created, listed, changed and removed', async () => {
  const made = await call('POST', '/prompts', { name: 'API - Stav čekající', sound: 'hello' });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    id: 1,
    name: 'API - Stav čekající',
    audio: [{ language: 'cs' }, { language: 'en' }],
  });
  expect((await call('PUT', '/prompts/1', { name: 'Renamed' })).body).toMatchObject({
    name: 'Renamed',
    sound: null,
    audio: [],
  });
  expect((await call('GET', '/prompts')).body).toMatchObject({ prompts: [{ id: 1, name: 'Renamed' }] });
  expect((await call('DELETE', '/prompts/1')).status).toBe(204);
  expect((await call('GET', '/prompts/1')).status).toBe(404);
  expect((await call('DELETE', '/prompts/1')).status).toBe(404);
  expect((await call('GET', '/prompts/none')).status).toBe(404);
});

test('shipped sounds and music are listed with what they say, and are heard without a token', async () => {
  await harness.close();
  harness = await openPromptHarness({ shipped: ['cs/hello.wav', 'en/hello.wav', 'en/bye.wav', 'music/calm.wav'] });
  const { body } = await call('GET', '/shipped-sounds');
  const url = expect.stringMatching(/^\/media\/[0-9a-f]{64}\.wav$/) as string;
  expect(body).toEqual({
    sounds: [
      { sound: 'bye', audio: [{ language: 'en', text: null, duration_ms: 500, url }] },
      {
        sound: 'hello',
        audio: [
          { language: 'cs', text: 'hello in cs', duration_ms: 500, url },
          { language: 'en', text: 'hello in en', duration_ms: 500, url },
        ],
      },
    ],
    music: [{ sound: 'calm', duration_ms: 500, url }],
  });
  const [{ url: calm }] = body['music'] as [{ url: string }];
  expect((await fetch(`${harness.http.url}${calm}`)).headers.get('content-type')).toBe('audio/wav');
});

test('an invalid change is answered with 422 and the field', async () => {
  const more = { errors: [{ field: 'prompts/0/name' }] };
  await expect(harness.catalogue.create({ name: 'x'.repeat(121) })).rejects.toMatchObject({ status: 422, more });
  const music = { name: 'calm', title: 'x'.repeat(121), audio: [] };
  const changed = new CompanyMusic(harness.companies).update((all) => [...all, music]);
  await expect(changed).rejects.toMatchObject({ status: 422, more: { errors: [{ field: 'music/0/title' }] } });
});

test('an id is never used again, neither after a removal nor after a restart', async () => {
  await harness.catalogue.create({ name: 'One' });
  await harness.companies.update((company) => ({
    ...company,
    prompts: [...company.prompts, { id: 40, name: 'Applied' }],
  }));
  expect((await call('DELETE', '/prompts/40')).status).toBe(204);
  expect((await call('POST', '/prompts', { name: 'Two' })).body).toMatchObject({ id: 41 });
  expect((await call('DELETE', '/prompts/41')).status).toBe(204);
  await harness.close({ keepFolder: true });
  harness = await openPromptHarness({ folder: harness.folder });
  const both = await Promise.all([
    call('POST', '/prompts', { name: 'Three' }),
    call('POST', '/prompts', { name: 'Four' }),
  ]);
  expect(both.map(({ body }) => body['id']).sort()).toEqual([42, 43]);
});

test('a prompt in use cannot be removed; a change returns where it is used', async () => {
  await call('POST', '/prompts', { name: 'Used' });
  harness.usages.set(1, [{ where: 'part main-menu' }]);
  const refused = await call('DELETE', '/prompts/1');
  expect(refused.status).toBe(409);
  expect(refused.body['used_in']).toEqual([{ where: 'part main-menu' }]);
  const own = await upload('/prompts/1/audio/ru', await tone(join(harness.folder, 'in.wav')));
  expect(own).toMatchObject({ status: 200, body: { used_in: [{ where: 'part main-menu' }] } });
  const last = await call('DELETE', '/prompts/1/audio/ru');
  expect(last).toMatchObject({ status: 409, body: { used_in: [{ where: 'part main-menu' }] } });
  harness.usages.clear();
  expect((await call('DELETE', '/prompts/1/audio/ru')).status).toBe(200);
});

test('audio is uploaded as a body and as a form, and read whole and by ranges', async () => {
  await call('POST', '/prompts', { name: 'Own' });
  const mp3 = await tone(join(harness.folder, 'in.mp3'), { hz: 700, rate: 44_100 });
  const asBody = await upload('/prompts/1/audio/cs', mp3, 'audio/mpeg');
  expect(asBody).toMatchObject({
    status: 200,
    body: { audio: [{ language: 'cs', source: 'own', url: '/api/v1/prompts/1/audio/cs' }] },
  });
  const form = new FormData();
  form.set('note', 'x');
  form.set('audio', new Blob([new Uint8Array(mp3)]), 'čau.mp3');
  const asForm = await fetch(`${harness.http.url}/api/v1/prompts/1/audio/en`, {
    method: 'PUT',
    headers: asAdmin,
    body: form,
  });
  expect(asForm.status).toBe(200);
  const heard = await fetch(`${harness.http.url}/api/v1/prompts/1/audio/en`, { headers: asAdmin });
  const wav = Buffer.from(await heard.arrayBuffer());
  expect(Math.abs(pitchOf(samplesOf(wav)) / 700 - 1)).toBeLessThan(0.05);
  const part = await fetch(`${harness.http.url}/api/v1/prompts/1/audio/en`, {
    headers: { ...asAdmin, range: 'bytes=44-143' },
  });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 44-143/${wav.length}`);
  expect(Buffer.from(await part.arrayBuffer()).equals(wav.subarray(44, 144))).toBe(true);
  const beyond = await fetch(`${harness.http.url}/api/v1/prompts/1/audio/en`, {
    headers: { ...asAdmin, range: 'bytes=99999999-' },
  });
  expect(beyond.status).toBe(416);
});

test('audio stored by hash: equal uploads have one hash, and prompts refer to it', async () => {
  const wav = await tone(join(harness.folder, 'in.wav'));
  const first = await upload('/audio', wav, 'audio/wav', 'POST');
  expect(first).toMatchObject({ status: 201, body: { duration_ms: 1000 } });
  expect((await upload('/audio', wav, 'audio/wav', 'POST')).body).toEqual(first.body);
  const sha256 = first.body['sha256'] as string;
  expect((await call('POST', '/prompts', { name: 'By hash', audio: { cs: `sha256:${sha256}` } })).status).toBe(201);
  const unknown = await call('POST', '/prompts', { name: 'By hash', audio: { cs: `sha256:${'0'.repeat(64)}` } });
  expect(unknown.body).toMatchObject({ status: 422, errors: [{ field: 'body.audio.cs' }] });
  const etag = { headers: { 'if-none-match': `"${sha256}.wav"` } };
  expect((await fetch(`${harness.http.url}/media/${sha256}.wav`, etag)).status).toBe(304);
  expect((await fetch(`${harness.http.url}/media/${'0'.repeat(64)}.wav`)).status).toBe(404);
  expect((await fetch(`${harness.http.url}/media/..%2f..%2fcordboard.db`)).status).toBe(404);
});

test('invalid uploads are refused with the field, and change nothing', async () => {
  await call('POST', '/prompts', { name: 'Stays', sound: 'hello' });
  const before = await call('GET', '/prompts/1');
  const files = await readdir(join(harness.folder, 'audio'));
  const text = await upload('/prompts/1/audio/cs', Buffer.from('not a sound'));
  expect(text.body).toMatchObject({ status: 422, errors: [{ field: 'audio' }] });
  expect((await upload('/prompts/1/audio/cs', Buffer.from('{}'), 'application/json')).status).toBe(415);
  expect((await upload('/prompts/99/audio/cs', Buffer.from('x'))).status).toBe(404);
  expect((await upload('/prompts/1/audio/czech', Buffer.from('x'))).status).toBe(404);
  const form = new FormData();
  form.set('file', new Blob(['x']), 'x.wav');
  const named = await fetch(`${harness.http.url}/api/v1/prompts/1/audio/cs`, {
    method: 'PUT',
    headers: asAdmin,
    body: form,
  });
  expect(await named.json()).toMatchObject({
    status: 422,
    errors: [{ field: 'audio', detail: expect.stringContaining('called audio') as string }],
  });
  const half = await upload(
    '/prompts/1/audio/cs',
    Buffer.from('--x\r\nContent-Disposition: form-data; name="audio"; filename="a"\r\n\r\nRIFF'),
    'multipart/form-data; boundary=x',
  );
  expect(half.status).toBe(400);
  expect(await call('GET', '/prompts/1')).toEqual(before);
  expect(await readdir(join(harness.folder, 'audio'))).toEqual(files);
});

test('an upload of 100 MB is refused: before reading when its length is announced, else at the limit', async () => {
  await call('POST', '/prompts', { name: 'Big' });
  const options = { port: harness.http.port, method: 'PUT', path: '/api/v1/prompts/1/audio/cs' };
  const announced = request({
    ...options,
    headers: { ...asAdmin, 'content-type': 'audio/wav', 'content-length': 100_000_000 },
  });
  announced.on('error', () => undefined).flushHeaders();
  const [first] = (await once(announced, 'response')) as [{ statusCode: number }];
  expect(first.statusCode).toBe(413);
  announced.destroy();

  const memoryBefore = process.memoryUsage().arrayBuffers;
  let sent = 0;
  const streamed = request({ ...options, headers: { ...asAdmin, 'content-type': 'audio/wav' } });
  streamed.on('error', () => undefined);
  const answered = once(streamed, 'response') as Promise<
    [{ statusCode: number; setEncoding(e: string): AsyncIterable<string> }]
  >;
  const upload100MB = { answered: false };
  void answered.then(() => (upload100MB.answered = true));
  const chunk = Buffer.alloc(1_000_000, 'RIFF');
  while (!upload100MB.answered && sent < 100_000_000) {
    if (!streamed.write(chunk)) await Promise.race([once(streamed, 'drain'), answered]);
    sent += chunk.length;
  }
  const [second] = await answered;
  expect(second.statusCode).toBe(413);
  expect(sent).toBeLessThan(60_000_000);
  expect(process.memoryUsage().arrayBuffers - memoryBefore).toBeLessThan(60_000_000);
  streamed.destroy();
});

test('an aborted upload leaves nothing behind', async () => {
  await call('POST', '/prompts', { name: 'Cut' });
  const files = await readdir(join(harness.folder, 'audio'));
  const cut = request({
    port: harness.http.port,
    method: 'PUT',
    path: '/api/v1/prompts/1/audio/cs',
    headers: { ...asAdmin, 'content-type': 'audio/wav', 'content-length': 1_000_000 },
  });
  cut.on('error', () => undefined);
  await new Promise((resolve) => cut.write(Buffer.alloc(500_000), resolve));
  cut.destroy();
  await harness.http.stop();
  expect(await readdir(join(harness.folder, 'audio'))).toEqual(files);
});

test('a token without the scope cannot change prompts', async () => {
  const answer = await fetch(`${harness.http.url}/api/v1/prompts`, { headers: { authorization: `Bearer ${READER}` } });
  expect(answer.status).toBe(403);
});

test('concurrent uploads of different languages are all stored', async () => {
  await call('POST', '/prompts', { name: 'Many' });
  const wav = await tone(join(harness.folder, 'in.wav'));
  const languages = ['cs', 'sk', 'pl', 'de', 'ru', 'en'];
  await Promise.all(languages.map((language) => upload(`/prompts/1/audio/${language}`, wav)));
  const { body } = await call('GET', '/prompts/1');
  expect((body['audio'] as { language: string }[]).map(({ language }) => language)).toEqual([...languages].sort());
});
