import { chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { servedCertificate } from '../../src/http/served-certificate.js';
import { becomes } from '../support/becomes.js';
import { CHROMIUM } from './browser-harness.js';
import { hearsOperator, PhoneHarness, speaks } from './phone-harness.js';
import { RESOLVER_RULE, SecureOrigin } from './secure-origin.js';

/** The console and its phone over the gateway's own HTTPS and WSS, in a browser that trusts the issuer of the certificate. */

let secure: SecureOrigin;
let harness: PhoneHarness;

beforeAll(async () => {
  secure = await SecureOrigin.create();
  harness = await PhoneHarness.open({ secure });
}, 90_000);
afterEach(() => harness.reset());
afterAll(async () => {
  await harness.close();
  await secure.remove();
});

test('control: a browser without trust in the issuer shows no page', async () => {
  const browser = await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args, RESOLVER_RULE] });
  try {
    await expect((await browser.newPage()).goto(secure.origin)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  } finally {
    await browser.close();
  }
});

test('an operator logs in and talks; a new certificate ends neither the talk nor the phone', async () => {
  const eva = await harness.operator('eva');
  const sockets: string[] = [];
  eva.page.on('websocket', (socket) => sockets.push(socket.url()));
  await eva.page.reload();
  await eva.page.locator('[data-standing="live"]').waitFor();
  await eva.switchOn();
  await eva.reaches('ready');
  expect(new Set(sockets.map((url) => new URL(url).origin))).toEqual(new Set([secure.origin.replace('https', 'wss')]));
  expect(sockets.length).toBeGreaterThanOrEqual(2);
  const session = (await eva.page.context().cookies()).find(({ name }) => name === 'cordboard_session');
  expect(session).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Strict' });

  const call = await harness.talk(eva);
  speaks(call);
  await hearsOperator(call);
  await eva.hears('caller');

  const presented = async () => {
    const address = { host: '127.0.0.1', port: Number(new URL(secure.origin).port) };
    return (await servedCertificate(address)).fingerprint;
  };
  const before = await presented();
  await secure.issue();
  await becomes('the new certificate is presented', async () => (await presented()) !== before);
  await eva.is('talking');
  await eva.hears('caller');
  await eva.press('Hang up');
  await call.ended();
  await eva.isFree();
  await eva.page.reload();
  await eva.reaches('ready');
  expect(eva.visitor.complaints).toEqual([]);
});
