import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Phone, pickUp, ringForEver, type IncomingBehaviour } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';

/** Trunks of the company's document: to two phones that stand for PBXs, to one that is silent, and to a provider, a second Asterisk. */

const LINE = '+420222333444';
const SECOND_LINE = '+420222333555';
const THIRD_LINE = '+420222333777';
const ACCOUNT_LINE = '+420222333666';
const refuse = (status: number): IncomingBehaviour => ({ do: 'reject', status });

interface TrunkState {
  name: string;
  state: string;
  up: boolean;
  problem: string | null;
  last_error: { code: string; message: string } | null;
  has_password: boolean;
}

let provider: TestAsterisk;
let asterisk: TestAsterisk;
let gateway: Gateway;
let phones: Phones;
let first: Phone;
let second: Phone;
let silent: Socket;
let mute: Socket;

const ACCOUNT = `
[acme]
type=endpoint
context=from-acme
disallow=all
allow=alaw
auth=acme
aors=acme
[acme]
type=auth
auth_type=userpass
username=acme
password=correct-horse
[acme]
type=aor
max_contacts=1
remove_existing=yes
`;

beforeAll(async () => {
  [provider, asterisk] = await Promise.all([
    startAsterisk({
      extraPjsip: ACCOUNT,
      extraModules: ['res_clioriginate.so'],
      variables: { CORDBOARD_DEMO: '0', BIND_ADDRESS: '127.0.0.4' },
    }),
    startAsterisk({ variables: { CORDBOARD_DEMO: '0' } }),
  ]);
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  const [firstPort, secondPort] = [await freePort(), await freePort()];
  first = await new Phone({ server, user: 'first', port: firstPort, host: '127.0.0.2' }).start();
  second = await new Phone({ server, user: 'second', port: secondPort, host: '127.0.0.3' }).start();
  silent = createSocket('udp4').bind(0, '127.0.0.5');
  mute = createSocket('udp4').bind(0, '127.0.0.6');
  await Promise.all([once(silent, 'listening'), once(mute, 'listening')]);
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      dial_policy: { countries: ['CZ', 'SK'], max_concurrent: 50 },
      handsets: [{ name: 'h1' }, { name: 'h2' }],
      lines: [
        { number: LINE, plan: ['answer', { ring: { handset: 'h2' } }] },
        { number: SECOND_LINE, plan: [{ ring: { number: '+420777000111', timeout: '60s' } }], trunk: 'silent' },
        { number: THIRD_LINE, plan: [{ ring: { number: '+420777000222', timeout: '60s' } }], trunk: 'mute' },
        { number: ACCOUNT_LINE, plan: ['answer', { ring: { handset: 'h2' } }] },
      ],
      trunks: [
        {
          name: 'second',
          order: 2,
          way: 'address',
          server: `127.0.0.3:${secondPort}`,
          numbers_out: { format: 'national', add: '0' },
        },
        {
          name: 'first',
          way: 'address',
          server: `127.0.0.2:${firstPort}`,
          max_channels: 1,
          caller_id: { shows: 'fixed', number: '+420222333000' },
          numbers_out: { format: 'plus' },
          numbers_in: { format: 'digits', strip: '9' },
        },
        {
          name: 'silent',
          way: 'address',
          server: `127.0.0.5:${silent.address().port}`,
          lines: [SECOND_LINE],
          checks: false,
        },
        {
          name: 'mute',
          way: 'address',
          server: `127.0.0.6:${mute.address().port}`,
          lines: [THIRD_LINE],
          checks: false,
        },
        {
          name: 'account',
          way: 'registration',
          server: `127.0.0.4:${provider.sipPort}`,
          user: 'acme',
          account_number: ACCOUNT_LINE,
          prefixes: ['+421'],
        },
      ],
    },
  });
  phones = new Phones(asterisk, gateway);
});
afterAll(async () => {
  await phones.stop();
  await Promise.all([first.stop(), second.stop()]);
  silent.close();
  mute.close();
  await gateway.stop();
  await Promise.all([asterisk.stop(), provider.stop()]);
});
afterEach(() => phones.stop());

async function trunk(name: string): Promise<TrunkState | undefined> {
  return (await gateway.api<{ trunks: TrunkState[] }>('/api/v1/trunks')).trunks.find((one) => one.name === name);
}

async function setPassword(password: string): Promise<void> {
  const response = await gateway.fetch('/api/v1/trunks/account/password', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  });
  expect(response.status).toBe(204);
}

const becomes = (name: string, state: string) =>
  expect.poll(() => trunk(name), { timeout: 60_000, interval: 500 }).toMatchObject({ state });
const calledNumber = (phone: Phone) => /sip:([^@]+)@/.exec(phone.invites.at(-1)?.invite.uri ?? '')?.[1];
const shownNumber = (phone: Phone) => /sip:([^@]+)@/.exec(phone.invites.at(-1)?.invite.headers.get('From') ?? '')?.[1];

describe('a registration', () => {
  it('with a wrong password is rejected, in words; with the right one it is registered', async () => {
    await setPassword('wrong');
    await becomes('account', 'rejected');
    expect(await trunk('account')).toMatchObject({ up: false, has_password: true, problem: /acme/ });
    // The checks keep their result for a while.
    const readiness = async () => (await gateway.fetch('/readyz')).text();
    await expect.poll(readiness, { timeout: 60_000, interval: 500 }).toMatch(/account is rejected/);
    await setPassword('correct-horse');
    await becomes('account', 'registered');
    expect(await (await gateway.fetch('/api/v1/config')).text()).not.toContain('correct-horse');
  });

  it('brings calls to the number of the account, also after a restart of Asterisk', async () => {
    await setPassword('correct-horse');
    await asterisk.restart();
    await gateway.ready();
    await becomes('account', 'registered');
    const handset = await phones.handset('h2', { incoming: ringForEver });
    await provider.cli('channel originate PJSIP/acme application Wait 30');
    await handset.nextCall();
    const [call] = await gateway.calls();
    expect(await gateway.api(`/api/v1/calls/${encodeURIComponent(call?.id ?? '')}`)).toMatchObject({
      line: ACCOUNT_LINE,
    });
    await provider.cli('channel request hangup all');
  });
});

