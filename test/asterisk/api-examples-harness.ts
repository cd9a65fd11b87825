import { setTimeout as delay } from 'node:timers/promises';
import { callEventNames, resourceEventNames } from '../../src/telephony/domain-events.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { addressIsStored } from '../support/proved-address.js';
import { Shop, text } from '../support/shop.js';
import { Phone, pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';
import { toneSamples } from '../support/tones.js';

/** A company with calls in every state, to which the examples of the API can be sent. */

export const LINE = '+420222333444';
const [RECORDED, TALK, WAITING, MESSAGE, AT_SHOP] = [445, 446, 447, 448, 449].map((end) => `+420222333${end}`);
const P = { menu: 1, goodbye: 6, arrived: 31, rejected: 40 };
const stays = { join_when: 'always', stay_when: 'always' };

const company = (shop: string) => ({
  country: 'CZ',
  time_zone: 'Europe/Prague',
  languages: ['cs', 'en'],
  dial_policy: { countries: ['CZ'], max_concurrent: 20 },
  reject_prompt: P.rejected,
  prompts: [
    { id: P.menu, name: 'Úvodní nabídka' },
    { id: P.goodbye, name: 'Na shledanou' },
    { id: P.arrived, name: 'Vůz přijel' },
    { id: P.rejected, name: 'Položení hovoru' },
  ],
  handsets: [
    { name: 'sklad', display_name: 'Sklad' },
    { name: 'kancelar', display_name: 'Kancelář' },
    { name: 'vedouci', display_name: 'Vedoucí' },
    { name: 'nahravky', display_name: 'Nahrávky' },
    { name: 'novy', display_name: 'Nový telefon' },
    { name: 'prodejna', display_name: 'Prodejna' },
    { name: 'web', display_name: 'Prohlížeč', webrtc: true },
  ],
  queues: [
    { id: 1, name: 'Objednávky', handsets: ['sklad'], wrap_up: 120, ...stays },
    { id: 2, name: 'Reklamace', handsets: ['kancelar'], ...stays },
    { id: 3, name: 'Nahrávaná', handsets: ['nahravky'], record: true, ...stays },
    { id: 4, name: 'Čekárna', handsets: ['novy'], ...stays },
    { id: 5, name: 'Prodejna', handsets: ['prodejna'], ...stays },
  ],
  operators: [
    { id: 1, login: 'jana@shop.example', name: 'Jana Nováková', handset: 'sklad', role: 'operator' },
    { id: 2, login: 'petr@shop.example', name: 'Petr Svoboda', handset: 'web', role: 'operator' },
  ],
  contacts: [{ name: 'Dopravce', number: '+420777000333' }],
  browser_phones: { origins: ['https://shop.example'] },
  gootax: { domain: 'taxi' },
  runtel: {},
  lookup: { url: shop },
  alarms: { queue_waiting: { longer_than: '1s' } },
  parking: { ring_back: '60s' },
  bridges: {},
  notifications: { max_concurrent: 5, per_minute: 60 },
  webhooks: [{ name: 'shop', url: shop, events: [...callEventNames, ...resourceEventNames] }],
  lines: [
    { number: LINE, name: 'Zákaznická linka', plan: ['answer', { play: P.goodbye }, 'hang_up'] },
    { number: RECORDED, plan: ['answer', { enqueue: { queue: 3, label: 'telefon-sklad' } }] },
    { number: TALK, plan: ['answer', { enqueue: { queue: 1, label: 'telefon-sklad' } }] },
    { number: WAITING, plan: ['answer', { enqueue: { queue: 4 } }] },
    { number: MESSAGE, plan: ['take_message'] },
    { number: AT_SHOP, plan: ['answer', { enqueue: { queue: 5 } }] },
  ],
});

export class ExamplesHarness {
  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    readonly shop: Shop,
    private readonly provider: Phone,
    private readonly phones: Phones,
    /** Ids that the examples name, by the id in the examples. */
    readonly ids: Readonly<Record<string, string>>,
  ) {}

  static async start(): Promise<ExamplesHarness> {
    const port = await freePort();
    const asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
    const server = { host: '127.0.0.1', port: asterisk.sipPort };
    const provider = await new Phone({ server, user: 'provider', port, incoming: ringForEver }).start();
    const shop = await new Shop(() => text('{"action":"hangup"}')).start();
    const gateway = await Gateway.start({
      asterisk: asterisk.gatewayEnv(),
      company: company(shop.url),
      fragmentMs: 100,
    });
    const phones = new Phones(asterisk, gateway);
    const callIds = await makeCalls(asterisk, gateway, phones);
    const draft = await gateway.api<{ id: string }>('/api/v1/config/drafts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    await gateway.fetch('/integration/gootaxpro/unknown', { method: 'PUT', body: '' });
    return new ExamplesHarness(asterisk, gateway, shop, provider, phones, { ...callIds, d_christmas_2: draft.id });
  }

  async stop(): Promise<void> {
    await this.phones.stop();
    await this.provider.stop();
    await this.gateway.stop();
    await this.shop.stop();
    await this.asterisk.stop();
  }
}

/** Makes an ended and recorded call, a message, two talks, three waiting calls and a missed one. */
async function makeCalls(asterisk: TestAsterisk, gateway: Gateway, phones: Phones): Promise<Record<string, string>> {
  const handset = async (name: string) => {
    const phone = await phones.handset(name, { incoming: pickUp });
    await addressIsStored(asterisk, name);
    return phone;
  };
  const names = ['nahravky', 'sklad', 'prodejna', 'kancelar', 'vedouci'];
  const [recorder, sklad, shop] = await Promise.all(names.map(handset));
  const idOf = (number: string) =>
    becomes(`the call of ${number} is known`, async () => (await gateway.calls(number))[0]?.id);
  const call = async (number: string, line: string | undefined): Promise<PhoneCall> => phones.call(line ?? '', number);

  const missed = await call('+420777111222', WAITING);
  const recorded = await call('+420777888999', RECORDED);
  const message = await call('+420777888004', MESSAGE);
  await (await recorder?.nextCall({ withinMs: 15_000 }))?.answered();
  const talk = await call('+420777888001', TALK);
  await (await sklad?.nextCall({ withinMs: 15_000 }))?.answered();
  const atShop = await call('+420777888005', AT_SHOP);
  await (await shop?.nextCall({ withinMs: 15_000 }))?.answered();
  await Promise.all([call('+420777888002', WAITING), call('+420777888003', WAITING)]);
  await Promise.all([talk.answered(), atShop.answered()]);
  await joined(gateway, await idOf('777111222'));
  await has(gateway, await idOf('777888004'), 'recording_started');
  message.say(toneSamples(P.menu, 'cs', 1000));
  await missed.hangUp();
  await recorded.hangUp();
  await becomes('the talk is recorded', async () => {
    const { recordings } = await gateway.api<{ recordings: unknown[] }>('/api/v1/recordings');
    return recordings.length > 0 ? true : undefined;
  });
  await delay(1000);
  await message.hangUp();
  await becomes('the message is stored', async () => {
    const { messages } = await gateway.api<{ messages: unknown[] }>('/api/v1/messages');
    return messages.length > 0 ? true : undefined;
  });
  const numbers = ['777888999', '777888001', '777888002', '777888003', '777888005'];
  const ids = await Promise.all(numbers.map(idOf));
  await Promise.all(ids.slice(2, 4).map((id) => joined(gateway, id)));
  return Object.fromEntries(ids.map((id, index) => [`c_cordboard-1795252530.${index + 1}`, id]));
}

const joined = (gateway: Gateway, id: string) => has(gateway, id, 'queue_joined');

async function has(gateway: Gateway, id: string, wanted: string): Promise<void> {
  await becomes(`the call has ${wanted}`, async () => {
    const { timeline } = await gateway.api<{ timeline: { kind: string }[] }>(`/api/v1/calls/${encodeURIComponent(id)}`);
    return timeline.some(({ kind }) => kind === wanted) ? true : undefined;
  });
}
