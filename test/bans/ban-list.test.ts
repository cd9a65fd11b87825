import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BanList, MOST_BANS, type BanEvent, type BanSource } from '../../src/bans/ban-list.js';
import { BanStore } from '../../src/bans/ban-store.js';
import { Exemptions } from '../../src/bans/exemptions.js';
import { Failures } from '../../src/bans/failures.js';
import { bansSchema, type BansSettings } from '../../src/bans/schema.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.js';
import { openDatabase, type Database } from '../../src/storage/database.js';

const GUESSER = '192.0.2.7';
const FRONT = '192.0.2.10';

let db: Database;
let clock: VirtualClock;
let settings: BansSettings;
let inUse: string[];
let exemptions: Exemptions;
let events: BanEvent[];
let list: BanList;

function create(): BanList {
  exemptions = new Exemptions({
    db,
    allow: () => settings.allow,
    inUse: () => Promise.resolve(inUse),
    front: FRONT,
    clock,
    onError: (error) => expect.unreachable(String(error)),
  });
  const made = new BanList({
    store: new BanStore(db),
    failures: new Failures(clock),
    settings: () => settings,
    exemption: (address, manual) => exemptions.reasonFor(address, manual),
    clock,
    onError: (error) => expect.unreachable(String(error)),
  });
  made.onEvent((event) => events.push(event));
  return made;
}

beforeEach(async () => {
  db = await openDatabase(':memory:');
  clock = new VirtualClock(Date.parse('2026-11-21T10:00:00Z'));
  settings = bansSchema.parse({ failures: 5 });
  inUse = [];
  events = [];
  list = create();
  await list.start();
});
afterEach(async () => {
  await list.stop();
  await db.destroy();
});

async function guess(address = GUESSER, times = 5, source: BanSource = 'sip'): Promise<void> {
  for (let time = 0; time < times; time += 1) list.failed(address, source);
  await vi.waitFor(() => expect(events.length).toBeGreaterThan(0));
}

describe('an address that guesses', () => {
  it('is banned after the limit, and no longer once the ban has ended', async () => {
    for (let time = 0; time < 4; time += 1) list.failed(GUESSER, 'sip');
    expect(list.active).toEqual([]);
    await guess(GUESSER, 1);
    expect(list.find(GUESSER)).toMatchObject({ cause: 'guessing', source: 'sip', times: 1 });
    clock.advanceBy(10 * MINUTE_MS);
    expect(list.find(GUESSER)).toBeUndefined();
    expect(events.map(({ type }) => type)).toEqual(['banned', 'lifted']);
  });

  it('that has failed seldom is not banned', () => {
    for (let time = 0; time < 50; time += 1) {
      list.failed(GUESSER, 'http');
      clock.advanceBy(3 * MINUTE_MS);
    }
    expect(events).toEqual([]);
  });

  it('is banned four times as long each time, at most as long as the settings say', async () => {
    const lengths: number[] = [];
    for (let time = 0; time < 7; time += 1) {
      events = [];
      await guess();
      const { since, until } = list.find(GUESSER) ?? expect.unreachable();
      lengths.push((until! - since) / MINUTE_MS);
      clock.advanceBy(until! - since);
    }
    expect(lengths).toEqual([10, 40, 160, 640, 2560, 10_080, 10_080]);
    clock.advanceBy(169 * HOUR_MS);
    events = [];
    await guess('192.0.2.8');
    await guess();
    expect(list.find(GUESSER)?.times).toBe(1);
  });

  it('is still banned after a restart, and its next ban is longer', async () => {
    await guess();
    await list.stop();
    list = create();
    await list.start();
    const { until, since } = list.find(GUESSER) ?? expect.unreachable();
    clock.advanceBy(until! - since);
    events = [];
    await guess();
    expect(list.find(GUESSER)?.times).toBe(2);
  });

  it('counts as its /64 network when it has an IPv6 address', async () => {
    for (let host = 1; host <= 5; host += 1) list.failed(`2001:db8::${host}`, 'http');
    await vi.waitFor(() => expect(list.active.map(({ address }) => address)).toEqual(['2001:db8:0:0::/64']));
  });
});

