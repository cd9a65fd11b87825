import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { MediaProxy } from './media-proxy.js';
import { hearsOperator, PhoneHarness, quietForMs, speaks, type OperatorBrowser } from './phone-harness.js';

/** The operator's phone in a bad network: what it says about the sound, and that talks survive a change of the network. */

let harness: PhoneHarness;
let proxy: MediaProxy;

beforeAll(async () => {
  harness = await PhoneHarness.open();
}, 90_000);

beforeEach(() => (proxy = new MediaProxy()));
afterEach(async () => {
  await harness.reset();
  proxy.close();
}, 30_000);
afterAll(() => harness.close(), 30_000);

async function readyBehindProxy(): Promise<OperatorBrowser> {
  const eva = await harness.operator('eva');
  await proxy.use(eva.page);
  await eva.page.reload();
  await eva.switchOn();
  await eva.reaches('ready');
  return eva;
}

const sound = ({ dock }: OperatorBrowser, grade: string) => dock.locator(`[data-sound="${grade}"]`);

interface Leg {
  name: string;
  received: { lost_share: number };
  sent: { lost_share: number } | null;
  round_trip_ms: number | null;
}

test('a network that loses sound: the phone says so and what to do, and the call tells it afterwards', async () => {
  const eva = await readyBehindProxy();
  const call = await harness.talk(eva);
  speaks(call);
  await sound(eva, 'good').waitFor({ timeout: 30_000 });
  await expect.poll(() => eva.dock.locator('time.since').textContent()).toMatch(/^\d:\d\d$/);
  proxy.lostOfTen = 2;
  await sound(eva, 'poor').waitFor({ timeout: 30_000 });
  await eva.dock.getByText('Your network loses sound').waitFor();
  await sound(eva, 'poor').locator('summary').click();
  await expect
    .poll(async () => Number(/You hear: lost (\d+)/.exec((await eva.dock.textContent()) ?? '')?.[1]), {
      timeout: 20_000,
    })
    .toBeGreaterThanOrEqual(15);
  await eva.dock.getByText('You are heard: lost').waitFor({ timeout: 20_000 });
  await eva.visitor.photograph('phone-poor-sound');
  expect(await eva.visitor.obstacles()).toEqual([]);
  proxy.lostOfTen = 0;
  await sound(eva, 'good').waitFor({ timeout: 30_000 });
  const [{ id } = { id: '' }] = (await harness.gateway.api<{ calls: { id: string }[] }>('/api/v1/calls?limit=1')).calls;
  await call.hangUp();
  await eva.isFree();
  const legs = async () => (await harness.gateway.api<{ legs: Leg[] }>(`/api/v1/calls/${id}`)).legs;
  await expect.poll(async () => (await legs()).length, { timeout: 15_000 }).toBe(2);
  const leg = (await legs()).find(({ name }) => name === 'eva');
  // Lost both ways in a part of the talk, at most 2 of 10.
  for (const share of [leg?.received.lost_share, leg?.sent?.lost_share]) {
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.22);
  }
  expect(leg?.round_trip_ms).toBeGreaterThan(0);
  await eva.page.goto(`/calls/${id}`);
  await eva.page
    .getByRole('row', { name: /^Eva/ })
    .getByText(/lost \d/)
    .first()
    .waitFor();
});

test('the path of the sound breaks during a talk: it is negotiated again, and both hear each other', async () => {
  const eva = await readyBehindProxy();
  const call = await harness.talk(eva);
  speaks(call);
  await eva.hears('caller');
  await hearsOperator(call);
  expect(proxy.paths).toBe(1);
  proxy.breakPaths();
  await expect.poll(() => proxy.paths, { timeout: 30_000 }).toBeGreaterThan(1);
  await eva.is('talking');
  await eva.hears('caller', 30_000);
  await expect.poll(() => quietForMs(call), { timeout: 30_000 }).toBeLessThan(500);
  await eva.reaches('ready');
  await call.hangUp();
  await eva.isFree();
});

test('offline and online again: registers anew within seconds, and calls arrive', async () => {
  const eva = await harness.ready('eva');
  const registrations = () =>
    eva.received.filter((message) => /^SIP\/2\.0 200[^]*CSeq: \d+ REGISTER/m.test(message)).length;
  const before = registrations();
  await eva.page.context().setOffline(true);
  await eva.page.context().setOffline(false);
  await expect.poll(registrations, { timeout: 10_000 }).toBeGreaterThan(before);
  await eva.reaches('ready');
  const call = await harness.talk(eva);
  await hearsOperator(call);
  await call.hangUp();
  await eva.isFree();
});
