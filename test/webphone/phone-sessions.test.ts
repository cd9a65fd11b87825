import { beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../src/accounts/roles.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import type { PhoneGrant } from '../../src/webphone/phone-grant.js';
import { holderOf } from '../../src/webphone/phone-identity.js';
import { PhoneSessions, type PhoneSession } from '../../src/webphone/phone-sessions.js';
import { PhoneTokens } from '../../src/webphone/phone-tokens.js';

/** Tokens and sessions of embedded phones: how long they live, and what ends them. */

const MINUTES = 60_000;
const ORIGIN = 'https://shop.example';
const GRANT: PhoneGrant = {
  handset: 'eva',
  operator: 1,
  origin: ORIGIN,
  issuer: { name: 'shop', fingerprint: 'abc' },
};

let clock: VirtualClock;
let stored: Map<string, PhoneSession>;
let people: { id: number; login: string; role: Role; handset?: string | undefined }[];
let listed: string[];
let fingerprint: string | undefined;
let isForBrowsers: boolean;

beforeEach(() => {
  clock = new VirtualClock(Date.UTC(2026, 0, 1));
  stored = new Map();
  people = [{ id: 1, login: 'eva', role: 'admin', handset: 'eva' }];
  listed = [ORIGIN];
  fingerprint = 'abc';
  isForBrowsers = true;
});

function sessions(): PhoneSessions {
  const rules = {
    operators: () => people,
    roles: () => ({ supervisor: { numbers: false } }),
    isForBrowsers: () => isForBrowsers,
    isListed: (origin: string) => listed.includes(origin),
    named: () => (fingerprint === undefined ? undefined : { fingerprint }),
  };
  return new PhoneSessions({
    clock,
    store: {
      load: () => Promise.resolve([...stored.values()]),
      put: (session) => void stored.set(session.id, session),
      remove: (id) => void stored.delete(id),
    },
    holderOf: (grant) => holderOf(grant, rules),
  });
}

describe('tokens', () => {
  test('open a phone once', () => {
    const tokens = new PhoneTokens(clock);
    const { token, expiresAt } = tokens.issue(GRANT);
    expect(expiresAt).toBe(clock.now() + 5 * MINUTES);
    expect(tokens.redeem('guessed')).toBeUndefined();
    expect(tokens.redeem(token)).toEqual(GRANT);
    expect(tokens.redeem(token)).toBeUndefined();
  });

  test('end after five minutes', () => {
    const tokens = new PhoneTokens(clock);
    const [first, second] = [tokens.issue(GRANT), tokens.issue(GRANT)];
    clock.advanceBy(5 * MINUTES - 1);
    expect(tokens.redeem(first.token)).toEqual(GRANT);
    clock.advanceBy(1);
    expect(tokens.redeem(second.token)).toBeUndefined();
  });

  test('a flood of them ends the oldest ones', () => {
    const tokens = new PhoneTokens(clock);
    const first = tokens.issue(GRANT);
    for (let index = 0; index < 10_000; index += 1) tokens.issue(GRANT);
    expect(tokens.redeem(first.token)).toBeUndefined();
  });
});

test('the holder is the operator with the rights of a phone only', () => {
  const open = sessions();
  const { token } = open.begin(GRANT)!;
  const who = open.verify(token);
  expect(who).toMatchObject({ name: 'eva', operator: { id: 1, handset: 'eva' } });
  expect([...who!.scopes].sort()).toEqual(['monitor:read', 'numbers:read', 'operators:read']);
  people = [{ ...people[0]!, role: 'supervisor' }];
  expect(open.verify(token)?.scopes).not.toContain('numbers:read');
  expect(JSON.stringify([...stored])).not.toContain(token);
});

test('lives for ten minutes, with renewals for twelve hours', () => {
  const open = sessions();
  const { token } = open.begin(GRANT)!;
  const id = open.verify(token)!.phoneSession!;
  clock.advanceBy(10 * MINUTES);
  expect(open.verify(token)).toBeUndefined();
  expect(open.renew(id)).toBeUndefined();
  const second = open.begin(GRANT)!;
  const renewed = open.verify(second.token)!.phoneSession!;
  for (let minutes = 0; minutes < 12 * 60; minutes += 9) {
    expect(open.renew(renewed)).toBeDefined();
    clock.advanceBy(9 * MINUTES);
  }
  expect(open.renew(renewed)).toBeUndefined();
  expect(open.verify(second.token)).toBeUndefined();
});

test('goes on after a restart of the gateway; ended ones are forgotten', async () => {
  const before = sessions();
  const { token } = before.begin(GRANT)!;
  before.begin(GRANT);
  before.end(before.verify(token)!.phoneSession!);
  const third = before.begin(GRANT)!;
  const after = sessions();
  await after.start();
  expect(after.verify(third.token)).toBeDefined();
  expect(after.verify(token)).toBeUndefined();
  clock.advanceBy(11 * MINUTES);
  await sessions().start();
  expect(stored.size).toBe(0);
});

describe('ends at once', () => {
  const causes: [string, () => void][] = [
    ['when the person is removed', () => (people = [])],
    ['when the handset belongs to somebody else', () => (people = [{ ...people[0]!, handset: undefined }])],
    ['when the handset is no longer for browsers', () => (isForBrowsers = false)],
    ['when the origin is removed', () => (listed = [])],
    ['when the API token is revoked', () => (fingerprint = undefined)],
    ['when another API token has its name', () => (fingerprint = 'other')],
  ];
  test.each(causes)('%s', (_, cause) => {
    const open = sessions();
    const { token } = open.begin(GRANT)!;
    const session = open.verify(token)!.phoneSession;
    const holder = { handset: 'eva', operator: 1, session };
    expect(open.isOpen(holder)).toBe(true);
    cause();
    expect(open.verify(token)).toBeUndefined();
    expect(open.isOpen(holder)).toBe(false);
    expect(open.renew(session!)).toBeUndefined();
    expect(open.begin(GRANT)).toBeUndefined();
  });
});
