import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { pickUp } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';

/** How well each leg of a real call was heard: the network of a phone loses and delays packets on purpose. */

const [QUEUE_LINE, RING_LINE] = ['+420222333444', '+420222333445'];
/** Asterisk counts lost packets every 5 s: this is a little more than three times. */
const TALK_MS = 16_000;
const SHORT_TALK_MS = 4_000;
const [LOST_OF_TEN, JITTER_MS] = [2, 12];

const company = {
  handsets: [{ name: 'a1' }],
  queues: [{ id: 12, name: 'Fronta', handsets: ['a1'], join_when: 'always', stay_when: 'always' }],
  lines: [
    { number: QUEUE_LINE, plan: ['answer', { enqueue: { queue: 12 } }] },
    { number: RING_LINE, plan: ['answer', { ring: { handset: 'a1' } }] },
  ],
};

interface Leg {
  kind: string;
  name: string;
  grade: string;
  mos: number;
  received: { packets: number; lost_share: number; jitter_ms: number };
}
interface QualityRow {
  key: string;
  legs: number;
  good: number;
  poor: number;
  poor_share: number;
  lost_share: number;
}

let asterisk: TestAsterisk;
let phones: Phones;
const gateways: Gateway[] = [];

beforeAll(async () => {
  asterisk = await startAsterisk();
});
afterEach(async () => {
  await phones.stop();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.stop()));
});
afterAll(() => asterisk.stop());

async function start(env: Record<string, string> = {}): Promise<Gateway> {
  const gateway = await Gateway.start({ asterisk: { ...asterisk.gatewayEnv(), ...env }, company });
  gateways.push(gateway);
  phones = new Phones(asterisk, gateway);
  return gateway;
}

/** Loses two packets of ten. */
function losing(): (send: () => void) => void {
  let packet = 0;
  return (send) => {
    packet += 1;
    if (packet % 10 >= LOST_OF_TEN) send();
  };
}

/** Delays every second packet. */
function delaying(): (send: () => void) => void {
  let isLate = false;
  return (send) => {
    isLate = !isLate;
    if (isLate) setTimeout(send, JITTER_MS);
    else send();
  };
}

/** A talk between a caller who loses packets and a handset whose packets come late. @returns the call's id */
async function badTalk(gateway: Gateway, line: string, talkMs = TALK_MS): Promise<string> {
  await phones.handset('a1', { incoming: pickUp, network: delaying() });
  const caller = `+4207770${line.slice(-5)}`;
  const call = await (await phones.start({ user: caller, network: losing() })).dial(line);
  await call.answered();
  await expect.poll(() => phones.all[0]?.invites.length, { timeout: 15_000 }).toBe(1);
  await delay(talkMs);
  await call.hangUp();
  const found = () => gateway.api<{ calls: { id: string; running: boolean }[] }>(`/api/v1/calls?q=${caller.slice(-9)}`);
  await expect.poll(async () => (await found()).calls[0]?.running, { timeout: 15_000 }).toBe(false);
  return (await found()).calls[0]!.id;
}

const legsOf = async (gateway: Gateway, call: string) =>
  (await gateway.api<{ legs: Leg[] }>(`/api/v1/calls/${call}`)).legs;

test.each([
  ['in a queue, where the handset is no channel of the gateway', QUEUE_LINE],
  ['of a plan that rings a handset', RING_LINE],
])('loss and jitter of a talk %s', async (_name, line) => {
  const gateway = await start();
  const id = await badTalk(gateway, line);
  await expect.poll(async () => (await legsOf(gateway, id)).length, { timeout: 15_000 }).toBe(2);
  const legs = new Map((await legsOf(gateway, id)).map((leg) => [leg.name, leg]));
  const [trunk, handset] = [legs.get('trunk')!, legs.get('a1')!];
  expect(trunk).toMatchObject({ kind: 'trunk', grade: 'poor' });
  expect(trunk.received.lost_share).toBeCloseTo(LOST_OF_TEN / 10, 1);
  expect(handset).toMatchObject({ kind: 'handset', received: { lost_share: 0 } });
  // Without a bound above: on a busy machine packets come late of themselves.
  expect(handset.received.jitter_ms).toBeGreaterThan(JITTER_MS / 2);
  expect(handset.mos).toBeGreaterThan(trunk.mos);

  const rows = async () => (await gateway.api<{ totals: QualityRow[] }>('/api/v1/reports/quality')).totals;
  await expect
    .poll(async () => (await rows()).find(({ key }) => key === `line/${line}`)?.legs, { timeout: 30_000 })
    .toBe(2);
  const totals = new Map((await rows()).map((row) => [row.key, row]));
  expect([...totals.keys()].sort()).toEqual(['handset/a1', `line/${line}`, 'trunk/trunk']);
  expect(totals.get('trunk/trunk')).toMatchObject({ legs: 1, poor: 1, poor_share: 1 });
  expect(totals.get('trunk/trunk')?.lost_share).toBeCloseTo(trunk.received.lost_share, 2);
  const metrics = await (await gateway.fetch('/metrics')).text();
  expect(metrics).toContain('cordboard_leg_mos_count{kind="trunk"} 1');
});

test('nothing of it is stored when it is switched off', async () => {
  const gateway = await start({ CALL_QUALITY: 'off' });
  const id = await badTalk(gateway, RING_LINE, SHORT_TALK_MS);
  // Both would be stored a second after the end.
  await delay(3_000);
  expect(await legsOf(gateway, id)).toEqual([]);
  expect(await (await gateway.fetch('/metrics')).text()).not.toContain('cordboard_leg_mos_count{');
});