describe('an outgoing call', () => {
  it('goes over the first trunk, with its notation and caller ID', async () => {
    // Until a check is answered after the restart above, it is tried last.
    await becomes('first', 'reachable');
    first.onIncoming(pickUp);
    const call = await (await phones.handset('h1')).dial('777888991');
    await call.answered();
    expect([calledNumber(first), shownNumber(first)]).toEqual(['+420777888991', '+420222333000']);
    await call.hangUp();
  });

  it('goes over the next trunk when the first one answers 503', async () => {
    first.onIncoming(refuse(503));
    second.onIncoming(pickUp);
    const call = await (await phones.handset('h1')).dial('777888992');
    await call.answered();
    expect([calledNumber(second), shownNumber(second)]).toEqual(['0777888992', '0222333444']);
    await call.hangUp();
    expect(await trunk('first')).toMatchObject({ last_error: { message: 'the other side answered SIP 503' } });
    const metrics = await (await gateway.fetch('/metrics')).text();
    expect(metrics).toContain('cordboard_trunk_failures_total{trunk="first"} 1');
    expect(metrics).toContain('cordboard_trunk_failures_total{trunk="second"} 0');
    const timeline = await gateway.finished('777888992');
    expect(timeline.find(({ kind }) => kind === 'trunk_failed')?.data).toMatchObject({
      trunk: 'first',
      next: 'second',
    });
  });

  it('is not repeated over another trunk when the called person is busy', async () => {
    first.onIncoming(refuse(486));
    const before = second.invites.length;
    const call = await (await phones.handset('h1')).dial('777888993');
    await call.ended();
    expect(second.invites).toHaveLength(before);
  });

  it('goes over the next trunk when all channels are in use', async () => {
    for (const phone of [first, second]) phone.onIncoming(pickUp);
    const one = await (await phones.handset('h1')).dial('777888994');
    await one.answered();
    const other = await (await phones.handset('h2')).dial('777888995');
    await other.answered();
    expect([calledNumber(first), calledNumber(second)]).toEqual(['+420777888994', '0777888995']);
    expect(await trunk('first')).toMatchObject({ state: 'busy', up: true });
    await Promise.all([one.hangUp(), other.hangUp()]);
  });

  it('goes over the next trunk when the other side does not answer, also when the gateway is killed meanwhile', async () => {
    first.onIncoming(pickUp);
    const invites = first.invites.length;
    const heard = once(silent, 'message');
    const call = await second.dial(SECOND_LINE, { from: '420777888996' });
    await heard;
    await gateway.kill();
    await gateway.run();
    await gateway.ready();
    await call.answered({ withinMs: 60_000 });
    expect(first.invites.length).toBe(invites + 1);
    expect(calledNumber(first)).toBe('+420777000111');
    await call.hangUp();
  });

  it('does not wait for a trunk that says nothing, and the next call passes it over', async () => {
    first.onIncoming(pickUp);
    const heard: string[] = [];
    mute.on('message', (message) => heard.push(message.toString()));
    const call = await second.dial(THIRD_LINE, { from: '420777888998' });
    await call.answered({ withinMs: 60_000 });
    expect(calledNumber(first)).toBe('+420777000222');
    await call.hangUp();
    expect(await trunk('mute')).toMatchObject({ state: 'unchecked', last_error: { code: 'silent' } });
    const metrics = await (await gateway.fetch('/metrics')).text();
    expect(metrics).toContain('cordboard_trunk_failures_total{trunk="mute"} 1');
    const timeline = await gateway.finished('+420777888998');
    const [failed] = timeline.filter(({ kind }) => kind === 'trunk_failed');
    expect(failed?.data).toMatchObject({ trunk: 'mute', next: 'first', silent: true });
    const waited = Date.parse(failed?.at ?? '') - Date.parse(timeline[0]?.at ?? '');
    // Asterisk itself gives up after 32 s.
    expect(waited).toBeLessThan(25_000);

    const invites = () => new Set(heard.flatMap((text) => /^INVITE[^]*?Call-ID: (\S+)/i.exec(text)?.[1] ?? [])).size;
    expect(invites()).toBe(1);
    const next = await second.dial(THIRD_LINE, { from: '420777888998' });
    await next.answered();
    await next.hangUp();
    expect(invites()).toBe(1);
  });
});

describe('an incoming call', () => {
  it('has its numbers read in the notation of the trunk', async () => {
    const handset = await phones.handset('h2', { incoming: pickUp });
    const call = await first.dial('9420222333444', { from: '9420601234567' });
    await handset.nextCall();
    await call.hangUp();
    expect((await gateway.calls('+420601234567')).length).toBe(1);
  });
});

it('a test call goes over the named trunk alone', async () => {
  second.onIncoming(pickUp);
  const response = await gateway.fetch('/api/v1/trunks/second/test-call', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ number: '777888997' }),
  });
  expect(response.status).toBe(202);
  await expect.poll(() => calledNumber(second)).toBe('0777888997');
  await gateway.finished('777888997');
});
