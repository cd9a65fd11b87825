import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  BRANCH_LINE,
  startDispatchHarness,
  INTEGRATION,
  LINE,
  VOICE,
  type DispatchHarness,
} from '../integrations/gootax/gootax-harness.js';

let harness: DispatchHarness;
beforeAll(async () => {
  harness = await startDispatchHarness();
});
afterAll(() => harness.close());

const get = (path: string, token = INTEGRATION) =>
  harness.ask('GET', path, undefined, { authorization: `Bearer ${token}` });

it('the directory says of each line what a dispatch has to know', async () => {
  const { body } = await get('/api/v1/lines');
  expect(body['lines']).toEqual([
    {
      number: LINE,
      national: '222333444',
      name: 'Praha',
      branch: null,
      tariff: null,
      caller_id: LINE,
      time_zone: 'Europe/Prague',
      language: 'cs',
      languages: ['cs', 'en'],
      queue: null,
      queues: [{ id: 3, name: 'Dispečink' }],
      handset_labels: [{ label: 'dispečink', queue: 3 }],
      plan: ['answer', { enqueue: { queue: 3, label: 'dispečink' } }],
    },
    {
      number: BRANCH_LINE,
      national: '222333555',
      name: 'Brno',
      branch: 'brno',
      tariff: 'city',
      caller_id: '+420222333000',
      time_zone: 'Europe/Bratislava',
      language: 'ru',
      languages: ['ru', 'cs'],
      queue: { id: 3, name: 'Dispečink' },
      queues: [],
      handset_labels: [],
      plan: ['answer', { play: 1 }, 'hang_up'],
    },
  ]);
});

it('a line is found by its number in any form, and by its branch', async () => {
  for (const form of ['+420222333555', '00420222333555', '420222333555', '222333555', '222 333 555'])
    expect((await get(`/api/v1/lines/${encodeURIComponent(form)}`)).body).toMatchObject({ branch: 'brno' });
  expect((await get('/api/v1/lines/222333556')).status).toBe(404);
  expect((await get('/api/v1/lines/nobody')).status).toBe(404);
  const { body } = await get('/api/v1/lines?branch=brno');
  expect((body['lines'] as { number: string }[]).map(({ number }) => number)).toEqual([BRANCH_LINE]);
});

it('is for who has the scope', async () => {
  expect((await get('/api/v1/lines', VOICE)).status).toBe(403);
});
