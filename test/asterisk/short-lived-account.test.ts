import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { Phone } from '../support/sip/phone.js';
import { WebSocketPhone } from '../support/sip/websocket-phone.js';

/** The account that an operator's browser gets in place of the handset's password. */

const PASSWORD = 'a password of some length';
const CONTACT = '<sip:eva@browser.invalid;transport=ws>';

let asterisk: TestAsterisk;
let gateway: Gateway;

beforeAll(async () => {
  asterisk = await startAsterisk();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      handsets: ['eva', 'jan'].map((name) => ({ name, webrtc: true })),
      operators: [{ id: 1, login: 'eva', name: 'Eva', handset: 'eva' }],
    },
  });
  // Ready once Asterisk has the handsets.
  const body = await (await gateway.fetch('/api/v1/config')).text();
  await gateway.api('/api/v1/config', { method: 'PUT', body, headers: { 'content-type': 'application/yaml' } });
  await gateway.api('/api/v1/accounts/eva/password', {
    method: 'PUT',
    body: JSON.stringify({ password: PASSWORD }),
    headers: { 'content-type': 'application/json' },
  });
});
afterAll(async () => {
  await gateway.stop();
  await asterisk.stop();
});

async function accountOfEva(): Promise<{ user: string; password: string }> {
  const authorization = `Basic ${Buffer.from(`eva:${PASSWORD}`).toString('base64')}`;
  const response = await fetch(`${gateway.url}/api/v1/handsets/eva/browser-phone`, {
    method: 'POST',
    headers: { authorization },
  });
  const { authorization_user: user, password } = (await response.json()) as Record<string, string>;
  return { user: user!, password: password! };
}

test('it registers over the gateway, and is not the password of the handset', async () => {
  const account = await accountOfEva();
  expect(account.password).not.toBe(await gateway.handsetPassword('eva'));
  const phone = await WebSocketPhone.open(gateway.url, 'eva', account);
  const answer = await phone.asks('REGISTER', 'sip:127.0.0.1', CONTACT);
  expect(answer?.status).toBe(200);
  phone.stop();
});

test('it is worth nothing at Asterisk itself, nor for another handset', async () => {
  const { user, password } = await accountOfEva();
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  for (const name of ['eva', user]) {
    const phone = await new Phone({ server, user: name, password }).start();
    await expect(phone.register()).rejects.toThrow();
    await phone.stop();
  }
  const jan = await WebSocketPhone.open(gateway.url, 'jan', { user, password });
  const answer = await jan.asks('REGISTER', 'sip:127.0.0.1', CONTACT.replace('eva', 'jan'));
  expect(answer?.status).not.toBe(200);
  jan.stop();
});

test('the permanent password still logs in, and a new one ends the accounts', async () => {
  const user = 'eva';
  const former = await gateway.handsetPassword(user);
  const direct = await WebSocketPhone.open(gateway.url, user, { user, password: former });
  expect((await direct.asks('REGISTER', 'sip:127.0.0.1', CONTACT))?.status).toBe(200);
  direct.stop();
  const account = await accountOfEva();
  await gateway.api('/api/v1/handsets/eva/password', { method: 'POST' });
  const phone = await WebSocketPhone.open(gateway.url, user, account);
  expect((await phone.asks('REGISTER', 'sip:127.0.0.1', CONTACT))?.status).not.toBe(200);
  phone.stop();
  const renewed = await WebSocketPhone.open(gateway.url, user, await accountOfEva());
  expect((await renewed.asks('REGISTER', 'sip:127.0.0.1', CONTACT))?.status).toBe(200);
  renewed.stop();
});
