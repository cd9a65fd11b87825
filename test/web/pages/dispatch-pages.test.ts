import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BridgeStatus } from '../../../src/masked-bridges/port.js';
import { bridgePages } from '../../../src/web/pages/bridge-pages.js';
import { doNotCallPages } from '../../../src/web/pages/do-not-call-page.js';
import { notificationPages } from '../../../src/web/pages/notification-pages.js';
import { DoNotCallList } from '../../../src/notifications/do-not-call.js';
import { NotificationReader } from '../../../src/notifications/reader.js';
import { openDatabase, type Database } from '../../../src/storage/database.js';
import type { NotificationRow } from '../../../src/storage/schema.js';
import { asAdmin, READER, startServer, type TestServer } from '../../http/http-harness.js';

const AT = Date.parse('2026-11-21T10:00:00Z');
const [CLIENT, DRIVER, LINE] = ['+420777888999', '+420608111222', '+420222333444'];

let db: Database;
let http: TestServer;
let canceled: string[];
let bridges: BridgeStatus[];

beforeEach(async () => {
  db = await openDatabase(':memory:');
  canceled = [];
  bridges = [];
  const cancel = (id: string) => Promise.resolve(id !== 'none' && canceled.push(id) > 0);
  const people = { a: { phone: CLIENT, role: 'client' }, b: { phone: DRIVER, role: 'driver' } } as const;
  const reader = {
    list: ({ orderId, running }: { orderId?: string | undefined; running?: boolean | undefined }) => {
      const found = bridges
        .filter((each) => orderId === undefined || each.orderId === orderId)
        .filter((each) => running === undefined || (each.endedAt === null) === running);
      return Promise.resolve({ bridges: found, next: undefined });
    },
    people: (ids: readonly string[]) => Promise.resolve(new Map(ids.map((id) => [id, people]))),
  };
  const timeZone = () => 'Europe/Prague';
  http = await startServer([
    ...notificationPages({ notifications: { cancel }, reader: new NotificationReader(db), timeZone }),
    ...doNotCallPages({ list: new DoNotCallList(db), country: () => 'CZ', timeZone, now: () => AT }),
    ...bridgePages({ bridges: { cancel }, reader, timeZone }),
  ]);
});

afterEach(async () => {
  await http.stop();
  await db.destroy();
});

const asReader = { authorization: `Bearer ${READER}` };

async function see(address: string, headers: Record<string, string> = asAdmin) {
  const response = await fetch(http.url + address, { headers, redirect: 'manual' });
  return { status: response.status, text: (await response.text()).replace(/\s+/g, ' ') };
}

function send(address: string, fields: Record<string, string> = {}, headers: Record<string, string> = asAdmin) {
  const body = new URLSearchParams(fields);
  return fetch(http.url + address, {
    method: 'POST',
    body,
    headers: { origin: http.url, ...headers },
    redirect: 'manual',
  });
}

async function notification(more: Partial<NotificationRow> = {}): Promise<string> {
  const id = more.id ?? 'n_1';
  const row: NotificationRow = {
    id,
    external_id: `e-${id}`,
    digest: '',
    order_id: '7001',
    status: 'arrived',
    raw_status: 'arrived',
    to_number: CLIENT,
    line: LINE,
    trunk: 'trunk',
    batch: null,
    terms: '{}',
    state: 'waiting',
    result: null,
    withdrawn: null,
    attempts: 0,
    due_at: AT + 60_000,
    expires_at: AT + 3_600_000,
    created_at: AT,
    finished_at: null,
    answered_at: null,
    duration_ms: null,
    digit: null,
    action: null,
    ...more,
  };
  await db.insertInto('notifications').values(row).execute();
  return id;
}

async function attempt(of: string, number: number, outcome: string | null): Promise<void> {
  const ids = { notification_id: of, number, flow_id: `${of}-${number}`, order_id: '7001', trunk: 'trunk' };
  await db
    .insertInto('notification_attempts')
    .values({ ...ids, started_at: AT + number * 1000, ended_at: null, outcome })
    .execute();
}

