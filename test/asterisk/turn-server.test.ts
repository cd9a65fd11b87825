import { afterAll, beforeAll, expect, test } from 'vitest';
import { iceServersFor } from '../../src/directory/ice-servers.js';
import { freePort } from '../support/ports.js';
import { askForRelay, type TurnAccount } from '../support/turn-client.js';
import { startTurnServer, type StopTurnServer } from '../support/turn-server.js';

/** The shipped TURN server with the credentials that the gateway makes. */

const SECRET = 'the-secret-of-both-servers';
const ASTERISK = '198.51.100.7';
const DAY_MS = 86_400_000;
let port: number;
let stop: StopTurnServer;

beforeAll(async () => {
  port = await freePort();
  stop = await startTurnServer({
    TURN_SECRET: SECRET,
    TURN_PORT: String(port),
    LOCAL_ADDRESS: '127.0.0.1',
    TURN_PEERS: ASTERISK,
  });
});

afterAll(() => stop());

function account(madeAt: number, turnSecret = SECRET): TurnAccount {
  const settings = { stunUrls: [], turnUrls: [`turn:127.0.0.1:${port}`], turnSecret };
  const { username = '', credential = '' } = iceServersFor('eva', settings, madeAt).ice_servers[0] ?? {};
  return { username, credential };
}

test('relays to Asterisk, and to nothing else', async () => {
  const elsewhere = ['127.0.0.1', '10.0.0.1', '192.168.1.1', '169.254.169.254', '198.51.100.8', '8.8.8.8', '0.0.0.0'];
  const [relay, toAsterisk, ...others] = await askForRelay(port, account(Date.now()), [ASTERISK, ...elsewhere]);
  expect([relay, toAsterisk]).toEqual(['granted', 'granted']);
  expect(others).toEqual(elsewhere.map(() => 403));
});

test('refuses credentials that have expired, that were prolonged, or that another secret made', async () => {
  const expired = account(Date.now() - DAY_MS - 10_000);
  expect(await askForRelay(port, expired, [])).toEqual([401]);
  const { username } = account(Date.now());
  expect(await askForRelay(port, { ...expired, username }, [])).toEqual([401]);
  expect(await askForRelay(port, account(Date.now(), 'another secret of a server'), [])).toEqual([401]);
});

test('a handset has a limited number of relays', async () => {
  const answers: unknown[] = [];
  for (let relay = 0; relay < 20; relay += 1) answers.push((await askForRelay(port, account(Date.now()), []))[0]);
  expect(answers[0]).toBe('granted');
  // 486: the quota is reached.
  expect(answers.at(-1)).toBe(486);
});
