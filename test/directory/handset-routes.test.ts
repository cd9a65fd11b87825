import { afterAll, beforeAll, expect, test } from 'vitest';
import { handsetRoutes } from '../../src/directory/handset-routes.js';
import { PhoneProvisioning } from '../../src/directory/phone-provisioning.js';
import { iceServersFor } from '../../src/directory/ice-servers.js';
import { handsetSchema } from '../../src/directory/schema.js';
import { notFound } from '../../src/http/problem.js';
import { asAdmin, asPerson, startServer, type TestServer } from '../http/http-harness.js';

/** The account of a handset for the browser of its own operator. */

/** No phone has an address that stays. */
const nothingEnrolled = { serve: () => Promise.reject(notFound('no such address')) };

let http: TestServer;

/** The credential is what `openssl dgst -sha1 -hmac` makes of the user name. */
const TURN_OF_EVA = {
  ice_servers: [
    { urls: ['turn:pbx.example:3478'], username: '1767312000:eva', credential: 'gQw4skXNJqFZjfgGyKYYo8js3x4=' },
  ],
  expires_at: '2026-01-02T00:00:00.000Z',
};
/** Entries of the audit log. */
const recorded: unknown[] = [];
let isRenewal = false;
const record = (entry: unknown) => {
  recorded.push(entry);
  return Promise.resolve();
};

beforeAll(async () => {
  const handsets = ['eva', 'jan', 'late'].map((name) => handsetSchema.parse({ name, webrtc: true }));
  handsets.push(handsetSchema.parse({ name: 'desk' }));
  const person = (name: string, handset: string) => ({
    name,
    scopes: ['operators:read' as const],
    operator: { id: 1, handset },
  });
  http = await startServer(
    handsetRoutes({
      handsets: () => handsets,
      keeper: {
        renewPassword: () => Promise.reject(new Error('the password must stay')),
      },
      accounts: {
        issue: ({ handset, operator }) =>
          handset === 'late'
            ? undefined
            : {
                authorizationUser: `${handset}~${operator}`,
                password: 'short-lived',
                expiresAt: Date.UTC(2026, 0, 1),
                isRenewal,
              },
      },
      provisioning: new PhoneProvisioning({ now: () => 0 }, 'https://pbx.example', record, nothingEnrolled),
      record,
      recordOnce: record,
      iceServersFor: (name) =>
        iceServersFor(
          name,
          { stunUrls: [], turnUrls: ['turn:pbx.example:3478'], turnSecret: 'a secret of the server' },
          Date.UTC(2026, 0, 1),
        ),
      servers: {
        server: '192.0.2.1',
        port: 5070,
        transports: ['udp', 'tcp'],
        tls_port: null,
        websocket_url: 'wss://pbx.example/ws',
        websocket_domain: 'pbx.example',
      },
    }),
    { people: [person('eva', 'eva'), person('petr', 'desk'), person('late', 'late')] },
  );
});

afterAll(() => http.stop());

function accountOf(handset: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${http.url}/api/v1/handsets/${handset}/browser-phone`, { method: 'POST', headers });
}

test('the operator gets a short-lived account of the own handset, and no cache keeps it', async () => {
  recorded.length = 0;
  isRenewal = false;
  const response = await accountOf('eva', asPerson('eva'));
  expect(await response.json()).toEqual({
    user: 'eva',
    authorization_user: 'eva~1',
    password: 'short-lived',
    expires_at: '2026-01-01T00:00:00.000Z',
    ice_servers: TURN_OF_EVA.ice_servers,
  });
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(recorded).toEqual([{ action: 'handset_password_shown', subject: 'eva' }]);
  isRenewal = true;
  await accountOf('eva', asPerson('eva'));
  expect(recorded).toHaveLength(1);
});

test('a handset that Asterisk does not have yet is asked for again later', async () => {
  expect((await accountOf('late', asPerson('late'))).status).toBe(503);
});

test('nobody gets that of another handset, not even an administrator’s token', async () => {
  expect((await accountOf('jan', asPerson('eva'))).status).toBe(403);
  expect((await accountOf('eva', asAdmin)).status).toBe(403);
  expect((await accountOf('eva', {})).status).toBe(401);
});

test('a handset for desk phones has no account for browsers', async () => {
  expect((await accountOf('desk', asPerson('petr'))).status).toBe(409);
});

test('servers for the audio are for the own handset, and for any one with a token that may call', async () => {
  const servers = (handset: string, headers: Record<string, string>) =>
    fetch(`${http.url}/api/v1/handsets/${handset}/ice-servers`, { method: 'POST', headers });
  expect(await (await servers('eva', asPerson('eva'))).json()).toEqual(TURN_OF_EVA);
  expect(await (await servers('eva', asAdmin)).json()).toEqual(TURN_OF_EVA);
  expect((await servers('jan', asPerson('eva'))).status).toBe(403);
  expect((await servers('desk', asAdmin)).status).toBe(409);
  expect((await servers('eva', {})).status).toBe(401);
});
