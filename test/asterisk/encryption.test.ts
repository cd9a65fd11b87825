import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { certificateFolder, makeCertificate, replaceCertificate } from '../support/certificate.js';
import { servedCertificate } from '../../src/http/served-certificate.js';
import { Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Baresip, prompt, type BaresipOptions } from '../support/sip/caller.js';
import { Phones } from '../support/sip/phones.js';
import { toneSamples } from '../support/tones.js';
import { Wire } from '../support/wire.js';

/** Calls over TLS with SRTP: what a stranger on the network can read, and what is refused. */

const [TO_ENCRYPTED, TO_CLEAR, TO_EITHER] = ['+420222333001', '+420222333002', '+420222333003'];
const [CALLERS_VOICE, HANDSETS_VOICE] = [60, 61];
const SAYS_MS = 30_000;

const ringing = (number: string, handset: string) => ({
  number,
  plan: [{ ring: { handset, timeout: '20s' } }],
});

const company = {
  alarms: { certificate: { after: '0s' } },
  handsets: [
    { name: 'safe', encryption: 'required' },
    { name: 'caller', encryption: 'required' },
    { name: 'open' },
    { name: 'clear' },
    { name: 'either', encryption: 'wanted' },
    { name: 'other', encryption: 'wanted' },
    { name: 'sha', digest: 'sha-256' },
    { name: 'both', digest: 'both' },
  ],
  lines: [ringing(TO_ENCRYPTED, 'safe'), ringing(TO_CLEAR, 'clear'), ringing(TO_EITHER, 'either')],
};

let tlsDir: string;
let asterisk: TestAsterisk;
let gateway: Gateway;
let httpsPort: number;
let phones: Phones;
const softphones: Baresip[] = [];
const taps: Wire[] = [];

beforeAll(async () => {
  tlsDir = await certificateFolder();
  asterisk = await startAsterisk({ tlsDir });
  httpsPort = await freePort();
  const env = { TLS_DIR: tlsDir, HTTPS_HOST: '127.0.0.1', HTTPS_PORT: String(httpsPort) };
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company, env });
  phones = new Phones(asterisk, gateway);
  const handsetsAreWritten = async () => {
    const { checks } = await gateway.api<{ checks: Record<string, string> }>('/readyz');
    return checks['handsets'] === 'ok';
  };
  await becomes('the handsets are in Asterisk', handsetsAreWritten);
});
afterEach(async () => {
  await Promise.all(softphones.splice(0).map((one) => one.stop()));
  await Promise.all(taps.splice(0).map((one) => one.stop()));
  await phones.stop();
});
afterAll(async () => {
  await gateway.stop();
  await asterisk.stop();
  await rm(tlsDir, { recursive: true });
});

async function softphone(user: string, options: Partial<BaresipOptions> = {}): Promise<Baresip> {
  const isTls = options.encrypts !== undefined && options.encrypts !== 'audio';
  const port = isTls ? asterisk.sipTlsPort : asterisk.sipPort;
  const password = await gateway.handsetPassword(user);
  const phone = new Baresip({ server: { host: '127.0.0.1', port }, user, password, answers: 'auto', ...options });
  softphones.push(await phone.start());
  return phone;
}

const voice = (tone: number) => toneSamples(tone, 'cs', SAYS_MS);

/** Both hear each other. @returns what a stranger on the network reads of all this, the registrations included */
async function talk(from: string, to: string, line: string, encrypts?: 'both' | 'where possible') {
  const wire = await Wire.tap(asterisk);
  taps.push(wire);
  const more = encrypts === undefined ? {} : { encrypts };
  const answering = await softphone(to, { ...more, voice: voice(HANDSETS_VOICE) });
  await answering.register();
  const caller = await softphone(from, { ...more, voice: voice(CALLERS_VOICE) });
  await caller.register();
  await caller.dial(line);
  await caller.event('CALL_ESTABLISHED');
  await caller.hears(prompt(HANDSETS_VOICE), { skipping: true });
  await answering.hears(prompt(CALLERS_VOICE), { skipping: true });
  await caller.hangUp();
  return wire.search();
}

describe('the wire', () => {
  it('control: without encryption, who calls whom and what they say can be read', async () => {
    const read = await talk('open', 'clear', TO_CLEAR);
    expect(read.requests.join('\n')).toContain(`INVITE sip:${TO_CLEAR}`);
    expect(read.requests.join('\n')).toMatch(/REGISTER sip:/);
    expect(read.tones).toEqual([CALLERS_VOICE, HANDSETS_VOICE]);
  });

  it('with TLS and SRTP, no request and no sound of the call can be read', async () => {
    const read = await talk('caller', 'safe', TO_ENCRYPTED, 'both');
    expect(read.requests).toEqual([]);
    expect(read.tones).toEqual([]);
    // Two people talked: their packets are there.
    expect(read.bytes).toBeGreaterThan(20_000);
  });
});

