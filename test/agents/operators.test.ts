import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { QueueProvisioner } from '../../src/directory/queue-provisioner.js';
import { createLogger } from '../../src/lib/logger.js';
import { companySchema, type Company } from '../../src/company/company.js';
import { AgentLoginSync } from '../../src/agents/agent-login-sync.js';
import { LoginHistory } from '../../src/agents/login-history.js';
import { purgeLoginEvents } from '../../src/agents/purge-login-events.js';
import { Operators } from '../../src/agents/operators.js';
import { MembershipStore } from '../../src/agents/membership-store.js';
import { FakeAsterisk } from '../../src/simulator/fake-asterisk.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';

const logger = createLogger({ level: 'silent' });
const NOON = Date.parse('2026-11-21T11:00:00Z');

const COMPANY = companySchema.parse({
  version: 1,
  handsets: [{ name: 'a1' }, { name: 'a2', max_contacts: 2 }, { name: 'a3' }],
  queues: [
    { id: 1, name: 'Sales', handsets: ['a1', 'a2'], wrap_up: 30 },
    { id: 2, name: 'Store', handsets: ['a2', 'a3'], strategy: 'linear' },
    { id: 3, name: 'Night', handsets: ['a1'], starts_logged_out: true },
  ],
  operators: [{ id: 5, login: 'jana@shop.example', name: 'Jana', handset: 'a1' }],
  pause_reasons: ['oběd', 'porada'],
});

/** A gateway's part of it, as it is from one start to the next. */
class Life {
  readonly book: AgentLoginSync;
  readonly keeper: QueueProvisioner;
  readonly operators: Operators;

  constructor(db: Database, asterisk: FakeAsterisk, clock: VirtualClock, company: () => Company, node = 'main') {
    this.book = new AgentLoginSync({
      asterisk,
      store: new MembershipStore(db, node),
      directory: company,
      clock,
      logger,
    });
    const sounds = { music: () => Promise.resolve([]), prompts: () => Promise.resolve([]) };
    this.keeper = new QueueProvisioner({ asterisk, company, logins: this.book, sounds, logger });
    const outOfOrder = () => void this.keeper.reconcile();
    this.operators = new Operators({
      asterisk,
      logins: this.book,
      directory: company,
      onOrderChanged: outOfOrder,
      clock,
    });
  }

  async start(): Promise<this> {
    await this.book.start();
    this.keeper.start();
    await this.keeper.reconcile();
    return this;
  }

  async stop(): Promise<void> {
    await this.keeper.stop();
    await this.book.stop();
  }