describe('guesses over UDP, whose address may be forged', () => {
  it('ban for SIP only, always for the time of a first ban', async () => {
    for (let time = 0; time < 3; time += 1) {
      events = [];
      await guess(GUESSER, 5, 'sip_udp');
      const { since, until } = list.find(GUESSER) ?? expect.unreachable();
      expect(until! - since).toBe(10 * MINUTE_MS);
      expect(list.findForHttp(GUESSER)).toBeUndefined();
      clock.advanceBy(10 * MINUTE_MS);
    }
  });

  it('do not count together with proven ones, which ban for HTTP too', async () => {
    for (let time = 0; time < 4; time += 1) {
      list.failed(GUESSER, 'http');
      list.failed(GUESSER, 'sip_udp');
    }
    expect(events).toEqual([]);
    await guess(GUESSER, 1, 'sip_udp');
    events = [];
    await guess(GUESSER, 1, 'http');
    expect(list.findForHttp(GUESSER)).toMatchObject({ source: 'http', times: 1 });
  });
});

describe('an address that is not banned, whatever comes from it', () => {
  it.each([
    ['this machine', () => '127.0.0.1'],
    ['the proxy in front of Asterisk', () => FRONT],
    ['the allow list', () => ((settings = { ...settings, allow: ['192.0.2.0/24'] }), GUESSER)],
    ['an IPv6 address of the allow list', () => ((settings = { ...settings, allow: ['2001:db8::7'] }), '2001:db8::9')],
    ['somebody has logged in there', () => (exemptions.proved(GUESSER), GUESSER)],
    ['a registered phone', () => (inUse.push(GUESSER), GUESSER)],
    ['a network of a trunk', () => (inUse.push('192.0.2.0/28'), GUESSER)],
    ['an IPv6 network of a trunk', () => (inUse.push('2001:db8::/32'), '2001:db8:0:9::/64')],
  ])('%s: the guesses are reported once', async (_what, prepare) => {
    await guess(prepare());
    expect(list.active).toEqual([]);
    expect(events).toEqual([expect.objectContaining({ type: 'guessing' })]);
  });

  it('a login counts over a restart', async () => {
    exemptions.proved(GUESSER);
    await exemptions.stop();
    list = create();
    await exemptions.start();
    await guess();
    expect(list.active).toEqual([]);
  });

  it('a login of long ago no longer counts', async () => {
    exemptions.proved(GUESSER);
    clock.advanceBy(8 * 24 * HOUR_MS);
    await guess();
    expect(list.find(GUESSER)).toBeDefined();
  });
});

describe('a person', () => {
  it('bans an address without an end, also one where somebody has logged in, and lifts it; it begins anew', async () => {
    exemptions.proved(GUESSER);
    await list.ban(GUESSER, { note: 'scanner' });
    clock.advanceBy(10_000 * HOUR_MS);
    expect(list.find(GUESSER)).toMatchObject({ until: null, cause: 'manual', note: 'scanner' });
    expect(await list.lift(GUESSER)).toBeDefined();
    expect(await list.lift(GUESSER)).toBeUndefined();
    await guess();
    expect(list.find(GUESSER)?.times).toBe(1);
  });

  it('cannot ban this machine or an allowed address', async () => {
    settings = { ...settings, allow: [GUESSER] };
    expect(await list.ban(GUESSER, { note: '' })).toBe('it is in bans/allow');
    expect(await list.ban('127.0.0.1', { note: '' })).toBe('it is an address of this machine');
  });

  it('who allows an address, or turns bans off, ends automatic bans', async () => {
    await guess();
    await guess('192.0.2.8');
    await list.ban('192.0.2.9', { note: '' });
    settings = { ...settings, allow: [GUESSER] };
    await list.applySettings();
    expect(list.active.map(({ address }) => address).sort()).toEqual(['192.0.2.8', '192.0.2.9']);
    settings = { ...settings, automatic: false };
    await list.applySettings();
    expect(list.active.map(({ address }) => address)).toEqual(['192.0.2.9']);
  });
});

it('there are never more bans than Asterisk can look through', async () => {
  await list.ban(GUESSER, { note: '' });
  for (let host = 0; host < MOST_BANS + 5; host += 1)
    await list.ban(`10.0.${host >> 8}.${host & 255}`, { forMs: (host + 1) * MINUTE_MS, note: '' });
  expect(list.active.length).toBe(MOST_BANS);
  expect(list.find(GUESSER)).toBeDefined();
  expect(list.find('10.0.0.0')).toBeUndefined();
});
