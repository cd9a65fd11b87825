import { beforeEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { ShortLivedAccounts, type PhoneHolder } from '../../src/webphone/short-lived-accounts.js';
import { digestAnswer } from '../support/sip/digest.js';

/** Credentials that the relay exchanges for the permanent ones of the handset. */

const MINUTES = 60_000;
const CHALLENGE = 'Digest realm="asterisk",nonce="1/abc",opaque="0a",algorithm=MD5,qop="auth"';
const EVA: PhoneHolder = { handset: 'eva', operator: 1 };

let clock: VirtualClock;
let permanent: string | undefined;
let isHolder: boolean;
let accounts: ShortLivedAccounts;

beforeEach(() => {
  clock = new VirtualClock(Date.UTC(2026, 0, 1));
  permanent = 'the permanent password';
  isHolder = true;
  accounts = new ShortLivedAccounts({ clock, passwordOf: () => permanent, isHolder: () => isHolder });
});

const request = { method: 'REGISTER', uri: 'sip:pbx.example' };

function issued(holder = EVA): { user: string; password: string } {
  const account = accounts.issue(holder);
  if (account === undefined) throw new Error('no account');
  return { user: account.authorizationUser, password: account.password };
}

function register(account: { user: string; password: string }, challenge = CHALLENGE): string {
  const lines = [
    `REGISTER ${request.uri} SIP/2.0`,
    'From: <sip:eva@pbx.example>;tag=1',
    `Authorization: ${digestAnswer(challenge, request, account)}`,
    'Content-Length: 0',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

const fieldsOf = (message: string) =>
  Object.fromEntries(
    [...(/Authorization: Digest (.*)/.exec(message)?.[1] ?? '').matchAll(/(\w+)="?([^",]*)"?/g)].map((match) => [
      match[1],
      match[2],
    ]),
  ) as Record<string, string>;

test.each([
  ['with qop', CHALLENGE],
  ['without qop', 'Digest realm="asterisk",nonce="1/abc"'],
])('a request arrives with the credentials of the handset, %s', (_, challenge) => {
  const admitted = accounts.admit(register(issued(), challenge));
  const expected = fieldsOf(register({ user: 'eva', password: permanent! }, challenge));
  expect(fieldsOf(admitted?.message ?? '')).toEqual(expected);
  expect(admitted?.account).toMatchObject(EVA);
  expect(admitted?.message).not.toContain('~');
});

describe('not admitted', () => {
  test('the permanent credentials: they pass to Asterisk as they are', () => {
    expect(accounts.admit(register({ user: 'eva', password: permanent! }))).toBeUndefined();
  });

  test('after half an hour', () => {
    const account = issued();
    clock.advanceBy(29 * MINUTES);
    expect(accounts.admit(register(account))).toBeDefined();
    clock.advanceBy(MINUTES);
    expect(accounts.admit(register(account))).toBeUndefined();
  });

  test('after a new permanent password, or without a handset', () => {
    const account = issued();
    permanent = 'another one';
    expect(accounts.admit(register(account))).toBeUndefined();
    permanent = undefined;
    expect(accounts.admit(register(account))).toBeUndefined();
    expect(accounts.issue(EVA)).toBeUndefined();
  });

  test('when the handset belongs to somebody else', () => {
    const account = issued();
    const admitted = accounts.admit(register(account));
    isHolder = false;
    expect(accounts.admit(register(account))).toBeUndefined();
    expect(accounts.isValid(admitted!.account)).toBe(false);
  });

  test('a changed name, expiry, operator or session', () => {
    const { user, password } = issued({ ...EVA, session: 'a' });
    const [handset, operator, expiry, session] = user.split('~');
    const changed = [
      ['jan', operator, expiry, session],
      [handset, '2', expiry, session],
      [handset, operator, 'zzzzzzzz', session],
      [handset, operator, expiry, ''],
    ];
    for (const parts of changed) expect(accounts.admit(register({ user: parts.join('~'), password }))).toBeUndefined();
    expect(accounts.admit(register({ user, password: 'guessed' }))).toBeUndefined();
  });

  test('credentials that could be read in two ways, or of another kind', () => {
    const message = register(issued());
    const line = /Authorization: .*/.exec(message)?.[0] ?? '';
    for (const hostile of [
      message.replace(line, `${line}\r\nProxy-${line}`),
      message.replace('username=', 'username="jan", username='),
      message.replace('algorithm=MD5', 'algorithm=SHA-256'),
      message.replace('qop=auth', 'qop=auth-int'),
      message.replace('Digest', 'Bearer'),
      message.replace('realm="asterisk"', String.raw`realm="aste\"risk"`),
    ]) {
      expect(hostile).not.toBe(message);
      expect(accounts.admit(hostile)).toBeUndefined();
    }
  });
});

test('a second account of the same operator is a renewal; that of another one is not', () => {
  expect(accounts.issue(EVA)?.isRenewal).toBe(false);
  expect(accounts.issue(EVA)?.isRenewal).toBe(true);
  expect(accounts.issue({ ...EVA, operator: 2 })?.isRenewal).toBe(false);
  clock.advanceBy(31 * MINUTES);
  expect(accounts.issue({ ...EVA, operator: 2 })?.isRenewal).toBe(false);
});
