import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { Kamailio } from '../support/kamailio.js';
import { freePort } from '../support/ports.js';
import { prompt } from '../support/sip/caller.js';
import { pickUp, type PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';
import { toneSamples } from '../support/tones.js';

/**
 * Trunks to a real Kamailio, by registration and by address, with a spare trunk to another PBX. The network behind both is a second
 * Asterisk, which sends back what it hears.
 */

const [NETWORK, ACCOUNT, PLAIN] = ['127.0.0.4', '127.0.0.6', '127.0.0.7'];
const LINE = '+420222333444';
const PASSWORD = 'correct-horse';
const VOICE = 60;

const CONTEXT = `
[from-outside]
exten => _[+0-9].,1,Answer()
 same => n,Echo()
`;

interface TrunkState {
  name: string;
  state: string;
  problem_code: string | null;
  last_error: { code: string } | null;
}

let network: TestAsterisk;
let asterisk: TestAsterisk;
let kamailio: Kamailio;
let gateway: Gateway;
let phones: Phones;

/** Its endpoints: of each peer, by its address. The host of `contact` is asked for no authentication. */
function endpoints(peers: Record<string, { from: string; contact: string }>): string {
  return Object.entries(peers)
    .map(
      ([name, { from, contact }]) => `
[${name}]
type=endpoint
context=from-outside
disallow=all
allow=alaw
direct_media=no
aors=${name}
[${name}]
type=aor
contact=${contact}
[${name}]
type=identify
endpoint=${name}
match=${from}
`,
    )
    .join('');
}

beforeAll(async () => {
  const [account, plain] = [
    { host: ACCOUNT, port: await freePort() },
    { host: PLAIN, port: await freePort() },
  ];
  [network, asterisk] = await Promise.all([
    startAsterisk({
      extraPjsip: endpoints({
        account: { from: account.host, contact: `sip:${account.host}:${account.port}` },
        plain: { from: plain.host, contact: `sip:${plain.host}:${plain.port}` },
        spare: { from: '127.0.0.1', contact: 'sip:127.0.0.1' },
      }),
      extraDialplan: CONTEXT,
      extraModules: ['app_echo.so', 'res_clioriginate.so'],
      variables: { CORDBOARD_DEMO: '0', BIND_ADDRESS: NETWORK },
    }),
    startAsterisk({ variables: { CORDBOARD_DEMO: '0' } }),
  ]);
  kamailio = await Kamailio.start({
    account: { ...account, user: 'acme', password: PASSWORD },
    plain,
    gateway: { host: '127.0.0.1', port: asterisk.sipPort },
    network: { host: NETWORK, port: network.sipPort },
  });
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      dial_policy: { countries: ['CZ', 'SK'], max_concurrent: 50 },
      handsets: [{ name: 'h1' }, { name: 'h2' }],
      lines: [{ number: LINE, plan: ['answer', { ring: { handset: 'h2' } }] }],
      trunks: [
        {
          name: 'account',
          way: 'registration',
          server: `${account.host}:${account.port}`,
          user: 'acme',
          account_number: LINE,
          prefixes: ['+420'],
        },
        { name: 'plain', way: 'address', server: `${plain.host}:${plain.port}`, prefixes: ['+421'] },
        { name: 'spare', order: 2, way: 'address', server: `${NETWORK}:${network.sipPort}` },
      ],
    },
  });
  phones = new Phones(asterisk, gateway);
  await gateway.fetch('/api/v1/trunks/account/password', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: PASSWORD }),
  });
});
afterEach(() => phones.stop());
afterAll(async () => {
  await phones.stop();
  await gateway.stop();
  await kamailio.stop();
  await Promise.all([asterisk.stop(), network.stop()]);
});

async function trunks(): Promise<TrunkState[]> {
  return (await gateway.api<{ trunks: TrunkState[] }>('/api/v1/trunks')).trunks;
}

const becomes = (wanted: Record<string, string>) => {
  const states = async () => Object.fromEntries((await trunks()).map(({ name, state }) => [name, state]));
  return expect.poll(states, { timeout: 60_000, interval: 500 }).toMatchObject(wanted);
};

/** Asterisk checks these trunks at once, and not within 30 s. */
const check = (...names: string[]) => Promise.all(names.map((name) => asterisk.cli(`pjsip qualify ${name}`)));

/** The endpoints of the network that have a call. */
async function carriers(): Promise<string[]> {
  const channels = await network.cli('core show channels concise');
  return [...channels.matchAll(/^PJSIP\/([a-z]+)-/gm)].map(([, name = '']) => name).sort();
}

/** Both directions: the other side sends back what it hears. */
async function talks(call: PhoneCall): Promise<void> {
  call.say(toneSamples(VOICE, 'cs', 2000));
  await call.hears(prompt(VOICE), { skipping: true, toItsEnd: true });
}

async function dial(number: string): Promise<PhoneCall> {
  const call = await (await phones.handset('h1')).dial(number);
  return call.answered({ withinMs: 60_000 });
}

it('both trunks to Kamailio work', () => becomes({ account: 'registered', plain: 'reachable', spare: 'reachable' }));

it.each([
  ['by registration, with digests', '777888991', 'account'],
  ['by address', '+421905123456', 'plain'],
])('calls go out through Kamailio %s, with sound in both directions', async (_, number, trunk) => {
  const call = await dial(number);
  expect(await carriers()).toEqual([trunk]);
  await talks(call);
  await call.hangUp();
  await expect.poll(carriers).toEqual([]);
});

it.each(['account', 'plain'])('calls come in through Kamailio over the trunk %s, with sound', async (trunk) => {
  const handset = await phones.handset('h2', { incoming: pickUp });
  await network.cli(`channel originate PJSIP/${LINE.slice(1)}@${trunk} application Echo`);
  const call = await handset.nextCall();
  await call.answered();
  await talks(call);
  await call.hangUp();
  await expect.poll(carriers).toEqual([]);
});

it('a talk goes on when Kamailio dies, the next calls go over the spare trunk, and over Kamailio again when it is back', async () => {
  const call = await dial('777888992');
  await talks(call);
  await kamailio.kill();
  await talks(call);
  // Nobody has checked the trunk since: this call finds out.
  const second = await dial('777888993');
  expect(await carriers()).toEqual(['account', 'spare']);
  await talks(second);
  await Promise.all([call.hangUp(), second.hangUp()]);
  expect(await trunks()).toContainEqual(
    expect.objectContaining({ name: 'account', last_error: expect.objectContaining({ code: 'silent' }) as object }),
  );

  await check('account', 'plain');
  await becomes({ account: 'unreachable', plain: 'unreachable', spare: 'reachable' });
  const third = await dial('+421905123457');
  const timeline = async () => (await gateway.finished('+421905123457')).map(({ kind }) => kind);
  await third.hangUp();
  expect(await timeline()).not.toContain('trunk_failed');

  await kamailio.run();
  await check('account', 'plain');
  await becomes({ account: 'registered', plain: 'reachable' });
  const fourth = await dial('+421905123458');
  expect(await carriers()).toContain('plain');
  await fourth.hangUp();
  // Kamailio has forgotten the registration: the gateway registers anew when it answers, Asterisk within ten seconds.
  const handset = await phones.handset('h2', { incoming: pickUp });
  const calledIn = async () => {
    await network.cli(`channel originate PJSIP/${LINE.slice(1)}@account application Echo`);
    return handset.invites.length;
  };
  await expect.poll(calledIn, { timeout: 60_000, interval: 1000 }).toBeGreaterThan(0);
  expect(await carriers()).toContain('account');
});
