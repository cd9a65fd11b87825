import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/lib/clock.js';
import { createLogger } from '../../src/lib/logger.js';
import { InProcessPlace, InProcessState } from '../../src/shared-state/in-process.js';
import { MAX_MESSAGE_LENGTH, MAX_VALUE_LENGTH, type SharedState } from '../../src/shared-state/port.js';
import { RedisState } from '../../src/shared-state/redis.js';
import { Seal } from '../../src/shared-state/seal.js';
import { becomes } from '../support/becomes.js';
import { RedisServer } from '../support/redis-server.js';

/** The promises of the port, kept by the twin of one process and by a real Redis. */

const logger = createLogger({ level: 'silent' });
const number = z.object({ n: z.number() });
let server: RedisServer;

beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server.stop());

const kinds: Record<string, () => () => SharedState> = {
  'in process': () => {
    const place = new InProcessPlace(systemClock, () => undefined);
    return () => new InProcessState(place);
  },
  'in Redis': () => {
    const seal = new Seal(randomBytes(32));
    return () => new RedisState({ url: server.url, seal, logger });
  },
};

describe.each(Object.entries(kinds))('shared state %s', (_name, createPlace) => {
  let join: () => SharedState;
  let members: SharedState[];

  beforeEach(() => {
    join = createPlace();
    members = [];
  });
  afterEach(() => Promise.all(members.map((member) => member.stop())));

  async function member(): Promise<SharedState> {
    const state = join();
    members.push(state);
    const joined = new Promise<void>((resolve) => state.onJoined(resolve));
    state.start();
    await joined;
    expect(state.problem).toBeUndefined();
    return state;
  }

  async function two(): Promise<[SharedState, SharedState]> {
    return [await member(), await member()];
  }

  it('keeps a value for all members until it expires', async () => {
    const [a, b] = await two();
    expect(await b.read('value', number)).toBeUndefined();
    a.write('value', { n: 1 }, 60_000);
    expect(await becomes('known', () => b.read('value', number))).toEqual({ n: 1 });
    expect(await a.read('value', number)).toEqual({ n: 1 });
    a.write('value', { n: 2 }, 50);
    await becomes('expired', async () => (await b.read('value', number)) === undefined);
  });

  it('removes a value for all members', async () => {
    const [a, b] = await two();
    a.write('value', { n: 1 }, 60_000);
    await becomes('known', () => b.read('value', number));
    b.remove('value');
    await becomes('removed', async () => (await a.read('value', number)) === undefined);
    expect(await b.read('value', number)).toBeUndefined();
  });

  it('gives no value of another form, and keeps none that is too long', async () => {
    const [a, b] = await two();
    a.write('text', 'not a number', 60_000);
    await becomes('known as a text', () => b.read('text', z.string()));
    expect(await b.read('text', number)).toBeUndefined();
    a.write('long', 'x'.repeat(MAX_VALUE_LENGTH), 60_000);
    a.write('last', 'written', 60_000);
    await becomes('known', () => b.read('last', z.string()));
    expect(await b.read('long', z.string())).toBeUndefined();
  });

  it('brings messages to the other members only, in order, by topic and schema', async () => {
    const [a, b] = await two();
    const heard: unknown[] = [];
    for (const [name, state] of Object.entries({ a, b }))
      state.subscribe('topic', number, ({ n }, sender) => heard.push([name, n, sender !== '']));
    a.publish('another topic', { n: 0 });
    a.publish('topic', { n: 'no number' });
    a.publish('topic', 'x'.repeat(MAX_MESSAGE_LENGTH));
    for (let n = 1; n <= 100; n += 1) a.publish('topic', { n });
    await becomes('all have arrived', () => heard.length >= 100);
    await delay(20);
    expect(heard).toEqual(Array.from({ length: 100 }, (_, index) => ['b', index + 1, true]));
  });

  it('stops listening when it is unsubscribed, and a listener that throws disturbs no other', async () => {
    const [a, b] = await two();
    const heard: number[] = [];
    b.subscribe('topic', number, () => {
      throw new Error('a faulty listener');
    });
    const unsubscribe = b.subscribe('topic', number, ({ n }) => heard.push(n));
    b.subscribe('end', z.unknown(), () => heard.push(0));
    a.publish('topic', { n: 1 });
    await becomes('heard', () => heard.length === 1);
    unsubscribe();
    a.publish('topic', { n: 2 });
    a.publish('end', {});
    await becomes('heard the end', () => heard.length === 2);
    expect(heard).toEqual([1, 0]);
  });

  it('does nothing and fails at nothing before it starts and after it has stopped', async () => {
    const [a] = await two();
    const late = join();
    const use = () => {
      late.write('value', { n: 1 }, 1_000);
      late.publish('topic', { n: 1 });
      return late.read('another value', number);
    };
    expect(await use()).toBeUndefined();
    const joined = new Promise<void>((resolve) => late.onJoined(resolve));
    late.start();
    await joined;
    await late.stop();
    expect(await use()).toBeUndefined();
    expect(await a.read('another value', number)).toBeUndefined();
  });
});