describe('a handset that requires encryption', () => {
  const contacts = async (name: string) => {
    const { handsets } = await gateway.api<{ handsets: { name: string; contacts: unknown[] }[] }>('/api/v1/handsets');
    return handsets.find((one) => one.name === name)?.contacts.length;
  };

  it('loses a registration over UDP, its call over UDP is refused, and nobody can ring it there', async () => {
    const phone = await softphone('safe', { encrypts: 'audio' });
    await phone.register();
    await becomes('the registration is dropped', async () => (await contacts('safe')) === 0);
    await phone.dial(TO_CLEAR);
    expect((await phone.ended()).reason).toMatch(/403/);
    const caller = await phones.start({ user: '+420777100001' });
    await (await caller.dial(TO_ENCRYPTED)).ended();
    expect(phone.events.map(({ type }) => type)).not.toContain('CALL_INCOMING');
  });

  it('cannot call over TLS without SRTP', async () => {
    const phone = await softphone('safe', { encrypts: 'signalling' });
    await phone.register();
    await phone.dial(TO_CLEAR);
    expect((await phone.ended()).reason).toMatch(/488/);
  });
});

it('a handset that wants encryption talks to a phone that cannot, and encrypts with one that can', async () => {
  const plain = await talk('open', 'either', TO_EITHER);
  expect(plain.tones).toContain(HANDSETS_VOICE);
  await Promise.all(softphones.splice(0).map((one) => one.stop()));
  const encrypted = await talk('other', 'either', TO_EITHER, 'where possible');
  expect(encrypted.requests).toEqual([]);
  expect(encrypted.tones).toEqual([]);
});

describe('the login of a handset', () => {
  it('with SHA-256: a phone that knows it registers, one that knows only MD5 does not', async () => {
    await phones.handset('sha');
    const password = await gateway.handsetPassword('sha');
    const old = await phones.start({ user: 'sha', password, knowsOnlyMd5: true });
    await expect(old.register()).rejects.toThrow('401');
  });

  it('with both: a phone takes the one that it knows', async () => {
    const modern = await phones.handset('both');
    expect(modern.trace.join('\n')).toContain('algorithm=SHA-256, ');
    const old = await phones.handset('both', { knowsOnlyMd5: true });
    expect(old.trace.join('\n')).toContain('algorithm=MD5, ');
  });
});

it('refuses TLS before version 1.2', async () => {
  const { sipTlsPort: port } = asterisk;
  const old = connect({
    port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
  });
  await expect(
    new Promise((resolve, reject) => old.once('secureConnect', resolve).once('error', reject)),
  ).rejects.toThrow();
  old.destroy();
});

describe('a replaced certificate', () => {
  const presented = async () => {
    const ports = [httpsPort, asterisk.sipTlsPort];
    const served = await Promise.all(ports.map((port) => servedCertificate({ host: '127.0.0.1', port })));
    return served.map(({ fingerprint }) => fingerprint);
  };
  const check = async () =>
    (await gateway.api<{ checks: Record<string, string> }>('/readyz')).checks['certificates'] ?? '';

  it('is presented by the gateway and Asterisk while a call goes on; one that does not match is not', async () => {
    await becomes('the certificates are in order', async () => (await check()) === 'ok', 60_000);
    const answering = await softphone('safe', { encrypts: 'both', voice: voice(HANDSETS_VOICE) });
    await answering.register();
    const caller = await softphone('caller', { encrypts: 'both', voice: voice(CALLERS_VOICE) });
    await caller.register();
    await caller.dial(TO_ENCRYPTED);
    await caller.event('CALL_ESTABLISHED');
    const [before] = await presented();
    await replaceCertificate(tlsDir, await makeCertificate(tlsDir, 'localhost'));
    const isNew = async () =>
      new Set([before, ...(await presented())]).size === 2 && !(await presented()).includes(before!);
    await becomes('both present the new one', isNew, 60_000);
    const current = await presented();
    const { key } = await makeCertificate(tlsDir, 'localhost');
    await writeFile(path.join(tlsDir, 'key.pem'), key);
    const isReported = async () => (await check()).startsWith('key.pem is not the key of certificate.pem');
    await becomes('the wrong key is reported', isReported, 60_000);
    const alarms = async () => JSON.stringify(await gateway.api('/api/v1/alarms'));
    await becomes('an alarm says so', async () => (await alarms()).includes('It cannot be used: key.pem'), 60_000);
    expect(await presented()).toEqual(current);
    expect(await gateway.fetch('/metrics').then((response) => response.text())).toMatch(
      /cordboard_certificate_expires_seconds\{service="https"\} 2[0-9.e+]+\n.*\{service="sip"\} 2/,
    );
    await caller.hears(prompt(HANDSETS_VOICE), { skipping: true });
    await caller.hangUp();
    await answering.ended();
  });
});