describe('notifications', () => {
  it('are listed with state, attempts and when they are called next', async () => {
    await notification();
    await attempt('n_1', 1, 'busy');
    await notification({ id: 'n_2', state: 'done', result: 'delivered', status: null, raw_status: 'teleported' });
    const { status, text } = await see('/notifications');
    expect(status).toBe(200);
    expect(text).toMatch(
      />7001<\/td>.*car has arrived<.*>waiting<.*class="number" data-label="Attempts">1<.*title="21 Nov 2026, 11:01:00"/,
    );
    expect(text).toMatch(/teleported.*<span class="good">heard<\/span>/);
    expect(text).not.toContain('777');
  });

  it('are narrowed to a state, an order, a batch; a batch shows how far it is', async () => {
    await notification({ batch: 'pátek & sobota' });
    await notification({ id: 'n_2', batch: 'pátek & sobota', state: 'done', result: 'busy' });
    await notification({ id: 'n_3', order_id: '7002' });
    const ids = async (query: string) =>
      [...(await see(`/notifications${query}`)).text.matchAll(/\/notifications\/(n_\d)"/g)].map(([, id]) => id);
    expect(await ids('')).toEqual(['n_3', 'n_2', 'n_1']);
    expect(await ids('?state=done')).toEqual(['n_2']);
    expect(await ids('?order=7002')).toEqual(['n_3']);
    const batch = `?batch=${encodeURIComponent('pátek & sobota')}`;
    expect(await ids(batch)).toEqual(['n_2', 'n_1']);
    const { text } = await see(`/notifications${batch}`);
    expect(text).toContain('<progress max="2" value="1"');
    expect(text).toContain('data-address="/api/v1/notifications/batches/p%C3%A1tek%20%26%20sobota"');
    expect(text).toMatch(/<dd data-count="busy">1<\/dd>/);
    expect(text).toContain('<script type="module" src="/assets/batch.ts"></script>');
    expect((await see('/notifications')).text).not.toContain('batch.ts');
  });

  it('one by one: attempts lead to their calls; numbers and keys only for who may see them', async () => {
    await notification({ state: 'done', result: 'delivered', digit: '9', action: 'cancel_order' });
    await attempt('n_1', 1, 'unknown');
    await attempt('n_1', 2, 'heard');
    const { text } = await see('/notifications/n_1');
    expect(text).toContain('+420 777 888 999');
    expect(text).toContain('9 · cancel the order');
    expect(text).toContain('unknown (interrupted)');
    expect(text).toContain('href="/calls/n_1-2"');
    expect(text).not.toContain('/cancel"');
    const masked = await see('/notifications/n_1', asReader);
    expect(masked.text).toContain('+••• ••• ••• •99');
    expect(masked.text).toContain('• · cancel the order');
    expect(masked.text).not.toMatch(/777.?888/);
    expect((await see('/notifications/none')).status).toBe(404);
  });

  it('are called off by who may', async () => {
    await notification();
    expect((await see('/notifications/n_1')).text).toContain('action="/notifications/n_1/cancel"');
    expect((await see('/notifications/n_1', asReader)).text).not.toContain('/cancel"');
    expect((await send('/notifications/n_1/cancel', {}, asReader)).status).toBe(403);
    const response = await send('/notifications/n_1/cancel');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/notifications/n_1']);
    expect(canceled).toEqual(['n_1']);
    expect((await send('/notifications/none/cancel')).status).toBe(404);
  });

  it('speak the language of who looks', async () => {
    await notification();
    expect((await see('/notifications?lang=ru')).text).toContain('исполнитель прибыл');
    expect((await see('/notifications?lang=cs')).text).toContain('vůz je na místě');
  });
});

describe('numbers that are never called', () => {
  it('are added, listed and taken away, in any way of writing them', async () => {
    expect((await send('/do-not-call', { number: '777 888 999', reason: '<b>asked</b>' })).status).toBe(303);
    const { text } = await see('/do-not-call');
    expect(text).toContain('+420 777 888 999');
    expect(text).toContain('&lt;b&gt;asked&lt;/b&gt;');
    expect((await send('/do-not-call/remove', { number: CLIENT })).status).toBe(303);
    expect((await see('/do-not-call')).text).not.toContain(CLIENT);
    const refused = await send('/do-not-call?lang=cs', { number: '12345', reason: 'on request' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(
      /role="alert"[^>]*>Toto není telefonní číslo.*value="12345".*value="on request"/s,
    );
  });

  it('come in pages', async () => {
    for (let n = 0; n < 101; n += 1) await send('/do-not-call', { number: `+4207770${String(n).padStart(5, '0')}` });
    const { text } = await see('/do-not-call');
    const [, next = ''] = /href="(\/do-not-call\?after=[^"]+)"/.exec(text) ?? [];
    const count = async (address: string) => [...(await see(address)).text.matchAll(/name="number" value="/g)].length;
    expect(await count('/do-not-call')).toBe(100);
    expect(await count(next)).toBe(1);
  });

  it('are nothing for who may not see numbers', async () => {
    expect((await see('/do-not-call', asReader)).status).toBe(403);
    expect((await send('/do-not-call', { number: CLIENT }, asReader)).status).toBe(403);
  });
});

describe('bridges', () => {
  const standing = (more: Partial<BridgeStatus> = {}): BridgeStatus => ({
    id: 'b_1',
    orderId: '7001',
    state: 'bridged',
    failed: null,
    endedBy: null,
    line: LINE,
    createdAt: AT,
    bridgedAt: AT + 5000,
    endedAt: null,
    metadata: {},
    ...more,
  });

  it('are listed with their state and both people, whose numbers are masked for who may not see them', async () => {
    const failed = { leg: 'b', reason: 'busy', detail: null } as const;
    bridges = [
      standing(),
      standing({ id: 'b_2', orderId: '7002', state: 'failed', failed, bridgedAt: null, endedAt: AT }),
    ];
    const { text } = await see('/bridges');
    expect(text).toMatch(
      /href="\/calls\/b_1"><time [^>]*title="21 Nov 2026, 11:00:00">.*connected.*client <[^>]*>\+420 777 888 999<.*driver <[^>]*>\+420 608 111 222/,
    );
    expect(text).toContain('<span class="bad">Other party: busy</span>');
    const masked = (await see('/bridges', asReader)).text;
    expect(masked).toContain('+••• ••• ••• •99');
    expect(masked).not.toMatch(/777.?888|608.?111/);
  });

  it('are narrowed to an order and to those in progress; those are ended by who may', async () => {
    bridges = [
      standing(),
      standing({ id: 'b_2', orderId: '7002', state: 'ended', endedBy: 'a', endedAt: AT + 65_000 }),
    ];
    const ids = async (query: string) =>
      [...(await see(`/bridges${query}`)).text.matchAll(/\/calls\/(b_\d)"/g)].map(([, id]) => id);
    expect(await ids('?running=true')).toEqual(['b_1']);
    expect(await ids('?order=7002')).toEqual(['b_2']);
    const { text } = await see('/bridges');
    expect(text).toContain('>1:00<');
    expect([...text.matchAll(/\/bridges\/(b_\d)\/cancel"/g)].map(([, id]) => id)).toEqual(['b_1']);
    expect((await see('/bridges', asReader)).text).not.toContain('/cancel"');
    expect((await send('/bridges/b_1/cancel', {}, asReader)).status).toBe(403);
    expect((await send('/bridges/b_1/cancel')).status).toBe(303);
    expect(canceled).toEqual(['b_1']);
    expect((await send('/bridges/none/cancel')).status).toBe(404);
  });
});
