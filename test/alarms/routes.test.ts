import { trunkProblem } from '../../src/directory/trunk-problem.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alarmRoutes } from '../../src/alarms/routes.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';
import { AlarmHarness, allWell, MINUTE, START } from './alarm-harness.js';

let harness: AlarmHarness;
let http: TestServer;

const unreachable = trunkProblem('unreachable', { server: 'sip.acme.example' });

beforeEach(async () => {
  harness = await AlarmHarness.start({});
  http = await startServer(alarmRoutes({ store: harness.store, clock: harness.clock }), {
    tokens: [{ name: 'watcher', token: 'watcher', scopes: ['metrics:read'] }],
  });
  await harness.after(0, { trunks: [{ trunk: 'provider', problem: unreachable }] });
  await harness.after(MINUTE);
});

afterEach(async () => {
  await http.stop();
  await harness.stop();
});

const read = async (
  path: string,
  { headers = {}, ...init }: { method?: string; body?: string; headers?: object } = {},
) => {
  const response = await fetch(`${http.url}/api/v1/alarms${path}`, { ...init, headers: { ...asAdmin, ...headers } });
  return { status: response.status, body: (await response.json()) as Record<string, Record<string, unknown>[]> };
};
const send = (path: string, body: object) =>
  read(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

it('lists what fires, in the language of the request', async () => {
  const { body } = await read('', { headers: { 'accept-language': 'cs' } });
  expect(body['alarms']).toMatchObject([
    {
      rule: 'trunk_down',
      about: 'provider',
      state: 'firing',
      title: 'Výpadek trunku: provider',
      text: expect.stringContaining('sip.acme.example neodpovídá: porovnejte') as string,
      since: new Date(START).toISOString(),
      resolved_at: null,
      acknowledged: null,
      silenced: false,
    },
  ]);
});

it('shows who takes care of an alarm, and that in the audit log', async () => {
  const id = (await read('')).body['alarms']?.[0]?.['id'] as number;
  const { body } = await send(`/${id}/acknowledge`, {});
  expect(body['alarms']).toMatchObject([{ acknowledged: { by: 'admin' } }]);
  expect((await send('/999/acknowledge', {})).status).toBe(404);
  const [entry] = await harness.db.selectFrom('audit').select(['action', 'subject']).execute();
  expect(entry).toEqual({ action: 'alarm_acknowledged', subject: 'trunk_down provider' });
});

it('silences with a reason, and ends a silence', async () => {
  const asked = { rule: 'trunk_down', about: 'provider', minutes: 60, reason: 'works on the line' };
  const made = await send('/silences', asked);
  expect(made).toMatchObject({
    status: 201,
    body: { by: 'admin', until: new Date(START + 61 * MINUTE).toISOString() },
  });
  expect(await read('')).toMatchObject({
    body: { alarms: [{ silenced: true }], silences: [{ reason: asked.reason }] },
  });
  const { id } = made.body as unknown as { id: number };
  expect((await read(`/silences/${id}`, { method: 'DELETE' })).body).toMatchObject({ silences: [] });
  expect((await read(`/silences/${id}`, { method: 'DELETE' })).status).toBe(404);
  const entries = await harness.db.selectFrom('audit').select(['action', 'detail']).execute();
  expect(entries.map(({ action }) => action)).toEqual(['alarm_silenced', 'alarm_silence_ended']);
  expect(entries[0]?.detail).toContain(asked.reason);
});

it.each([
  { rule: 'trunk_down', minutes: 60, reason: ' ' },
  { rule: 'trunk_down', minutes: 0, reason: 'x' },
  { rule: 'nothing', minutes: 60, reason: 'x' },
])('refuses the silence %j', async (body) => {
  expect((await send('/silences', body)).status).toBe(422);
});

it('needs its own scope for changes', async () => {
  const headers = { authorization: 'Bearer watcher' };
  expect((await fetch(`${http.url}/api/v1/alarms`, { headers })).status).toBe(200);
  expect((await fetch(`${http.url}/api/v1/alarms/1/acknowledge`, { method: 'POST', headers })).status).toBe(403);
  expect((await fetch(`${http.url}/api/v1/alarms`, { headers: { authorization: `Bearer ${READER}` } })).status).toBe(
    403,
  );
});

it('has the history by pages', async () => {
  for (let round = 0; round < 3; round += 1) {
    await harness.after(MINUTE, allWell);
    await harness.after(2 * MINUTE);
    await harness.after(0, { trunks: [{ trunk: `t${round}`, problem: unreachable }] });
    await harness.after(MINUTE);
  }
  const first = await read('/history?limit=2');
  expect(first.body['alarms']).toMatchObject([{ about: 't1', state: 'resolved' }, { about: 't0' }]);
  const second = await read(`/history?limit=2&before=${Number(first.body['next'])}`);
  expect(second.body).toMatchObject({ alarms: [{ about: 'provider' }], next: null });
});
