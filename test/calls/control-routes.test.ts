import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callControlRoutes } from '../../src/calls/control-routes.js';
import type { CallControl, ControlRefusal } from '../../src/telephony/control.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { IdempotencyKeys } from '../../src/storage/idempotency-keys.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';

/** Records the requests; returns the configured answers. */
class FakeControl implements CallControl {
  readonly asked: unknown[][] = [];
  says: ControlRefusal | 'ok' = 'ok';

  interrupt = (...args: unknown[]) => this.#answer('interrupt', args);
  hangUp = (...args: unknown[]) => this.#answer('hangUp', args);
  transfer = (...args: unknown[]) => this.#answer('transfer', args);
  route = (...args: unknown[]) => this.#answer('route', args);
  consult = (...args: unknown[]) => this.#answer('consult', args);
  advanceTransfer = (...args: unknown[]) => this.#answer('advanceTransfer', args);
  park = (...args: unknown[]) => this.#answer('park', args);
  pickUp = (...args: unknown[]) => this.#answer('pickUp', args);
  play = (...args: unknown[]) => this.#answer('play', args);
  listen = (...args: unknown[]) => this.#answer('listen', args);
  move = (...args: unknown[]) => this.#answer('move', args);
  call = (request: { callId?: string }) => this.#begin('call', request);
  announce = (request: { callId?: string }) => this.#begin('announce', request);

  #answer(what: string, args: unknown[]) {
    this.asked.push([what, ...args]);
    return Promise.resolve(this.#said());
  }

  #begin(what: string, { callId = '', ...request }: { callId?: string }) {
    this.asked.push([what, request, callId]);
    const said = this.#said();
    return Promise.resolve(said.ok ? { ok: true as const, callId } : said);
  }

  #said() {
    return this.says === 'ok' ? { ok: true as const } : { ok: false as const, why: this.says, detail: 'because' };
  }
}

let db: Database;
let http: TestServer;
let control: FakeControl;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  control = new FakeControl();
  http = await startServer(callControlRoutes(control, new IdempotencyKeys(db)));
});
afterEach(async () => {
  await http.stop();
  await db.destroy();
});

async function post(path: string, body?: unknown, headers: Record<string, string> = asAdmin) {
  const response = await fetch(`${http.url}/api/v1/calls${path}`, {
    method: 'POST',
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}

describe('commands', () => {
  const commands: [path: string, body: unknown, asked: unknown[]][] = [
    ['/c_1/interrupt', {}, ['interrupt', 'c_1', undefined]],
    ['/c_1/interrupt', { prompt: 7 }, ['interrupt', 'c_1', 7]],
    ['/c_1/hangup', undefined, ['hangUp', 'c_1']],
    ['/c_1/transfer', { queue: 3 }, ['transfer', 'c_1', { queue: 3 }]],
    ['/c_1/transfer', { handset: 'a1' }, ['transfer', 'c_1', { handset: 'a1' }]],
    ['/c_1/transfer', { number: '777888999' }, ['transfer', 'c_1', { number: '777888999' }]],
    ['/c_1/play', { prompt: 7 }, ['play', 'c_1', 7, 'both']],
    ['/c_1/play', { prompt: 7, side: 'callee' }, ['play', 'c_1', 7, 'callee']],
    ['/c_1/listen', { handset: 'boss' }, ['listen', 'c_1', 'boss', 'listen']],
    ['/c_1/listen', { handset: 'boss', mode: 'barge' }, ['listen', 'c_1', 'boss', 'barge']],
    ['/c_1/move', { position: 2 }, ['move', 'c_1', 2]],
  ];
  for (const [path, body, asked] of commands) {
    it(`${path} ${JSON.stringify(body)}`, async () => {
      expect(await post(path, body)).toMatchObject({ status: 204 });
      expect(control.asked).toEqual([asked]);
    });
  }

  it('with an invalid or ambiguous body are not carried out', async () => {
    for (const [path, body] of [
      ['/c_1/transfer', {}],
      ['/c_1/transfer', { queue: 3, handset: 'a1' }],
      ['/c_1/play', { prompt: 7, side: 'left' }],
      ['/c_1/listen', {}],
      ['/c_1/listen', { handset: 'boss', mode: 'shout' }],
      ['/c_1/move', { position: 0 }],
      ['/announce', { number: '777888999', prompt: 1, part: 'x' }],
    ] as const)
      expect(await post(path, body)).toMatchObject({ status: 422 });
    expect(control.asked).toEqual([]);
  });

  it('without the scope are refused', async () => {
    const reader = { authorization: `Bearer ${READER}` };
    for (const [path, body] of [...commands, ['', { handset: 'a1', number: '777888999' }] as const])
      expect(await post(path, body, reader)).toMatchObject({ status: 403 });
    expect(control.asked).toEqual([]);
  });

  it('report the reason of a refusal', async () => {
    const statuses: [ControlRefusal, number][] = [
      ['unknown_call', 404],
      ['unknown_prompt', 422],
      ['unknown_target', 422],
      ['not_now', 409],
      ['refused', 403],
      ['unavailable', 503],
    ];
    for (const [why, status] of statuses) {
      control.says = why;
      expect(await post('/c_1/play', { prompt: 7 })).toMatchObject({
        status,
        body: { detail: expect.any(String) as string },
      });
    }
  });
});

describe('starting a call', () => {
  const body = { handset: 'a1', number: '777888999' };
  const keyed = (key: string) => ({ ...asAdmin, 'idempotency-key': key });
  const ids = () => control.asked.map(([, , id]) => id);

  it('without a key passes no call id', async () => {
    const answers = [await post('', body), await post('', { ...body, auto_answer: true, line: '+420222333444' })];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(ids()).toEqual(['', '']);
    expect(control.asked[1]?.[1]).toEqual({ ...body, autoAnswer: true, line: '+420222333444' });
  });

  it('passes the same id for the same key, and refuses another body', async () => {
    const [first, second] = [await post('', body, keyed('k')), await post('', body, keyed('k'))];
    expect(second).toEqual(first);
    expect(new Set(ids()).size).toBe(1);
    expect(await post('', { ...body, handset: 'a2' }, keyed('k'))).toMatchObject({ status: 409 });
    expect(await post('/announce', { number: '777888999', part: 'x' }, keyed('k'))).toMatchObject({ status: 409 });
    expect(control.asked).toHaveLength(2);
    expect(await post('', body, keyed('other'))).toMatchObject({ status: 202 });
    expect(new Set(ids()).size).toBe(2);
  });

  it('frees the key of a refused request', async () => {
    control.says = 'unavailable';
    expect(await post('', body, keyed('k'))).toMatchObject({ status: 503 });
    control.says = 'ok';
    expect(await post('', { ...body, handset: 'a2' }, keyed('k'))).toMatchObject({ status: 202 });
  });
});

it('forgets a key after a day', async () => {
  const keys = new IdempotencyKeys(db);
  const claim = (id: string, at: number) => keys.claim({ who: 'me', key: 'k', request: 1, id, at });
  expect(await claim('a', 0)).toBe('a');
  expect(await claim('b', 86_400_000)).toBe('a');
  expect(await keys.claim({ who: 'another', key: 'k', request: 2, id: 'c', at: 0 })).toBe('c');
  expect(await claim('d', 86_400_001)).toBe('d');
});
