import { expect, test } from 'vitest';
import { acceptedLanguages } from '../../src/http/languages.js';
import { RateLimit } from '../../src/http/rate-limit.js';
import { Sessions, type Session, type SessionStore } from '../../src/http/sessions.js';
import { adminToken, TokenList, type Tokens } from '../../src/http/tokens.js';

const HOUR_MS = 3_600_000;

function sessionsOf(tokens: Tokens, more: { secureCookie?: boolean; store?: SessionStore } = {}) {
  const clock = { at: 1_000_000, now: () => clock.at, wakeAt: () => () => undefined };
  const sessions = new Sessions({
    tokens,
    lifetimeMs: HOUR_MS,
    idleMs: HOUR_MS / 2,
    secureCookie: false,
    clock,
    ...more,
  });
  return { sessions, clock };
}

const tokens = new TokenList([adminToken('first token')]);

function cookieOf(setCookie: string | undefined): string {
  return setCookie!.split(';')[0]!;
}

test('a session is for its time', () => {
  const { sessions, clock } = sessionsOf(tokens);
  const cookie = cookieOf(sessions.begin('first token'));
  expect(sessions.identify(`other=1; ${cookie}`)?.name).toBe('admin');
  for (const after of [HOUR_MS / 2 - 1, HOUR_MS / 2 - 1, 1]) {
    clock.at += after;
    expect(sessions.identify(cookie)).toBeDefined();
  }
  clock.at += 1;
  expect(sessions.identify(cookie)).toBeUndefined();
});

test('an idle session ends sooner', () => {
  const { sessions, clock } = sessionsOf(tokens);
  const cookie = cookieOf(sessions.begin('first token'));
  clock.at += HOUR_MS / 2;
  expect(sessions.identify(cookie)).toBeUndefined();
});

test('the cookie is out of reach of scripts and other sites', () => {
  const { sessions } = sessionsOf(tokens, { secureCookie: true });
  expect(sessions.begin('first token')).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
  expect(sessions.begin('first token')).not.toContain('first token');
});

test('nothing in a cookie can be changed', () => {
  const { sessions } = sessionsOf(tokens);
  const cookie = cookieOf(sessions.begin('first token'));
  for (let at = cookie.indexOf('=') + 1; at < cookie.length; at += 1) {
    const changed = cookie.slice(0, at) + (cookie[at] === 'A' ? 'B' : 'A') + cookie.slice(at + 1);
    expect(sessions.identify(changed), changed).toBeUndefined();
  }
  expect(sessions.identify('cordboard_session=ěšč.a.9999999999999.é')).toBeUndefined();
  expect(sessions.identify('cordboard_session=')).toBeUndefined();
});

test('a session outlives the process; it ends with its token, and when it is logged out', async () => {
  const stored = new Map<string, Session>();
  const store: SessionStore = {
    load: () => Promise.resolve([...stored.values()]),
    begin: (session) => void stored.set(session.id, session),
    touch: (session) => void stored.set(session.id, session),
    remove: (id) => void stored.delete(id),
  };
  const cookie = cookieOf(sessionsOf(tokens, { store }).sessions.begin('first token'));
  expect(JSON.stringify([...stored.values()])).not.toContain(cookie.split('=')[1]);
  const { sessions } = sessionsOf(tokens, { store });
  await sessions.start();
  expect(sessions.identify(cookie)?.name).toBe('admin');
  expect(sessions.end(cookie)).toContain('Max-Age=0');
  expect(sessions.identify(cookie)).toBeUndefined();
  expect(stored.size).toBe(0);

  const other = cookieOf(sessions.begin('first token'));
  const { sessions: withAnother } = sessionsOf(new TokenList([adminToken('another token')]), { store });
  await withAnother.start();
  expect(withAnother.identify(other)).toBeUndefined();
  expect(stored.size).toBe(0);
});

test('a wrong token starts no session', () => {
  expect(sessionsOf(tokens).sessions.begin('first tokem')).toBeUndefined();
  expect(tokens.verify('')).toBeUndefined();
});

test('a bucket gives its burst, then its rate, and says how long to wait', () => {
  const clock = { at: 0, now: () => clock.at, wakeAt: () => () => undefined };
  const limit = new RateLimit({ perSecond: 2, burst: 3, clock });
  expect([1, 2, 3].map(() => limit.take('a'))).toEqual([0, 0, 0]);
  expect(limit.take('a')).toBe(1);
  expect(limit.take('b')).toBe(0);
  clock.at += 500;
  expect([limit.take('a'), limit.take('a')]).toEqual([0, 1]);
  clock.at += 60_000;
  expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([0, 0, 0, 1]);
});

test('a bucket loses nothing when the clock is set back', () => {
  const clock = { at: 7_200_000, now: () => clock.at, wakeAt: () => () => undefined };
  const limit = new RateLimit({ perSecond: 2, burst: 3, clock });
  limit.take('a');
  clock.at -= 3_600_000;
  expect([1, 2, 3].map(() => limit.take('a'))).toEqual([0, 0, 1]);
  clock.at += 500;
  expect(limit.take('a')).toBe(0);
});

test('buckets of addresses without end: the one used longest ago is forgotten, the busy ones are not', () => {
  const clock = { now: () => 0, wakeAt: () => () => undefined };
  const limit = new RateLimit({ perSecond: 1, burst: 2, clock }, 3);
  expect([limit.take('busy'), limit.take('busy'), limit.take('idle'), limit.take('idle')]).toEqual([0, 0, 0, 0]);
  for (let stranger = 0; stranger < 100; stranger += 1) {
    expect(limit.take(`stranger ${stranger}`)).toBe(0);
    expect(limit.take('busy')).toBe(1);
  }
  expect(limit.take('idle')).toBe(0);
});

test.each([
  ['cs-CZ,cs;q=0.9,en;q=0.8', null, ['cs', 'en']],
  ['en;q=0.1, ru', null, ['ru', 'en']],
  ['en', 'cs', ['cs', 'en']],
  ['*;q=0.5, en;q=0', null, []],
  [undefined, '../', []],
])('languages of %s, chosen %s', (header, chosen, expected) => {
  expect(acceptedLanguages(header, chosen)).toEqual(expected);
});
