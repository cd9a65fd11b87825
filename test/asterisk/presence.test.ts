import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { ControlHarness, QUEUED } from './call-control-harness.js';
import { pickUp, ringForEver } from '../support/sip/phone.js';
import { Watcher } from '../support/sip/watcher.js';

/** Keys of desk phones that show the state of a handset or a queue: SUBSCRIBE and NOTIFY. */

let harness: ControlHarness;
const watchers: Watcher[] = [];

beforeAll(async () => {
  harness = await ControlHarness.start();
}, 60_000);
afterEach(async () => {
  await Promise.all(watchers.splice(0).map((one) => one.stop()));
  await harness.endAll();
});
afterAll(() => harness.stop(), 30_000);

async function watcher(user = 'a2', password?: string): Promise<Watcher> {
  const server = { host: '127.0.0.1', port: harness.asterisk.sipPort };
  const known = password ?? (await harness.gateway.handsetPassword(user));
  const one = await new Watcher({ server, user, password: known }).start();
  watchers.push(one);
  return one;
}

it.each(['boss', '103'])(
  'the state of a handset, subscribed as %s: unavailable, idle, ringing, busy',
  async (name) => {
    const keys = await watcher();
    await harness.becomes('it is known', async () => ((await keys.subscribe(name)) === 200 ? true : undefined));
    const phone = await harness.handset('boss', ringForEver);
    await keys.shows('terminated');
    const caller = await harness.handset('a3', pickUp);
    const call = await caller.dial('103');
    const ringing = await phone.nextCall();
    await keys.shows('early');
    ringing.answer();
    await keys.shows('confirmed');
    await call.hangUp();
    await keys.shows('terminated');
    // Nobody learns who calls.
    for (const body of keys.bodies) expect(body).not.toMatch(/a3|420777/);
  },
  60_000,
);

it('presence documents, for phones without dialog keys', async () => {
  const keys = await watcher();
  await harness.handset('boss', ringForEver);
  await harness.becomes('it is known', async () =>
    (await keys.subscribe('boss', 'presence', 'application/pidf+xml')) === 200 ? true : undefined,
  );
  await harness.becomes('open', () => Promise.resolve(keys.bodies.at(-1)?.includes('open') === true || undefined));
}, 60_000);

it('a queue: dark while somebody is free, busy while nobody is, blinking while a caller waits', async () => {
  const keys = await watcher();
  const phone = await harness.handset('a1', ringForEver);
  await harness.becomes('it is known', async () => ((await keys.subscribe('queue-12')) === 200 ? true : undefined));
  await keys.shows('terminated');
  const caller = await harness.calling(QUEUED);
  const ringing = await phone.nextCall({ withinMs: 15_000 });
  await keys.shows('early');
  ringing.answer();
  await keys.shows('confirmed');
  await caller.hangUp();
  await keys.shows('terminated');
}, 60_000);

it('is refused to strangers, wrong passwords and trunks, and for names that are no handset or queue', async () => {
  expect(await (await watcher('a2', 'wrong')).subscribe('boss')).toBe(401);
  expect(await (await watcher('+420777123456', '')).subscribe('boss')).toBeGreaterThanOrEqual(400);
  const own = await watcher();
  for (const name of ['trunk', 'nobody', '+420222333444', 'queue-99']) expect(await own.subscribe(name)).toBe(404);
}, 60_000);

it('follows the configuration: a moved extension, and a removed one', async () => {
  const apply = async (change: (one: { name: string }) => object) => {
    const document = parse(await (await harness.gateway.fetch('/api/v1/config')).text()) as {
      handsets: { name: string }[];
    };
    const body = stringify({ ...document, handsets: document.handsets.map(change) });
    await harness.gateway.api('/api/v1/config', {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/yaml' },
    });
  };
  const keys = await watcher();
  await harness.handset('a3', ringForEver);
  await apply(({ name }) => (name === 'a3' ? { name, extension: '103' } : { name }));
  await harness.becomes('it is known', async () => ((await keys.subscribe('103')) === 200 ? true : undefined));
  await keys.shows('terminated');
  await apply(({ name }) => ({ name }));
  const other = await watcher('a1');
  await harness.becomes('it is gone', async () => ((await other.subscribe('103')) === 404 ? true : undefined));
  await apply(({ name }) => (name === 'boss' ? { name, extension: '103' } : { name }));
}, 90_000);
