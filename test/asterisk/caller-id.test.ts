import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { say, Shop } from '../support/shop.js';
import { Phone, pickUp, type PhoneCall } from '../support/sip/phone.js';
import { foundIn, ofCall } from '../support/sip/number-search.js';

/** The caller ID of real calls, as the shop, a handset, the API and the monitor receive it. */

const [SHOP_LINE, QUEUE_LINE] = ['+420222333444', '+420222333445'];
const NUMBER = '+420777888123';
const soon = { timeout: 10_000 };

let asterisk: TestAsterisk;
let shop: Shop;
let gateway: Gateway;
let handset: Phone;
let caller: Phone;
const calls: PhoneCall[] = [];

beforeAll(async () => {
  asterisk = await startAsterisk();
  shop = await new Shop(() => say.menu(1, { timeoutS: 20 })).start();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      prompts: prompts(1),
      handsets: [{ name: 'a1' }],
      queues: [{ id: 12, name: 'Sales', handsets: ['a1'] }],
      lines: [
        { number: SHOP_LINE, plan: ['answer', { hand_over: { url: shop.url } }] },
        { number: QUEUE_LINE, plan: ['answer', { enqueue: { queue: 12 } }] },
      ],
    },
  });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  handset = await new Phone({
    server,
    user: 'a1',
    password: await gateway.handsetPassword('a1'),
    incoming: pickUp,
  }).start();
  await handset.registerSoon();
  caller = await new Phone({ server, user: NUMBER }).start();
});
afterEach(async () => {
  await Promise.all(calls.splice(0).map((call) => call.hangUp().catch(() => undefined)));
  await expect.poll(shownCalls, soon).toEqual([]);
});
afterAll(async () => {
  await Promise.all([handset.stop(), caller.stop()]);
  await gateway.stop();
  await shop.stop();
  await asterisk.stop();
});

interface Shown {
  number: string;
  name: string;
}

const shownCalls = async () =>
  Object.values((await gateway.api<{ calls: Record<string, Shown> }>('/api/v1/monitor')).calls);

async function dial(line: string, options: Parameters<Phone['dial']>[1]): Promise<PhoneCall> {
  const call = await caller.dial(line, options);
  calls.push(call);
  return call;
}

/** All API responses about the newest call. */
async function newestCall(): Promise<string> {
  const list = await gateway.api<{ calls: { id: string }[] }>('/api/v1/calls?limit=1');
  const [{ id } = { id: 'none' }] = list.calls;
  return JSON.stringify([list, await gateway.api(`/api/v1/calls/${encodeURIComponent(id)}`)]);
}

it.each(['id', 'user; critical', 'header;ID'])(
  'a number with "Privacy: %s" is withheld from the shop, the API, the monitor and the handset',
  async (privacy) => {
    const withheld = { name: 'Jan Tajný', headers: { Privacy: privacy } };
    const asked = shop.requests.length;
    await dial(SHOP_LINE, withheld);
    await expect.poll(() => shop.requests.length, soon).toBeGreaterThan(asked);
    expect(shop.requests[asked]?.fields).toMatchObject({ caller_number: '' });

    const call = await dial(QUEUE_LINE, withheld);
    const rung = await handset.nextCall({ withinMs: 10_000 });
    await rung.answered();
    await expect.poll(async () => (await shownCalls()).map(({ number }) => number), soon).toEqual(['', '']);
    const texts = [await newestCall(), JSON.stringify(await shownCalls()), ...ofCall(handset.trace, rung.callId)];
    expect(foundIn(texts, NUMBER, '420')).toEqual([]);
    expect(texts.filter((text) => text.includes('Tajný'))).toEqual([]);
    await call.hangUp();
  },
);

it.each([{}, { Privacy: 'none' }, { Privacy: 'session' }])('a number with the headers %j is shown', async (headers) => {
  const asked = shop.requests.length;
  await dial(SHOP_LINE, { headers });
  await expect.poll(() => shop.requests.length, soon).toBeGreaterThan(asked);
  expect(shop.requests[asked]?.fields).toMatchObject({ caller_number: NUMBER.slice('+420'.length) });
});

it.each([
  ['Firma \\"U Lva\\"', 'Firma "U Lva"'],
  ['Jan\u202E\u001B[2J Novák', 'Jan[2J Novák'],
])('the name %j is shown as %j', async (name, shown) => {
  await dial(QUEUE_LINE, { name });
  await expect.poll(async () => (await shownCalls()).map((each) => each.name), soon).toEqual([shown]);
  expect(await newestCall()).toContain(JSON.stringify(shown).slice(1, -1));
});
