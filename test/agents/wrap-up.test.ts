import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentLoginSync } from '../../src/agents/agent-login-sync.js';
import { LoginHistory } from '../../src/agents/login-history.js';
import { MembershipStore } from '../../src/agents/membership-store.js';
import { Operators } from '../../src/agents/operators.js';
import { WrapUp } from '../../src/agents/wrap-up.js';
import { companySchema } from '../../src/company/company.js';
import { QueueProvisioner } from '../../src/directory/queue-provisioner.js';
import { createLogger } from '../../src/lib/logger.js';
import { FakeAsterisk } from '../../src/simulator/fake-asterisk.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';

/** The wrap-up time of an operator, ended and extended. */

const NOON = Date.parse('2026-11-21T11:00:00Z');
const MINUTE = 60_000;
const logger = createLogger({ level: 'silent' });
const company = companySchema.parse({
  version: 1,
  handsets: [{ name: 'a1' }, { name: 'a2' }],
  queues: [
    { id: 1, name: 'Sales', handsets: ['a1', 'a2'], wrap_up: 30 },
    { id: 2, name: 'Store', handsets: ['a1', 'a2'], strategy: 'linear' },
  ],
  pause_reasons: ['oběd'],
});

/** A gateway's part of it, as it is from one start to the next. */
class Life {
  readonly logins: AgentLoginSync;
  readonly operators: Operators;
  readonly wrapUp: WrapUp;
  readonly queues: QueueProvisioner;
  readonly failures: unknown[] = [];

  constructor() {
    const store = new MembershipStore(db, 'main');
    const directory = () => company;
    const onOrderChanged = () => void this.queues.reconcile();
    this.logins = new AgentLoginSync({ asterisk, store, directory, clock, logger });
    const sounds = { music: () => Promise.resolve([]), prompts: () => Promise.resolve([]) };
    this.queues = new QueueProvisioner({ asterisk, company: directory, logins: this.logins, sounds, logger });
    this.operators = new Operators({ asterisk, logins: this.logins, directory, onOrderChanged, clock });
    const onError = (error: unknown) => this.failures.push(error);
    this.wrapUp = new WrapUp({ asterisk, logins: this.logins, store, directory, onOrderChanged, clock, onError });
  }

  async start(): Promise<this> {
    await this.logins.start();
    this.queues.start();
    await this.queues.reconcile();
    this.wrapUp.start();
    return this;
  }

  async stop(): Promise<void> {
    this.wrapUp.stop();
    await this.queues.stop();
    await this.logins.stop();
    expect(this.failures).toEqual([]);
  }
}

let db: Database;
let asterisk: FakeAsterisk;
let clock: VirtualClock;
let life: Life;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  clock = new VirtualClock(NOON);
  asterisk = new FakeAsterisk({ clock, durationOf: () => undefined });
  asterisk.start();
  life = await new Life().start();
});
afterEach(async () => {
  await life.stop();
  await asterisk.stop();
  await db.destroy();
});

/** Takes a call of the first queue, which ends one second after noon. */
async function takesCall(name = 'a1'): Promise<void> {
  const account = { name, password: 'x', displayName: '', language: 'cs', maxContacts: 1, webrtc: false };
  await asterisk.putHandset(account);
  asterisk.register(account);
  asterisk.setCallee(`PJSIP/${name}`, { type: 'answers', afterMs: 10 });
  const channelId = asterisk.incomingCall({ from: '1', to: '2' });
  const visit = { visitId: 'v', queue: 1, waitS: 60, exitKey: null, once: false, shownNumber: null };
  await asterisk.enqueue({ channelId, ...visit });
  clock.advanceBy(1000);
  asterisk.handsetHangsUp(channelId);
}

