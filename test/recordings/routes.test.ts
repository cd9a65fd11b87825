import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordingRoutes } from '../../src/recordings/routes.js';
import { recordingIdOf } from '../../src/recordings/store.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';
import { LINE, RecordingHarness, START } from './recording-harness.js';
import { flowIdOf } from '../../src/kernel/ids.js';

let harness: RecordingHarness;
let http: TestServer;

beforeEach(async () => {
  harness = await RecordingHarness.make();
  const remove = (id: string, by: string) => harness.remove(id, by);
  const recordAccess = (id: string, action: 'recording_played' | 'recording_downloaded') =>
    harness.store.recordAccess(id, action, START);
  http = await startServer(recordingRoutes({ reader: harness.reader(), files: harness.files, remove, recordAccess }));
});
afterEach(async () => {
  await http.stop();
  await harness.stop();
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${http.url}/api/v1/recordings${path}`, { method, headers: { ...asAdmin, ...headers } });

async function stored(lastsMs = 1000): Promise<string> {
  const name = await harness.recorded({ lastsMs });
  await harness.taker().runOnce();
  return name;
}

interface Page {
  recordings: { id: string; started_at: string }[];
  next: string | null;
}

test('recordings are listed newest first, in pages, by call, queue, line and time', async () => {
  const names = [await stored(), await stored(), await stored()];
  const ids = names.map(recordingIdOf).reverse();
  const list = async (query: string) => (await (await get(query)).json()) as Page;
  const all = await list('');
  expect(all.recordings.map(({ id }) => id)).toEqual(ids);
  expect(all.next).toBeNull();
  const first = await list('?limit=2');
  expect(first.recordings.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  const second = await list(`?limit=2&cursor=${first.next}`);
  expect([second.recordings.map(({ id }) => id), second.next]).toEqual([ids.slice(2), null]);
  const count = async (query: string) => (await list(query)).recordings.length;
  expect(await count(`?call=${encodeURIComponent(flowIdOf(names[0]!))}`)).toBe(1);
  expect([await count('?queue=12'), await count('?queue=13')]).toEqual([3, 0]);
  expect([await count(`?line=${encodeURIComponent(LINE)}`), await count('?line=%2B420111')]).toEqual([3, 0]);
  expect(await count(`?since=${all.recordings[1]!.started_at}`)).toBe(2);
  expect(await count(`?until=${all.recordings[1]!.started_at}`)).toBe(1);
  expect((await get('?cursor=nonsense')).status).toBe(422);
});

test('a recording is shown with its details', async () => {
  const name = await stored();
  expect(await (await get(`/${recordingIdOf(name)}`)).json()).toMatchObject({
    call_id: flowIdOf(name),
    line: LINE,
    queue: 12,
    agent: 'sales',
    started_at: new Date(START).toISOString(),
    duration_ms: 1000,
    bytes: 16_044,
    audio: `/api/v1/recordings/${recordingIdOf(name)}/audio`,
  });
  expect((await get('/r_000000000000000000000000')).status).toBe(404);
  expect((await get('/..%2f..%2fcordboard.db/audio')).status).toBe(404);
});

test('audio is served whole, by ranges, by its end, and not again when unchanged', async () => {
  const path = `/${recordingIdOf(await stored())}/audio`;
  const whole = await get(path);
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect(bytes.length).toBe(16_044);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'audio/wav',
    'accept-ranges': 'bytes',
    'content-length': '16044',
    'content-disposition': expect.stringMatching(/^inline; filename="2026-11-21-100000-r_[0-9a-f]+\.wav"$/) as string,
  });
  const etag = whole.headers.get('etag')!;
  const part = async (headers: Record<string, string>) => {
    const answer = await get(path, headers);
    return [answer.status, answer.headers.get('content-range'), (await answer.arrayBuffer()).byteLength];
  };
  expect(await part({ range: 'bytes=0-43' })).toEqual([206, 'bytes 0-43/16044', 44]);
  expect(await part({ range: 'bytes=16000-' })).toEqual([206, 'bytes 16000-16043/16044', 44]);
  expect(await part({ range: 'bytes=-10' })).toEqual([206, 'bytes 16034-16043/16044', 10]);
  expect(await part({ range: 'bytes=99999-' })).toEqual([416, 'bytes */16044', 0]);
  expect(await part({ range: 'bytes=0-43', 'if-range': etag })).toEqual([206, 'bytes 0-43/16044', 44]);
  expect(await part({ range: 'bytes=0-43', 'if-range': '"another"' })).toEqual([200, null, 16_044]);
  expect(await part({ 'if-none-match': etag })).toEqual([304, null, 0]);
  const head = await get(path, {}, 'HEAD');
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '16044', '']);
  const download = await get(`${path}?download=1`);
  expect(download.headers.get('content-disposition')).toMatch(/^attachment; /);
  await download.arrayBuffer();
});

test('a missing file is reported', async () => {
  const id = recordingIdOf(await stored());
  await rm(harness.files.pathOf(id));
  expect((await get(`/${id}/audio`)).status).toBe(404);
});

test('a recording is deleted permanently, and only once', async () => {
  const name = await stored();
  const path = `/${recordingIdOf(name)}`;
  expect((await get(path, {}, 'DELETE')).status).toBe(204);
  expect((await get(path, {}, 'DELETE')).status).toBe(404);
  expect((await get(`${path}/audio`)).status).toBe(404);
  expect((await harness.timeline(flowIdOf(name))).at(-1)).toBe('recording_deleted');
  const row = await harness.db.selectFrom('recordings').selectAll().executeTakeFirstOrThrow();
  expect(row.deleted_by).toBe('admin');
});

test('listening and deleting need their scopes', async () => {
  const id = recordingIdOf(await stored());
  const reader = { authorization: `Bearer ${READER}` };
  for (const path of ['', `/${id}`, `/${id}/audio`]) expect((await get(path, reader)).status).toBe(403);
  expect((await get(`/${id}`, reader, 'DELETE')).status).toBe(403);
  expect((await fetch(`${http.url}/api/v1/recordings/${id}/audio`)).status).toBe(401);
});

test('the audit log has who played, downloaded and deleted a recording', async () => {
  const id = recordingIdOf(await stored());
  await get(`/${id}/audio`, { range: 'bytes=0-99' });
  await get(`/${id}/audio`, { range: 'bytes=100-199' });
  await get(`/${id}/audio?download=1`);
  await get(`/${id}`);
  await get(`/${id}`, {}, 'DELETE');
  const entries = await harness.db.selectFrom('audit').select(['action', 'actor', 'actor_kind', 'subject']).execute();
  const by = { actor: 'admin', actor_kind: 'token', subject: id };
  expect(entries).toEqual([
    { action: 'recording_played', ...by },
    { action: 'recording_downloaded', ...by },
    { action: 'recording_deleted', ...by },
  ]);
});
