import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { MemoryFlowStore } from '../../src/kernel/memory-store.js';
import type { FlowChange } from '../../src/kernel/store.js';
import type { Clock } from '../../src/lib/clock.js';
import { toyRuntime, ToyWorld, type ToyState } from './toy.js';

/** A clock that moves only on demand. */
class HandClock implements Clock {
  at = 1000;
  #due: { at: number; wake: () => void }[] = [];
  now = () => this.at;
  wakeAt(at: number, wake: () => void): () => void {
    const entry = { at, wake };
    this.#due.push(entry);
    return () => void (this.#due = this.#due.filter((other) => other !== entry));
  }
  moveTo(at: number): void {
    this.at = at;
    const due = this.#due.filter((entry) => entry.at <= at);
    this.#due = this.#due.filter((entry) => entry.at > at);
    for (const { wake } of due) wake();
  }
  get waiting(): number {
    return this.#due.length;
  }
}

function setUp() {
  const store = new MemoryFlowStore();
  const clock = new HandClock();
  const world = new ToyWorld();
  return { store, clock, world };
}

/** A flow waits until 2000, and Asterisk is unreachable. */
async function heldWhileWaiting() {
  const { store, clock, world } = setUp();
  const runtime = toyRuntime(store, clock, world);
  await runtime.resume('link_lost');
  runtime.begin('toy', 'a', {}, begin);
  runtime.send('a', { type: 'wait', at: 1000, until: 2000 });
  await runtime.idle();
  runtime.suspend();
  return { store, clock, runtime };
}

function stateOf(store: MemoryFlowStore, id = 'a'): ToyState {
  return store.flows.get(id)?.stored.state as ToyState;
}

const begin = { type: 'add', at: 1000 } as const;

describe('the runtime', () => {
  it('writes and hashes a program shared by many flows once', async () => {
    const { store, clock, world } = setUp();
    const runtime = toyRuntime(store, clock, world);
    const program = { plan: ['a'] };
    const written = vi.spyOn(JSON, 'stringify');
    for (const id of ['a', 'b', 'c']) runtime.begin('toy', id, program, begin);
    expect(written.mock.calls.filter(([value]) => value === program)).toHaveLength(1);
    written.mockRestore();
    await runtime.idle();
    const hashes = ['a', 'b', 'c'].map((id) => store.flows.get(id)?.stored.programHash);
    expect(new Set(hashes)).toEqual(new Set([createHash('sha256').update('{"plan":["a"]}').digest('hex')]));
    await runtime.stop();
  });

  it('stores the state with its effects before it runs any of them', async () => {
    const { store, clock, world } = setUp();
    const order: string[] = [];
    const commit = store.commit.bind(store);
    store.commit = async (changes: FlowChange[]) => {
      await commit(changes);
      for (const { step } of changes) for (const { id } of step?.pending ?? []) order.push(`stored ${id}`);
    };
    const runtime = toyRuntime(store, clock, world);
    runtime.begin('toy', 'a', {}, begin);
    await runtime.resume('link_lost');
    world.block('one');
    runtime.send('a', { type: 'add', at: 1001, say: 'one' });
    await expect.poll(() => world.carriedOut).toEqual(['perform one']);
    expect(order).toEqual(['stored s2']);
    expect(store.flows.get('a')?.stored.pending).toHaveLength(1);
    world.release('one');
    await runtime.idle();
    expect(store.flows.get('a')?.stored.pending).toEqual([]);
    await runtime.stop();
  });

  it('reports how each effect and each commit went, and how long it took', async () => {
    const { store, clock, world } = setUp();
    const reports: string[] = [];
    const report = (what: string, result: string, ms: number) => {
      reports.push(`${what} ${result}`);
      expect(ms).toBeGreaterThanOrEqual(0);
    };
    const runtime = toyRuntime(store, clock, world, {
      onEffect: report,
      onCommit: (result, ms) => report('commit', result, ms),
    });
    await runtime.resume('link_lost');
    runtime.begin('toy', 'a', {}, begin);
    await runtime.idle();
    expect(reports.splice(0)).toEqual(['commit ok']);
    runtime.send('a', { type: 'add', at: 1001, say: 'fail' });
    runtime.send('a', { type: 'add', at: 1001, call: 'one' });
    await runtime.idle();
    expect(reports.splice(0)).toEqual(expect.arrayContaining(['commit ok', 'say failed', 'call ok']));
    world.unavailable = true;
    runtime.send('a', { type: 'add', at: 1002, say: 'two' });
    await expect.poll(() => reports).toContain('say unknown');
    store.commit = () => Promise.reject(new Error('the disk is full'));
    runtime.send('a', { type: 'add', at: 1003 });
    await expect.poll(() => reports).toContain('commit failed');
    await runtime.stop();
  });

  it('stores the events of one turn of the event loop in one transaction, and carries out nothing before it', async () => {
    const { store, clock, world } = setUp();
    const runtime = toyRuntime(store, clock, world);
    await runtime.resume('link_lost');
    for (const id of ['a', 'b']) runtime.begin('toy', id, {}, begin);
    await runtime.idle();
    const commit = store.commit.bind(store);
    const batches: string[][] = [];
    store.commit = (changes) => {
      batches.push(changes.map(({ flowId, step }) => `${flowId} ${(step?.state as ToyState).count}`));
      if (batches.length === 1) expect(world.carriedOut).toEqual([]);
      return commit(changes);
    };
    for (const id of ['a', 'b', 'a']) runtime.send(id, { type: 'add', at: 1, call: id });
    expect(batches).toEqual([]);
    await runtime.idle();
    expect(batches[0]).toEqual(['a 1', 'b 1', 'a 2']);
    expect(world.carriedOut).toEqual(['perform a', 'perform b', 'perform a']);
    await runtime.stop();
  });

  describe('an acknowledgement without an event', () => {
    /** Flow `a` has said "one", which Asterisk has accepted. */
    async function acknowledged() {
      const { store, clock, world } = setUp();
      const runtime = toyRuntime(store, clock, world);
      await runtime.resume('link_lost');
      runtime.begin('toy', 'a', {}, begin);
      await runtime.idle();
      const commits = vi.spyOn(store, 'commit');
      runtime.send('a', { type: 'add', at: 1, say: 'one' });
      await expect.poll(() => clock.waiting).toBe(1);
      return { store, clock, runtime, commits, pending: () => store.flows.get('a')?.stored.pending };
    }

    it('needs no transaction of its own: it is stored with the next step', async () => {
      const { clock, runtime, commits, pending } = await acknowledged();
      expect(commits).toHaveBeenCalledTimes(1);
      expect(pending()).toHaveLength(1);
      runtime.send('a', { type: 'add', at: 2 });
      await expect.poll(() => commits.mock.calls.length).toBe(2);
      expect(pending()).toEqual([]);
      clock.moveTo(5000);
      await runtime.idle();
      expect(commits).toHaveBeenCalledTimes(2);
      await runtime.stop();
    });

    it('is stored alone after a while, and when the runtime stops', async () => {
      const { clock, commits, pending, runtime } = await acknowledged();
      clock.moveTo(clock.at + 1000);
      await expect.poll(pending).toEqual([]);
      expect(commits).toHaveBeenCalledTimes(2);
      await runtime.stop();
      const stopped = await acknowledged();
      await stopped.runtime.stop();
      expect(stopped.pending()).toEqual([]);
      expect(stopped.clock.waiting).toBe(0);
    });

    it('is repeated after a crash before that', async () => {
      const { store, clock, runtime } = await acknowledged();
      const world = new ToyWorld();
      const next = toyRuntime(store, clock, world);
      await next.start();
      await next.resume('gateway_restart');
      await next.idle();
      expect(world.carriedOut).toEqual(['recover one']);
      await next.stop();
      await runtime.stop();
    });
  });

  it('keeps the order of effects on the phone, and runs outside requests beside them', async () => {
    const { store, clock, world } = setUp();
    const runtime = toyRuntime(store, clock, world);
    runtime.begin('toy', 'a', {}, begin);
    world.block('slow');
    runtime.send('a', { type: 'add', at: 1, call: 'slow' });
    runtime.send('a', { type: 'add', at: 2, say: 'one' });
    runtime.send('a', { type: 'add', at: 3, say: 'two' });
    await expect.poll(() => world.carriedOut).toEqual(['perform slow', 'perform one', 'perform two']);
    expect(stateOf(store).heard).not.toContain('done');
    world.release('slow');
    await runtime.idle();
    expect(stateOf(store).heard.at(-1)).toBe('done');
    await runtime.stop();
  });

  it('responds to a request once the result is stored, and not before', async () => {
    const { store, clock, world } = setUp();
    const commit = store.commit.bind(store);
    let go: () => void = () => undefined;
    const runtime = toyRuntime(store, clock, world);
    expect(await runtime.beginStored('toy', 'a', {}, begin)).toBe(true);
    expect(stateOf(store).heard).toEqual(['add']);
    expect(await runtime.beginStored('toy', 'a', {}, begin)).toBe(false);
    store.commit = async (changes: FlowChange[]) => {
      await new Promise<void>((resolve) => (go = resolve));
      await commit(changes);
    };
    let answer: unknown = 'none yet';
    const asked = runtime.request('a', { type: 'add', at: 1001 }).then((said) => (answer = said));
    await new Promise((resolve) => setImmediate(resolve));
    expect(answer).toBe('none yet');
    go();
    await asked;
    expect(answer).toEqual({ refusal: undefined });
    expect(stateOf(store).heard).toEqual(['add', 'add']);
    store.commit = commit;
    expect(await runtime.request('a', { type: 'add', at: 1002, say: 'throw' })).toMatchObject({
      refusal: { why: 'fault' },
    });
    expect(await runtime.request('nobody', { type: 'add', at: 1003 })).toBeUndefined();
    await runtime.stop();
    expect(await runtime.request('a', { type: 'add', at: 1004 })).toBeUndefined();
  });

  it('refuses a request for a flow that has ended and still has a pending effect', async () => {
    const { store, clock, world } = setUp();
    const runtime = toyRuntime(store, clock, world);
    await runtime.resume('link_lost');
    runtime.begin('toy', 'a', {}, begin);
    world.block('goodbye');
    runtime.send('a', { type: 'add', at: 1001, say: 'goodbye' });
    runtime.send('a', { type: 'end', at: 1002 });
    await expect.poll(() => stateOf(store).over).toBe(true);
    expect(await runtime.request('a', { type: 'add', at: 1003 })).toMatchObject({ refusal: { why: 'over' } });
    expect(stateOf(store).heard).toEqual(['add', 'add', 'end']);
    world.release('goodbye');
    await runtime.idle();
    expect(await runtime.request('a', { type: 'add', at: 1004 })).toBeUndefined();
    await runtime.stop();
  });

  it('fires a timer once, at its time, and none for a flow that is over', async () => {
    const { store, clock, world } = setUp();
    const runtime = toyRuntime(store, clock, world);
    await runtime.resume('link_lost');
    runtime.begin('toy', 'a', {}, begin);
    runtime.send('a', { type: 'wait', at: 1000, until: 5000 });
    await runtime.idle();
    clock.moveTo(4999);
    await runtime.idle();
    expect(stateOf(store).heard).not.toContain('timer wake');
    clock.moveTo(5000);
    await runtime.idle();
    expect(stateOf(store).heard.filter((what) => what === 'timer wake')).toHaveLength(1);
    runtime.send('a', { type: 'wait', at: 5000, until: 9000 });
    runtime.send('a', { type: 'end', at: 5001 });
    await runtime.idle();
    expect(clock.waiting).toBe(0);
    expect(runtime.running).toEqual([]);
    await runtime.stop();
  });

  it('notifies the flow of a failed effect, and continues', async () => {
    const { store, clock, world } = setUp();
    const runtime = toyRuntime(store, clock, world);
    runtime.begin('toy', 'a', {}, begin);
    runtime.send('a', { type: 'add', at: 1, say: 'fail' });
    runtime.send('a', { type: 'add', at: 2, say: 'next' });
    await runtime.idle();
    expect(stateOf(store).heard).toContain('effect_failed');
    expect(world.carriedOut).toEqual(['perform next']);
    await runtime.stop();
  });

  it('recovers, after a restart, exactly the unacknowledged effects', async () => {
    const { store, clock, world } = setUp();
    const first = toyRuntime(store, clock, world);
    first.begin('toy', 'a', {}, begin);
    first.send('a', { type: 'add', at: 1, say: 'done before' });
    await first.idle();
    world.block('under way');
    world.block('request under way');
    first.send('a', { type: 'add', at: 2, say: 'under way', call: 'request under way' });
    await expect.poll(() => world.carriedOut.length).toBe(3);

    const second = new ToyWorld();
    const runtime = toyRuntime(store, clock, second);
    await runtime.start();
    await runtime.idle();
    expect(second.carriedOut).toEqual(['recover request under way']);
    await runtime.resume('link_lost');
    await runtime.idle();
    expect(second.carriedOut).toEqual(['recover request under way', 'recover under way']);
    expect(stateOf(store).heard).toContain('reconciled');
    expect(store.flows.get('a')?.stored.pending).toEqual([]);
    await runtime.stop();
    world.release('under way');
    world.release('request under way');
    await first.stop();
  });

  it('keeps an effect with an unknown result until Asterisk is back', async () => {
    const { store, clock, world } = setUp();
    const runtime = toyRuntime(store, clock, world);
    runtime.begin('toy', 'a', {}, begin);
    world.unavailable = true;
    runtime.send('a', { type: 'add', at: 1, say: 'one' });
    runtime.suspend();
    await runtime.idle();
    expect(store.flows.get('a')?.stored.pending).toHaveLength(1);
    world.unavailable = false;
    await runtime.resume('link_lost');
    await runtime.idle();
    expect(world.carriedOut).toEqual(['recover one']);
    expect(store.flows.get('a')?.stored.pending).toEqual([]);
    await runtime.stop();
  });

  it('fires no timer while Asterisk is unreachable', async () => {
    const { store, clock, runtime } = await heldWhileWaiting();
    clock.moveTo(3000);
    await runtime.idle();
    expect(stateOf(store).heard).not.toContain('timer wake');
    await runtime.resume('link_lost');
    await runtime.idle();
    // Events from the meantime get a moment to arrive.
    clock.moveTo(3999);
    await runtime.idle();
    expect(stateOf(store).heard.at(-1)).toBe('reconciled');
    clock.moveTo(4000);
    await runtime.idle();
    expect(stateOf(store).heard.slice(-2)).toEqual(['reconciled', 'timer wake']);
    await runtime.stop();
  });

  describe('a request whose outcome is unknown', () => {
    it('blocks only its own flow, until it is settled', async () => {
      const { store, clock, world } = setUp();
      const runtime = toyRuntime(store, clock, world);
      await runtime.resume('link_lost');
      for (const id of ['a', 'b']) runtime.begin('toy', id, {}, begin);
      runtime.send('b', { type: 'wait', at: 1000, until: 2500 });
      world.unavailable = true;
      runtime.send('a', { type: 'add', at: 1, say: 'first' });
      await runtime.idle();
      world.unavailable = false;
      runtime.send('a', { type: 'add', at: 2, say: 'second' });
      runtime.send('a', { type: 'wait', at: 2, until: 1500 });
      runtime.send('b', { type: 'add', at: 2, say: 'of another flow' });
      await runtime.idle();
      // Later effects wait for it, so that the order is kept.
      expect(world.carriedOut).toEqual(['perform of another flow']);
      clock.moveTo(1500);
      await runtime.idle();
      expect(stateOf(store, 'a').heard).not.toContain('timer wake');
      clock.moveTo(2000);
      await runtime.idle();
      expect(world.carriedOut).toEqual(['perform of another flow', 'recover first', 'perform second']);
      expect(stateOf(store, 'a').heard.at(-1)).toBe('reconciled');
      expect(stateOf(store, 'b').heard).not.toContain('reconciled');
      expect(store.flows.get('a')?.stored.pending).toEqual([]);
      clock.moveTo(3000);
      await runtime.idle();
      expect(stateOf(store, 'a').heard.at(-1)).toBe('timer wake');
      expect(stateOf(store, 'b').heard.at(-1)).toBe('timer wake');
      await runtime.stop();
    });

    it('is looked up again while it stays unknown, and leaves no timer behind', async () => {
      const { store, clock, world } = setUp();
      const runtime = toyRuntime(store, clock, world);
      await runtime.resume('link_lost');
      runtime.begin('toy', 'a', {}, begin);
      world.unavailable = true;
      runtime.send('a', { type: 'add', at: 1, say: 'first' });
      await runtime.idle();
      for (const at of [2000, 3000]) {
        clock.moveTo(at);
        await runtime.idle();
      }
      expect(stateOf(store).heard).not.toContain('reconciled');
      world.unavailable = false;
      clock.moveTo(4000);
      await runtime.idle();
      expect(world.carriedOut).toEqual(['recover first']);
      expect(stateOf(store).heard.at(-1)).toBe('reconciled');
      world.unavailable = true;
      runtime.send('a', { type: 'add', at: 1, say: 'third' });
      await runtime.idle();
      expect(clock.waiting).toBe(1);
      await runtime.stop();
      expect(clock.waiting).toBe(0);
    });
  });

  describe('a timer', () => {
    const waiting = async (more: Parameters<typeof toyRuntime>[3]) => {
      const { store, clock, world } = setUp();
      const runtime = toyRuntime(store, clock, world, more);
      await runtime.resume('link_lost');
      runtime.begin('toy', 'a', {}, begin);
      runtime.send('a', { type: 'wait', at: 1000, until: 5000 });
      await runtime.idle();
      return { store, clock, runtime };
    };

    it('fires only after Asterisk has answered: an earlier event is handled first', async () => {
      const pings: (() => void)[] = [];
      const { store, clock, runtime } = await waiting({ ping: () => new Promise((resolve) => pings.push(resolve)) });
      clock.moveTo(5000);
      await expect.poll(() => pings.length).toBe(1);
      runtime.send('a', { type: 'wait', at: 5000, until: 9000 });
      pings[0]!();
      await runtime.idle();
      expect(stateOf(store).heard).not.toContain('timer wake');
      clock.moveTo(9000);
      await expect.poll(() => pings.length).toBe(2);
      pings[1]!();
      await runtime.idle();
      expect(stateOf(store).heard.at(-1)).toBe('timer wake');
      await runtime.stop();
    });

    it.each(['does not answer', 'answers late'])('waits for a reconcile of its flow when Asterisk %s', async (how) => {
      let jump: () => void = () => undefined;
      let isSlow = true;
      const world = await waiting({
        ping: () => {
          if (!isSlow) return Promise.resolve();
          isSlow = false;
          if (how === 'does not answer') return Promise.reject(new Error('no answer'));
          jump();
          return Promise.resolve();
        },
      });
      const { store, runtime } = world;
      const { clock } = world;
      jump = () => clock.moveTo(10_000);
      clock.moveTo(5000);
      await runtime.idle();
      expect(stateOf(store).heard.at(-1)).toBe('wait');
      clock.moveTo(clock.at + 1000);
      await runtime.idle();
      expect(stateOf(store).heard.at(-1)).toBe('reconciled');
      clock.moveTo(clock.at + 1000);
      await runtime.idle();
      expect(stateOf(store).heard.slice(-2)).toEqual(['reconciled', 'timer wake']);
      await runtime.stop();
    });

    it('that fires late, after a freeze of this process, waits for a reconcile of its flow', async () => {
      const { store, clock, runtime } = await waiting({});
      clock.moveTo(10_000);
      await runtime.idle();
      expect(stateOf(store).heard.at(-1)).toBe('wait');
      // The awaited response was available all the time.
      runtime.send('a', { type: 'wait', at: 10_000, until: 20_000 });
      clock.moveTo(10_001);
      await runtime.idle();
      expect(stateOf(store).heard.at(-1)).toBe('reconciled');
      clock.moveTo(12_000);
      await runtime.idle();
      expect(stateOf(store).heard).not.toContain('timer wake');
      await runtime.stop();
    });
  });

  it('fires no timer when Asterisk is lost during the reconcile of a flow', async () => {
    const { store, clock, runtime } = await heldWhileWaiting();
    const commit = store.commit.bind(store);
    store.commit = (changes) => {
      if (changes.some(({ log }) => log.some(({ kind }) => kind === 'reconciled'))) runtime.suspend();
      return commit(changes);
    };
    await runtime.resume('link_lost');
    await runtime.idle();
    clock.moveTo(3000);
    await runtime.idle();
    expect(stateOf(store).heard.at(-1)).toBe('reconciled');
    store.commit = commit;
    await runtime.resume('link_lost');
    await runtime.idle();
    clock.moveTo(4001);
    await runtime.idle();
    expect(stateOf(store).heard.slice(-3)).toEqual(['reconciled', 'reconciled', 'timer wake']);
    await runtime.stop();
  });

  it.each<[string, (kept: { state: unknown; kind: string; pending: unknown[]; damaged?: string }) => void]>([
    ['a state of an unknown form', (kept) => (kept.state = null)],
    ['an unknown kind', (kept) => (kept.kind = 'of a later version')],
    ['an unknown effect', (kept) => kept.pending.push({ type: 'of a later version', id: 's9' })],
    ['what cannot be read', (kept) => (kept.damaged = 'it cannot be read')],
  ])('gives up a flow with %s, and takes up the others', async (_, damage) => {
    const { store, clock, world } = setUp();
    const before = toyRuntime(store, clock, world);
    for (const id of ['a', 'b']) before.begin('toy', id, {}, begin);
    await before.idle();
    await before.stop();
    damage(store.flows.get('a')!.stored);
    const troubles: string[] = [];
    const runtime = toyRuntime(store, clock, world, { onError: (where) => troubles.push(where) });
    await runtime.start();
    await runtime.resume('gateway_restart');
    await runtime.idle();
    expect(troubles).toEqual(['taking up a']);
    expect(runtime.running).toEqual(['b']);
    expect(stateOf(store, 'b').heard.at(-1)).toBe('reconciled');
    expect(store.flows.get('a')?.log.at(-1)).toMatchObject({ kind: 'fault', data: { event: 'start' } });
    await runtime.stop();
    expect(await store.statusOf('a')).toBe('over');
  });

  it('continues in memory while the database fails, refuses new flows, and stores everything when it is back', async () => {
    const { store, clock, world } = setUp();
    const commit = store.commit.bind(store);
    const durability: string[] = [];
    const runtime = toyRuntime(store, clock, world, {
      onNotDurable: () => durability.push('in memory'),
      onDurable: () => durability.push('stored'),
    });
    await runtime.resume('link_lost');
    runtime.begin('toy', 'a', {}, begin);
    await runtime.idle();
    store.commit = () => Promise.reject(new Error('SQLITE_FULL: database or disk is full'));
    runtime.send('a', { type: 'add', at: 1, say: 'still here' });
    await runtime.idle();
    expect(world.carriedOut).toEqual(['perform still here']);
    expect(runtime.durable).toBe(false);
    expect(durability).toEqual(['in memory']);
    expect(() => runtime.begin('toy', 'b', {}, begin)).toThrow(/cannot be written/);
    expect(stateOf(store).count).toBe(0);

    store.commit = commit;
    clock.moveTo(clock.at + 1000);
    await expect.poll(() => runtime.durable).toBe(true);
    expect(durability).toEqual(['in memory', 'stored']);
    expect(stateOf(store).count).toBe(1);
    expect(store.flows.get('a')?.log.map(({ kind }) => kind)).toContain('not_durable');
    expect(runtime.begin('toy', 'b', {}, begin)).toBe(true);
    await runtime.idle();
    await runtime.stop();
  });

  it('does not start the same flow twice', async () => {
    const { store, clock, world } = setUp();
    const runtime = toyRuntime(store, clock, world);
    expect(runtime.begin('toy', 'a', {}, begin)).toBe(true);
    expect(runtime.begin('toy', 'a', {}, begin)).toBe(false);
    await runtime.idle();
    expect(store.flows.get('a')?.log).toHaveLength(1);
    await runtime.stop();
  });

  it('survives a flow that throws: records the event as a fault, handles the next one', async () => {
    const { store, clock, world } = setUp();
    const troubles: string[] = [];
    const runtime = toyRuntime(store, clock, world, { onError: (where) => troubles.push(where) });
    runtime.begin('toy', 'a', {}, begin);
    await runtime.idle();
    runtime.send('a', { type: 'add', at: 1, say: 'throw' });
    runtime.send('a', { type: 'add', at: 2 });
    await runtime.idle();
    expect(troubles).toEqual(['flow toy']);
    expect(stateOf(store).heard.at(-1)).toBe('add');
    runtime.begin('toy', 'b', {}, { type: 'end', at: 3 });
    await runtime.idle();
    expect(runtime.running).toEqual(['a']);
    await runtime.stop();
  });
});
