import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { type PhoneOptions } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';

/**
 * A phone rings where it proved its password, whatever address it registers: a provider that trusts the company's address would put
 * through a call that Asterisk sends to a number at the provider.
 */

const [ONE_PHONE, TWO_PHONES, QUEUE] = ['+420222333444', '+420222333445', '+420222333446'];
const PROVIDER = '127.0.0.2';
const PREMIUM = '+420900123456';
const rings = { withinMs: 20_000 };

const company = {
  version: 1,
  dial_policy: { allow: [] },
  handsets: [{ name: 'a1' }, { name: 'a2', max_contacts: 2 }, { name: 'web1', webrtc: true }, { name: 'honest' }],
  queues: [
    {
      id: 12,
      name: 'Prodej',
      handsets: ['a1', 'a2', 'web1', 'honest'],
      strategy: 'ringall',
      join_when: 'always',
      stay_when: 'always',
      ring_timeout: 30,
    },
  ],
  lines: [
    { number: ONE_PHONE, plan: [{ ring: { handset: 'a1', timeout: '5s' } }, { ring: { handset: 'honest' } }] },
    { number: TWO_PHONES, plan: [{ ring: { handset: 'a2', timeout: '5s' } }, { ring: { handset: 'honest' } }] },
    { number: QUEUE, plan: [{ enqueue: { queue: 12 } }] },
  ],
};

let asterisk: TestAsterisk;
let gateway: Gateway;
/** The address that the thief sends from, and the provider's port: `maddr` changes the host alone. */
let port: number;
let provider: Socket;
/** First lines of the requests at the provider, by Call-ID: Asterisk retransmits unanswered requests. */
const sentToProvider = new Map<string, string>();
let phones: Phones;

beforeAll(async () => {
  asterisk = await startAsterisk();
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company });
  phones = new Phones(asterisk, gateway);
  port = await freePort();
  provider = createSocket('udp4').on('message', (data) => {
    const text = data.toString();
    sentToProvider.set(/^Call-ID: (.*)$/m.exec(text)?.[1] ?? '', text.split('\r\n')[0] ?? '');
  });
  provider.bind(port, PROVIDER);
  await once(provider, 'listening');
});
afterAll(async () => {
  provider.close();
  await gateway.stop();
  await asterisk.stop();
});
afterEach(async () => {
  await phones.stop();
});

const atProvider = () => `sip:${PREMIUM}@${PROVIDER}:${port}`;
const lies: [string, NonNullable<PhoneOptions['contact']>][] = [
  ['a second contact behind one that is over', (own) => `<sip:x@${own.host}>;expires=0, <${atProvider()}>`],
  ['maddr', (own) => `<sip:${PREMIUM}@${own.host}:${own.port};maddr=${PROVIDER}>`],
  ['a route in its address', (own) => `<sip:${PREMIUM}@${own.host}?Route=%3Csip:${PROVIDER}:${port}%3Blr%3E>`],
];
const ways = [
  ['a plan that rings a handset', 'a1', ONE_PHONE],
  ['a plan that rings a handset with several phones', 'a2', TWO_PHONES],
  ['a queue', 'a1', QUEUE],
  ['a queue, to a handset with several phones', 'a2', QUEUE],
  ['a queue, to a handset for browsers', 'web1', QUEUE],
] as const;

describe.each(ways)('a call by %s', (_way, name, line) => {
  it.each(lies)('does not go to another host: %s', async (_lie, contact) => {
    const honest = await phones.handset('honest');
    await phones.handset(name, { contact, port, viaHost: PROVIDER });
    const caller = await phones.start({ user: '+420777888991' });
    const call = await caller.dial(line);
    await honest.nextCall(rings);
    // The other handsets of a queue ring at the same moment.
    await delay(300);
    await call.hangUp();
    expect([...sentToProvider.values()].filter((request) => !request.startsWith('OPTIONS '))).toEqual([]);
  });
});

it.each(lies)(
  'a registration of another host is dropped, so that Asterisk sends no more requests there: %s',
  async (_lie, contact) => {
    const before = sentToProvider.size;
    await phones.handset('a1', { contact, port, viaHost: PROVIDER });
    await vi.waitUntil(async () => !(await asterisk.cli('pjsip show contacts')).includes('900123456'), 30_000);
    expect(sentToProvider.size - before).toBeLessThanOrEqual(1);
    expect(gateway.output).toContain('a phone registered an address that is not its own');
    expect(gateway.output).not.toContain('900123456');
  },
);

describe.each(ways.slice(0, 4))('a call by %s', (_way, name, line) => {
  it.each([
    ['behind NAT', { contact: () => `<sip:${name}@10.1.2.3:5060;line=abc>`, viaHost: '10.1.2.3' }],
    ['that calls itself something else', { contactUser: 'k3x9%2Bz' }],
  ])('reaches a phone %s', async (_kind, more) => {
    const phone = await phones.handset(name, more);
    const caller = await phones.start({ user: '+420777888992' });
    const call = await caller.dial(line);
    await phone.nextCall(rings);
    await call.hangUp();
  });
});

it('phones that registered before the gateway started ring', async () => {
  const phone = await phones.handset('a1');
  await gateway.kill();
  await gateway.run();
  await gateway.ready();
  const caller = await phones.start({ user: '+420777888993' });
  const call = await caller.dial(ONE_PHONE);
  await phone.nextCall(rings);
  await call.hangUp();
});