/** What was started by a timer is done. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await life.logins.runExclusive(() => Promise.resolve());
  }
}

const queuesOf = async (name = 'a1') =>
  (await life.operators.list()).find(({ handset }) => handset === name)?.queues ?? [];
const inWrapUp = async () => (await queuesOf()).map(({ wrapUpUntil }) => wrapUpUntil && wrapUpUntil - NOON);
const pausesInAsterisk = async () =>
  (await asterisk.listQueues()).map(({ members }) => members.find(({ handset }) => handset === 'a1')?.pauseReason);
const history = async () => {
  const { events } = await new LoginHistory(db).list({ limit: 50 });
  return events.reverse().map(({ queue, event, reason, by }) => [queue, event, reason, by].join(' '));
};

test('"ready now" ends it in all queues, and keeps the order of the handsets', async () => {
  await takesCall();
  expect(await inWrapUp()).toEqual([31_000, 31_000]);
  await life.wrapUp.end('a1', '@eva');
  await settled();
  expect(await inWrapUp()).toEqual([null, null]);
  const members = (await asterisk.listQueues()).find(({ id }) => id === 2)?.members;
  expect(members?.map(({ handset }) => handset)).toEqual(['a1', 'a2']);
  expect(await history()).toEqual([]);
  await life.wrapUp.end('a1');
});

test('"more time" is a pause with an end, up to ten minutes after the call', async () => {
  await takesCall();
  await life.wrapUp.extend('a1', '@eva');
  expect(await inWrapUp()).toEqual([31_000 + MINUTE, 31_000 + MINUTE]);
  expect((await queuesOf())[0]).toMatchObject({ state: 'wrap_up', paused: true, pauseReason: 'wrap_up' });
  for (let times = 0; times < 9; times += 1) await life.wrapUp.extend('a1', '@eva');
  expect(await inWrapUp()).toEqual([1000 + 10 * MINUTE, 1000 + 10 * MINUTE]);
  await expect(life.wrapUp.extend('a1')).rejects.toMatchObject({ why: 'wrap_up_limit' });
  clock.advanceBy(9 * MINUTE);
  await settled();
  expect(await pausesInAsterisk()).toEqual(['wrap_up', 'wrap_up']);
  clock.advanceBy(MINUTE);
  await settled();
  expect(await pausesInAsterisk()).toEqual(['', '']);
  expect(await history()).toEqual([
    '1 paused wrap_up @eva',
    '2 paused wrap_up @eva',
    '1 unpaused  gateway',
    '2 unpaused  gateway',
  ]);
});

test('an extension ends by "ready now", and when the pause is ended', async () => {
  await takesCall();
  await life.wrapUp.extend('a1');
  await life.wrapUp.end('a1');
  await settled();
  expect([await inWrapUp(), await pausesInAsterisk()]).toEqual([
    [null, null],
    ['', ''],
  ]);
  await expect(life.wrapUp.extend('a1')).rejects.toMatchObject({ why: 'not_in_wrap_up' });
});

test('a pause for another reason stays when an extension would have ended', async () => {
  await takesCall();
  await life.wrapUp.extend('a1');
  await life.operators.pause('a1', 'oběd');
  clock.advanceBy(5 * MINUTE);
  await settled();
  expect(await pausesInAsterisk()).toEqual(['oběd', 'oběd']);
});

test('an extension ends after a restart of the gateway, and after a lost link', async () => {
  await takesCall();
  await life.wrapUp.extend('a1');
  await life.stop();
  life = await new Life().start();
  expect(await pausesInAsterisk()).toEqual(['wrap_up', 'wrap_up']);
  asterisk.dropLink();
  clock.advanceBy(3 * MINUTE);
  await settled();
  asterisk.restoreLink();
  clock.advanceBy(6000);
  await settled();
  expect(await pausesInAsterisk()).toEqual(['', '']);
});

test('an extension that was not stored before a crash ends, too', async () => {
  await asterisk.pauseMember(1, 'a1', 'wrap_up');
  await settled();
  expect((await queuesOf())[0]).toMatchObject({ paused: true, pauseReason: 'wrap_up' });
  clock.advanceBy(2 * MINUTE);
  await settled();
  expect((await pausesInAsterisk())[0]).toBe('');
});
