import { once } from 'node:events';
import { copyFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { certificateFolder, makeCertificate } from '../support/certificate.js';
import { Gateway } from '../support/gateway.js';
import { prompt } from '../support/sip/caller.js';
import { Phones } from '../support/sip/phones.js';
import { toneSamples } from '../support/tones.js';
import { Wire } from '../support/wire.js';

/** Trunks over TLS with SRTP to a provider, a second Asterisk: what a stranger between the two can read, and a provider with a foreign certificate. */

const PROVIDER = '127.0.0.4';
const STRANGER = '127.0.0.5';
const LINE = '+420222333444';
const VOICE = 60;

/** It knows its customer by the address, answers every call, and sends back what it hears. */
const ACCOUNT = `
[customer]
type=endpoint
context=from-customer
disallow=all
allow=alaw
media_encryption=sdes
media_encryption_optimistic=yes
[customer]
type=identify
endpoint=customer
match=127.0.0.1
`;
const ECHO = `
[from-customer]
exten => _[+0-9].,1,Answer()
 same => n,Echo()
`;

let [providersTls, ownTls] = ['', ''];
let provider: TestAsterisk;
let asterisk: TestAsterisk;
let stranger: Server;
let gateway: Gateway;
let phones: Phones;
let wire: Wire | undefined;
let toStranger = '';

beforeAll(async () => {
  [providersTls, ownTls] = await Promise.all([certificateFolder(PROVIDER), certificateFolder()]);
  // The issuers that this side trusts.
  await copyFile(path.join(providersTls, 'certificate.pem'), path.join(ownTls, 'ca.pem'));
  [provider, asterisk] = await Promise.all([
    startAsterisk({
      extraPjsip: ACCOUNT,
      extraDialplan: ECHO,
      extraModules: ['app_echo.so'],
      tlsDir: providersTls,
      variables: { CORDBOARD_DEMO: '0', BIND_ADDRESS: PROVIDER },
    }),
    startAsterisk({ tlsDir: ownTls, variables: { CORDBOARD_DEMO: '0' } }),
  ]);
  const { certificate: cert, key } = await makeCertificate(providersTls, STRANGER);
  stranger = createServer({ cert, key }, (socket) => {
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (text: string) => (toStranger += text));
  });
  stranger.on('tlsClientError', () => undefined);
  stranger.listen(0, STRANGER);
  await once(stranger, 'listening');
  const shared = { way: 'address', encryption: 'none' };
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      dial_policy: { countries: ['CZ', 'SK', 'AT'] },
      handsets: [{ name: 'h1' }],
      lines: [{ number: LINE, plan: ['hang_up'] }],
      trunks: [
        { ...shared, name: 'clear', server: `${PROVIDER}:${provider.sipPort}`, prefixes: ['+420'] },
        {
          ...shared,
          name: 'safe',
          server: `${PROVIDER}:${provider.sipTlsPort}`,
          transport: 'tls',
          encryption: 'sdes',
          prefixes: ['+421'],
        },
        {
          ...shared,
          name: 'stranger',
          server: `${STRANGER}:${(stranger.address() as AddressInfo).port}`,
          transport: 'tls',
          prefixes: ['+43'],
        },
      ],
    },
  });
  phones = new Phones(asterisk, gateway);
});
afterEach(async () => {
  await wire?.stop();
  await phones.stop();
});
afterAll(async () => {
  await gateway.stop();
  stranger.close();
  await Promise.all([asterisk.stop(), provider.stop()]);
  await Promise.all([providersTls, ownTls].map((one) => rm(one, { recursive: true })));
});

const becomes = async (trunk: string, state: string) => {
  const states = async () =>
    (await gateway.api<{ trunks: { name: string; state: string }[] }>('/api/v1/trunks')).trunks;
  const stateOf = async () => (await states()).find(({ name }) => name === trunk)?.state;
  await expect.poll(stateOf, { timeout: 60_000, interval: 500 }).toBe(state);
};

/** A call to this number, whose caller hears the own voice. @returns what can be read between the two sides */
async function call(number: string) {
  wire = await Wire.tap(provider);
  const made = await (await phones.handset('h1')).dial(number);
  await made.answered();
  made.say(toneSamples(VOICE, 'cs', 2000));
  await made.hears(prompt(VOICE), { skipping: true, toItsEnd: true });
  await made.hangUp();
  return wire.search();
}

it('control: a trunk without encryption can be read', async () => {
  await becomes('clear', 'reachable');
  const read = await call('777888991');
  expect(read.requests.join('\n')).toContain('INVITE sip:420777888991@');
  expect(read.tones).toEqual([VOICE]);
});

it('a trunk with TLS and SRTP works, and no request and no sound can be read', async () => {
  await becomes('safe', 'reachable');
  const read = await call('+421905123456');
  expect(read.requests.filter((line) => line.startsWith('INVITE'))).toEqual([]);
  expect(read.tones).toEqual([]);
  // The voice there and back is in it.
  expect(read.bytes).toBeGreaterThan(20_000);
});

it('a provider whose certificate no trusted issuer has issued is unreachable, and receives nothing', async () => {
  await becomes('stranger', 'unreachable');
  expect(toStranger).toBe('');
});
