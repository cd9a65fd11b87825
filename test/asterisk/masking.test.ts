import { WebSocket } from 'ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { formsOf, foundIn, holdsNumber, ofCall } from '../support/sip/number-search.js';
import { prompt } from '../support/sip/caller.js';
import type { PhoneCall } from '../support/sip/phone.js';
import { pickUp } from '../support/sip/phone.js';
import { talkBothWays } from './call-control-harness.js';
import { BACK, DispatchHarness, DRIVER, P, READER, SECOND_DRIVER, STATUS, UNMASKED } from './dispatch-harness.js';

/**
 * Neither side's number is ever on the other's leg: every message of both legs is searched, every header, the first line and the SDP, for
 * the other's number in every form. The same search finds the number where masking is switched off.
 */

let line: DispatchHarness;
/** Messages of the monitor's socket to a reader without the permission for numbers, and to an admin with it. */
let clients: Record<'reader' | 'admin', MonitorClient>;

beforeAll(async () => {
  line = await DispatchHarness.open();
  clients = { reader: new MonitorClient(READER), admin: new MonitorClient(line.gateway.token) };
});
afterEach(() => line.hangUpAll());
afterAll(async () => {
  for (const one of Object.values(clients)) one.close();
  await line.close();
});

const soon = { skipping: true, withinMs: 15_000 };

class MonitorClient {
  readonly messages: string[] = [];
  readonly #socket: WebSocket;

  constructor(token: string) {
    const headers = { authorization: `Bearer ${token}` };
    this.#socket = new WebSocket(`${line.gateway.url.replace('http', 'ws')}/ws/monitor`, { headers });
    this.#socket.on('message', (data: Buffer) => this.messages.push(data.toString()));
  }

  get deltas(): string[] {
    return this.messages.filter((message) => message.includes('"type":"delta"'));
  }

  close(): void {
    this.#socket.close();
  }
}

/** The SIP messages of a call to an outside number. */
const legOf = (call: PhoneCall) => ofCall(line.outside.trace, call.callId);

function expectMasked(messages: readonly string[], other: string): void {
  const methods = messages.map((text) => text.slice(0, text.indexOf(' ')));
  expect(methods).toEqual(expect.arrayContaining(['INVITE', 'ACK', 'BYE', 'SIP/2.0']));
  expect(foundIn(messages, other, '420')).toEqual([]);
}

/** API responses to a reader without the permission for numbers. */
async function readBy(path: string): Promise<string> {
  const response = await line.gateway.fetch(path, { headers: { authorization: `Bearer ${READER}` } });
  expect(response.status).toBe(200);
  return response.text();
}

/** Both talk; a reader watches; then one side hangs up. */
async function talkAndEnd(one: PhoneCall, other: PhoneCall, numbers: string[]): Promise<void> {
  await talkBothWays(one, other);
  const monitor = await readBy('/api/v1/monitor');
  for (const number of numbers) expect(holdsNumber(monitor, number, '420')).toBe(false);
  await one.hangUp();
  await other.ended({ withinMs: 10_000 });
}

/** No reader of calls, monitor or log sees any of these. @param shown to an admin with the permission for numbers */
async function expectUnread(numbers: string[], shown: string): Promise<void> {
  const list = await readBy('/api/v1/calls?limit=5');
  const { calls } = JSON.parse(list) as { calls: { id: string }[] };
  const timelines = await Promise.all(calls.map(({ id }) => readBy(`/api/v1/calls/${encodeURIComponent(id)}`)));
  const [{ id } = { id: 'none' }] = calls;
  for (const one of Object.values(clients))
    await line.until('the monitor shows the call', () =>
      one.deltas.some((delta) => delta.includes(id)) ? true : undefined,
    );
  expect(holdsNumber(clients.admin.deltas.join('\n'), shown, '420')).toBe(true);
  const bridges = await readBy('/api/v1/bridges');
  for (const number of numbers)
    for (const text of [list, ...timelines, bridges, line.gateway.output, ...clients.reader.messages])
      expect(holdsNumber(text, number, '420')).toBe(false);
}

function expectHidden(number: string): void {
  expect(line.hooks.requests.length).toBeGreaterThan(0);
  for (const { rawBody } of line.hooks.requests) expect(holdsNumber(rawBody, number, '420')).toBe(false);
}

describe('masked', () => {
  it('a key in the status IVR connects a client to the driver', async () => {
    const client = line.newNumber();
    await line.order({ client });
    const call = await line.calls(client, STATUS);
    await call.hears(prompt(P.arrived), soon);
    await call.press('1');
    const driver = await line.rung(DRIVER);
    driver.answer();
    await talkAndEnd(call, driver, [client, DRIVER]);
    expectMasked(legOf(driver), client);
    expectMasked(ofCall(line.traceOf(call), call.callId), DRIVER);
    await line.gateway.finished(client);
    await expectUnread([client, DRIVER], client);
    expectHidden(DRIVER);
  });

  it('calling back, from either side', async () => {
    const client = line.newNumber();
    await line.order({ client, driver: SECOND_DRIVER });
    for (const [from, to] of [
      [client, SECOND_DRIVER],
      [SECOND_DRIVER, client],
    ] as const) {
      const call = await line.calls(from, BACK);
      const other = await line.rung(to);
      other.answer();
      await talkAndEnd(call, other, [client, SECOND_DRIVER]);
      expectMasked(legOf(other), from);
      expectMasked(ofCall(line.traceOf(call), call.callId), to);
      await line.gateway.finished(from);
    }
    await expectUnread([client, SECOND_DRIVER], SECOND_DRIVER);
  });

  for (const initiator of ['client', 'driver'] as const)
    it(`a bridge requested by the ${initiator}`, async () => {
      const client = line.newNumber();
      const parties = [
        { phone: client, role: 'client' },
        { phone: DRIVER, role: 'driver' },
      ];
      const [a, b] = initiator === 'client' ? parties : [...parties].reverse();
      await line.gateway.api('/api/v1/bridges', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ order_id: `bridge-${client}`.slice(0, 12) + initiator, initiator, a, b, line: BACK }),
      });
      const first = await line.rung(a?.phone ?? '');
      first.answer();
      const second = await line.rung(b?.phone ?? '');
      second.answer();
      await talkAndEnd(first, second, [client, DRIVER]);
      expectMasked(legOf(first), b?.phone ?? '');
      expectMasked(legOf(second), a?.phone ?? '');
      await expectUnread([client, DRIVER], a?.phone ?? '');
    });
});

describe('a control, without masking', () => {
  it('the same search finds the number in every form', async () => {
    line.outside.onIncoming(pickUp);
    const call = await line.calls(line.newNumber(), UNMASKED);
    const driver = await line.rung(DRIVER);
    await talkBothWays(call, driver);
    await call.hangUp();
    await driver.ended({ withinMs: 10_000 });
    const shown = '+420777300999';
    const leg = legOf(driver);
    expect(foundIn(leg, shown, '420')).toEqual(expect.arrayContaining(['INVITE: From', 'BYE: From']));
    for (const [form, written] of Object.entries(formsOf(shown, '420'))) {
      const other = leg.map((text) => text.replaceAll('420777300999', written));
      expect(foundIn(other, shown, '420'), form).toEqual(expect.arrayContaining(['INVITE: From']));
    }
  });
});