  /** Whatever was under way is done. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.book.runExclusive(() => Promise.resolve());
    }
  }
}

let db: Database;
let asterisk: FakeAsterisk;
let clock: VirtualClock;
let company: Company;
let life: Life;

const newLife = async () => (life = await new Life(db, asterisk, clock, () => company).start());

beforeEach(async () => {
  db = await openDatabase(':memory:');
  clock = new VirtualClock(NOON);
  asterisk = new FakeAsterisk({ clock, durationOf: () => undefined });
  asterisk.start();
  company = structuredClone(COMPANY);
  await newLife();
});
afterEach(async () => {
  await life.stop();
  await asterisk.stop();
  await db.destroy();
});

/** Who is in a queue of Asterisk: `a1`, or `a1 (oběd)`. */
async function inAsterisk(id: number, of = asterisk): Promise<string[]> {
  const found = (await of.listQueues()).find((queue) => queue.id === id);
  return (found?.members ?? []).map(({ handset, paused, pauseReason }) =>
    paused ? `${handset} (${pauseReason})` : handset,
  );
}

const history = async () => {
  const { events } = await new LoginHistory(db).list({ limit: 50 });
  return events.reverse().map(({ handset, queue, event, reason, by }) => [handset, queue, event, reason, by].join(' '));
};
const standing = async (handset: string) =>
  (await life.operators.list())
    .find((one) => one.handset === handset)
    ?.queues.map(({ queue, loggedIn, pauseReason }) => `${queue} ${loggedIn ? 'in' : 'out'} ${pauseReason}`.trim());

describe('operators', () => {
  it('are logged in to begin with, unless their queue says otherwise', async () => {
    expect(await inAsterisk(1)).toEqual(['a1', 'a2']);
    expect(await inAsterisk(3)).toEqual([]);
    await life.operators.logIn('a1', [3]);
    expect(await inAsterisk(3)).toEqual(['a1']);
    expect(await standing('a1')).toEqual(['1 in', '3 in']);
  });

  it('log out, in, pause and go on; twice is once; all of it is in the history', async () => {
    await life.operators.logOut('a1', undefined, 'handset');
    await life.operators.logOut('a1', undefined, 'handset');
    expect(await inAsterisk(1)).toEqual(['a2']);
    await life.operators.logIn('a1', [1], 'admin');
    await life.operators.pause('a1', 'oběd', undefined, 'admin');
    await life.operators.pause('a1', 'oběd', undefined, 'admin');
    expect(await inAsterisk(1)).toEqual(['a2', 'a1 (oběd)']);
    expect(await standing('a1')).toEqual(['1 in oběd', '3 out']);
    await life.operators.pause('a1', 'porada', [1], 'admin');
    await life.operators.unpause('a1', undefined, 'admin');
    await life.operators.unpause('a1', undefined, 'admin');
    expect(await inAsterisk(1)).toEqual(['a2', 'a1']);
    expect(await history()).toEqual([
      'a1 1 logged_out  handset',
      'a1 1 logged_in  admin',
      'a1 1 paused oběd admin',
      'a1 1 paused porada admin',
      'a1 1 unpaused  admin',
    ]);
    const { events } = await new LoginHistory(db).list({ operator: 'jana@shop.example', since: NOON, limit: 2 });
    expect(events).toMatchObject([
      { event: 'unpaused', at: NOON },
      { event: 'paused', handset: 'a1' },
    ]);
  });

  it('are remembered for as long as their calls', async () => {
    await life.operators.logOut('a1', [1]);
    const job = purgeLoginEvents({ db, keepDays: () => 2 });
    expect(await job.run(NOON + 2 * 86_400_000)).toBe(0);
    expect(await job.run(NOON + 2 * 86_400_000 + 1)).toBe(1);
    expect(await history()).toEqual([]);
    expect(await standing('a1')).toEqual(['1 out', '3 out']);
  });

  it('are refused what makes no sense', async () => {
    await expect(life.operators.logIn('nobody')).rejects.toMatchObject({ why: 'unknown_handset' });
    await expect(life.operators.logOut('a1', [1, 2])).rejects.toMatchObject({ why: 'not_its_queue' });
    await expect(life.operators.pause('a1', 'siesta')).rejects.toMatchObject({ why: 'unknown_reason' });
    await expect(life.operators.pause('a1', '', [3])).rejects.toMatchObject({ why: 'not_logged_in' });
    await life.operators.logOut('a1');
    await expect(life.operators.pause('a1', 'oběd')).rejects.toMatchObject({ why: 'not_logged_in' });
    asterisk.dropLink();
    await expect(life.operators.logIn('a1')).rejects.toMatchObject({ reason: 'unavailable' });
    asterisk.restoreLink();
    await life.settled();
    expect(await inAsterisk(1)).toEqual(['a2']);
  });

  it('keep their place in a queue whose order counts', async () => {
    await life.operators.logOut('a2', [2]);
    await life.operators.logIn('a2', [2]);
    await life.keeper.reconcile();
    expect(await inAsterisk(2)).toEqual(['a2', 'a3']);
  });

  /** Somebody there takes a call of a queue, and hangs up after a second. */
  const takesCall = async (name: string, queue: number) => {
    const account = { name, password: 'x', displayName: '', language: 'cs', maxContacts: 1, webrtc: false };
    await asterisk.putHandset(account);
    asterisk.register(account);
    asterisk.setCallee(`PJSIP/${name}`, { type: 'answers', afterMs: 10 });
    const channelId = asterisk.incomingCall({ from: '1', to: '2' });
    await asterisk.enqueue({
      channelId,
      visitId: 'v',
      queue,
      waitS: 60,
      exitKey: null,
      once: false,
      shownNumber: null,
    });
    clock.advanceBy(1000);
    asterisk.handsetHangsUp(channelId);
  };

  it('have a wrap-up time after a call, with its end in the API', async () => {
    await takesCall('a1', 1);
    const [found] = await life.operators.list();
    expect(found).toMatchObject({ registered: true, contacts: [{ userAgent: 'test phone' }] });
    expect(found?.queues).toMatchObject([{ queue: 1, state: 'wrap_up', wrapUpUntil: NOON + 31_000 }, { queue: 3 }]);
    clock.advanceBy(30_000);
    expect((await life.operators.list())[0]?.queues[0]).toMatchObject({ state: 'free', wrapUpUntil: null });
  });

  it('are left in peace by their other queues, too, for as long as that of the call says', async () => {
    await takesCall('a2', 1);
    const standing = async () => (await life.operators.list())[1]?.queues.map(({ state }) => state);
    expect(await standing()).toEqual(['wrap_up', 'wrap_up']);
    clock.advanceBy(30_000);
    expect(await standing()).toEqual(['free', 'free']);
    await takesCall('a2', 2);
    // The first queue counts from any call, the second one has no such time.
    expect(await standing()).toEqual(['wrap_up', 'free']);
  });
});

describe('who is logged in', () => {
  it('stays logged in after a change of the configuration; a new handset starts with the default', async () => {
    await life.operators.logOut('a2');
    company.queues[0]!.handsets = ['a2', 'a3'];
    company.queues[0]!.weight = 3;
    await life.keeper.reconcile();
    expect(await inAsterisk(1)).toEqual(['a3']);
    company.queues[0]!.handsets = ['a3'];
    await life.keeper.reconcile();
    company.queues[0]!.handsets = ['a2', 'a3'];
    await life.keeper.reconcile();
    expect((await inAsterisk(1)).sort()).toEqual(['a2', 'a3']);
    expect(await history()).toEqual(['a2 1 logged_out  gateway', 'a2 2 logged_out  gateway']);
  });

  it('is learned of Asterisk when it was changed there', async () => {
    asterisk.console.pause(1, 'a1', 'siesta');
    await life.settled();
    expect(await standing('a1')).toEqual(['1 in siesta', '3 out']);
    asterisk.console.remove(1, 'a1');
    await life.settled();
    await life.keeper.reconcile();
    expect(await inAsterisk(1)).toEqual(['a2']);
    expect(await history()).toEqual(['a1 1 paused siesta asterisk', 'a1 1 logged_out  asterisk']);
  });

  it('is learned of Asterisk when the gateway, or its link, was away', async () => {
    await life.operators.logOut('a2', [1]);
    await life.stop();
    asterisk.console.remove(1, 'a1');
    asterisk.console.add(1, 'a2');
    await newLife();
    expect(await inAsterisk(1)).toEqual(['a2']);
    asterisk.dropLink();
    asterisk.console.pause(1, 'a2', 'oběd');
    asterisk.restoreLink();
    await life.settled();
    expect(await inAsterisk(1)).toEqual(['a2 (oběd)']);
    expect((await history()).slice(1)).toEqual([
      'a1 1 logged_out  asterisk',
      'a2 1 logged_in  asterisk',
      'a2 1 paused oběd asterisk',
    ]);
  });

  it('is put back when Asterisk has restarted without it', async () => {
    await life.operators.logOut('a1', [1]);
    await life.operators.pause('a2', 'oběd');
    const before = await history();
    asterisk.dropLink();
    asterisk.console.add(1, 'a1');
    asterisk.console.pause(1, 'a2', undefined);
    asterisk.restart();
    await life.settled();
    expect(await inAsterisk(1)).toEqual(['a2 (oběd)']);
    expect(await inAsterisk(2)).toEqual(['a2 (oběd)', 'a3']);
    expect(await history()).toEqual(before);
  });

  it('is that of its own node, also after a restart of either side', async () => {
    const other = new FakeAsterisk({ clock, durationOf: () => undefined });
    other.start();
    let there = await new Life(db, other, clock, () => company, 'b').start();
    await there.operators.pause('a2', 'porada');
    await life.operators.pause('a1', 'oběd');
    await life.operators.logOut('a2');
    const before = await history();
    await there.stop();
    there = await new Life(db, other, clock, () => company, 'b').start();
    expect(await inAsterisk(1, other)).toEqual(['a1', 'a2 (porada)']);
    other.dropLink();
    other.restart();
    await there.settled();
    expect(await inAsterisk(1, other)).toEqual(['a1', 'a2 (porada)']);
    expect(await inAsterisk(1)).toEqual(['a1 (oběd)']);
    expect(await history()).toEqual(before);
    await there.stop();
    await other.stop();
  });

  it('is read again after a start of the gateway', async () => {
    await life.operators.logOut('a1');
    await life.stop();
    await newLife();
    expect(await standing('a1')).toEqual(['1 out', '3 out']);
    expect(await inAsterisk(1)).toEqual(['a2']);
  });
});

/** Whatever people do, wherever they do it: in the end Asterisk and the gateway agree, and the last word stands. */
it('agrees in the end, whatever happened', async () => {
  const handset = fc.constantFrom('a1', 'a2');
  const reason = fc.constantFrom('', 'oběd');
  const anything = fc.oneof(
    fc.record({ do: fc.constantFrom('logIn' as const, 'logOut' as const, 'unpause' as const), handset }),
    fc.record({ do: fc.constant('pause' as const), handset, reason }),
    fc.record({ do: fc.constantFrom('add' as const, 'remove' as const), handset }),
    fc.record({ do: fc.constant('atConsole' as const), handset, reason: fc.option(reason, { nil: undefined }) }),
    fc.record({
      do: fc.constantFrom(
        'drop' as const,
        'restore' as const,
        'restart' as const,
        'rebirth' as const,
        'apply' as const,
      ),
      handset,
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 12 }), fc.infiniteStream(fc.boolean()), async (steps, waits) => {
      asterisk.restoreLink();
      await life.settled();
      for (const step of steps) {
        if (step.do === 'pause') void life.operators.pause(step.handset, step.reason).catch(() => undefined);
        else if (step.do === 'logIn' || step.do === 'logOut' || step.do === 'unpause')
          void life.operators[step.do](step.handset).catch(() => undefined);
        else if (step.do === 'add' || step.do === 'remove') asterisk.console[step.do](1, step.handset);
        else if (step.do === 'atConsole') asterisk.console.pause(1, step.handset, step.reason);
        else if (step.do === 'drop') asterisk.dropLink();
        else if (step.do === 'restore') asterisk.restoreLink();
        else if (step.do === 'restart') asterisk.restart();
        else if (step.do === 'apply') void life.keeper.reconcile();
        else {
          await life.stop();
          await newLife();
        }
        if (waits.next().value) await life.settled();
      }
      asterisk.restoreLink();
      await life.settled();
      await life.keeper.reconcile();
      const members = (await asterisk.listQueues()).find(({ id }) => id === 1)?.members ?? [];
      for (const name of ['a1', 'a2']) {
        const known = life.book.membershipsOf(name).find(({ queue }) => queue.id === 1)?.membership;
        const member = members.find((one) => one.handset === name);
        expect(known).toEqual({
          loggedIn: member !== undefined,
          paused: member?.paused ?? false,
          pauseReason: member?.pauseReason ?? '',
        });
      }
    }),
    { numRuns: 150 },
  );
});
