import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { statusSpeechRoutes } from '../../src/notifications/speech/routes.js';
import { readDocument } from '../../src/company/document/document.js';
import { readKnownSounds } from '../../src/company/lint/known-sounds.js';
import { lint } from '../../src/company/lint/linter.js';
import { asAdmin, startServer, type TestServer } from '../http/http-harness.js';
import { createSpeechHarness, FIRST_FREE } from './speech-harness.js';

let http: TestServer;
afterEach(() => http.stop());

async function preview(body: object, settings = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  http = await startServer(
    statusSpeechRoutes({
      composer: createSpeechHarness({ settings }).composer,
      recordings: (language) => [{ name: 'closing', text: `goodbye in ${language}`, prompt: 7 }],
      audioOf: (prompt) => Promise.resolve(prompt === 8 ? undefined : `/media/${prompt}.wav`),
    }),
  );
  const response = await fetch(`${http.url}/api/v1/status-speech/preview`, {
    method: 'POST',
    headers: { ...asAdmin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('the preview shows text and prompts', async () => {
  const shown = await preview({
    status: 'accepted',
    language: 'ru',
    occasion: 'inquiry',
    car_mark: 'Toyota',
    minutes: 1,
  });
  expect(shown).toMatchObject({
    status: 200,
    body: { silent: false, text: 'К вам подъезжает Тойота будет у вас через одну минуту', left_out: [] },
  });
  expect(shown.body['pieces']).toHaveLength(5);
});

test('pieces that are not stored yet are spoken in place of the template, also for a silent status', async () => {
  const settings = { silent: ['new'] };
  const pieces = ['closing', 8, { text: 'řidič {driver}' }, { say: 'plate', before: ['plate'] }];
  const shown = await preview({ status: 'new', language: 'cs', pieces, vars: { driver: 'Novák' } }, settings);
  expect(shown).toMatchObject({ status: 200, body: { silent: false, left_out: [] } });
  const heard = shown.body['pieces'] as { text: string; audio: string | null }[];
  expect(heard.slice(1)).toEqual([
    { prompt: 8, text: '[8]', audio: null },
    { prompt: FIRST_FREE, text: 'řidič Novák', audio: `/media/${FIRST_FREE}.wav` },
  ]);
  await http.stop();
  const nothing = await preview({ status: 'new', language: 'cs', pieces: [{ text: '{unknown}' }] });
  expect(nothing).toMatchObject({ status: 422, body: { errors: [{ field: 'body.pieces' }] } });
});

test('lists the recordings of a language with their audio', async () => {
  await preview({ status: 'new', language: 'cs' });
  const answer = await fetch(`${http.url}/api/v1/status-speech/recordings?language=ru`, { headers: asAdmin });
  expect(await answer.json()).toEqual({
    recordings: [{ name: 'closing', text: 'goodbye in ru', audio: '/media/7.wav' }],
  });
});

test('the preview of a silent status is empty and marked silent', async () => {
  const shown = await preview({ status: 'new', language: 'cs' }, { silent: ['new'] });
  expect(shown.body).toEqual({ silent: true, text: '', pieces: [], left_out: [] });
});

test.each([
  [{ status: 'flying', language: 'cs' }, 'body.status'],
  [{ status: 'new', language: 'de' }, 'body.language'],
  [{ status: 'new', language: 'cs', template: 'nowhere' }, 'body.template'],
  [{ status: 'new', language: 'cs', minutes: -1 }, 'body.minutes'],
])('bad input is refused by name: %j', async (body, field) => {
  const { status, body: problem } = await preview(body);
  expect(status).toBe(422);
  expect(JSON.stringify(problem)).toContain(`"field":"${field}"`);
});

test('the example in the docs holds', async () => {
  http = await startServer([]);
  const [, yaml = ''] = /```yaml\n([^]*?)```/.exec(readFileSync('docs/status-speech.md', 'utf8')) ?? [];
  const read = readDocument(yaml, 'example');
  const problems = read.ok
    ? lint(read.document.company, { ...read.document, knownSounds: await readKnownSounds('sounds') })
    : read.problems;
  expect(problems.map(({ message }) => message)).toEqual([]);
});
