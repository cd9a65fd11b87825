import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RateLimit } from '../../src/http/rate-limit.js';
import { systemClock } from '../../src/lib/clock.js';
import { createLogger } from '../../src/lib/logger.js';
import { Changes } from '../../src/shared-state/changes.js';
import { SharedCounts } from '../../src/shared-state/counts.js';
import { probeRedis } from '../../src/shared-state/probe.js';
import { checkRedis } from '../../src/doctor/checks/redis.js';
import { RedisState } from '../../src/shared-state/redis.js';
import { Seal } from '../../src/shared-state/seal.js';
import { becomes } from '../support/becomes.js';
import { certificateFolder } from '../support/certificate.js';
import { freePort } from '../support/ports.js';
import { RedisServer } from '../support/redis-server.js';

/** A real Redis that hangs, dies, forgets everything, or refuses: nobody waits for it, and it is used again when it is back. */

const number = z.object({ n: z.number() });
/** Far above the limit of a command, for a busy machine; far below a hanging one. */
const AT_ONCE_MS = 1_000;

let server: RedisServer;
/** Of the database of both gateways. */
let seal: Seal;
let lines: string[];
let a: RedisState;
let b: RedisState;

beforeEach(async () => {
  server = await RedisServer.start();
  seal = new Seal(randomBytes(32));
  lines = [];
  a = gateway();
  b = gateway();
  await bothJoined();
});
afterEach(async () => {
  await Promise.all([a.stop(), b.stop()]);
  await server.stop();
});

function gateway(url = server.url, secret = seal): RedisState {
  const logger = createLogger({ level: 'trace' }, { write: (line) => lines.push(line) });
  const state = new RedisState({ url, seal: secret, logger });
  state.start();
  return state;
}

const bothJoined = () => becomes('both joined', () => a.problem === undefined && b.problem === undefined);
const bothAway = () => becomes('both away', () => a.problem !== undefined && b.problem !== undefined);

const placeOf = (key: string) => `cordboard:${seal.nameOf(key)}`;
const channel = () => placeOf('messages');

/** Everything that gateways share works. */
async function expectToWork(n: number, [one, two]: readonly [RedisState, RedisState] = [a, b]): Promise<void> {
  one.write('value', { n }, 60_000);
  await becomes('the value is known', async () => (await two.read('value', number))?.n === n);
  let heard = 0;
  const unsubscribe = two.subscribe('topic', number, (message) => (heard = message.n));
  one.publish('topic', { n });
  await becomes('the message has arrived', () => heard === n);
  unsubscribe();
}

/** Everything is done at once, with what this process knows. */
async function expectNotToWait(): Promise<void> {
  const begun = performance.now();
  for (let n = 0; n < 5_000; n += 1) {
    a.publish('topic', { n });
    a.write(`value-${n}`, { n }, 1_000);
  }
  const reads = await Promise.all(Array.from({ length: 20 }, () => a.read('value', number)));
  expect(performance.now() - begun).toBeLessThan(AT_ONCE_MS);
  expect(new Set(reads)).toEqual(new Set([undefined]));
}

describe('Redis', () => {
  it('that hangs is away, and back when it goes on', async () => {
    await expectToWork(1);
    server.pause();
    try {
      await expectNotToWait();
      await bothAway();
      await expectNotToWait();
      expect(a.problem).toMatch(/^Redis at 127\.0\.0\.1:\d+: /);
    } finally {
      server.resume();
    }
    await bothJoined();
    await expectToWork(2);
  });

  it('that is killed and started anew is back, and everybody hears that messages were missed', async () => {
    let joins = 0;
    a.onJoined(() => (joins += 1));
    await server.kill();
    await bothAway();
    await expectNotToWait();
    await server.start();
    await bothJoined();
    expect(joins).toBe(1);
    await expectToWork(3);
  });

  it('that forgets everything forgets values only', async () => {
    await expectToWork(4);
    await server.run((redis) => redis.flushall());
    expect(await b.read('value', number)).toBeUndefined();
    await expectToWork(5);
  });

  it('that refuses to keep values is reported, and messages still arrive', async () => {
    await server.run((redis) => redis.config('SET', 'maxmemory', '1'));
    a.write('value', { n: 6 }, 60_000);
    await becomes('the refusal is reported', () => a.problem?.includes('OOM'));
    await server.run((redis) => redis.config('SET', 'maxmemory', '0'));
    a.write('value', { n: 6 }, 60_000);
    await becomes('the problem is over', () => a.problem === undefined);
    await expectToWork(7);
  });

  it('with a foreign value, and with foreign messages, is not believed', async () => {
    await server.run(async (redis) => {
      await redis.set(placeOf('value'), '{"n":1}');
      await redis.set(placeOf('elsewhere'), seal.close(placeOf('value'), '{"n":1}'));
      await redis.set(placeOf('broken'), seal.close(placeOf('broken'), '{"n":'));
      await redis.hset(placeOf('list'), 'a', '1');
      for (const text of ['', '{', '[]', '{"topic":"topic"}', '['.repeat(10_000)]) {
        await redis.publish(channel(), text);
        await redis.publish(channel(), seal.close(channel(), text));
      }
    });
    for (const key of ['value', 'elsewhere', 'broken', 'list']) expect(await a.read(key, number)).toBeUndefined();
    await expectToWork(8);
  });

  it('has no key of ours without a prefix and an expiry', async () => {
    await expectToWork(9);
    await server.run(async (redis) => {
      const keys = await redis.keys('*');
      expect(keys).toEqual([placeOf('value')]);
      expect(await redis.pttl(placeOf('value'))).toBeGreaterThan(0);
    });
  });

  it('learns no name, number or address, and a gateway on another database neither knows nor is heard', async () => {
    const heard: string[] = [];
    await server.run(async (redis) => {
      await redis.subscribe(channel());
      redis.on('message', (_channel: string, message: string) => heard.push(message));
      a.write('customer:+420777888999', { name: 'Jana' }, 60_000);
      a.publish('topic', { address: '203.0.113.9' });
      await becomes('the message has passed', () => heard.length === 1);
    });
    const stored = await server.run(async (redis) => {
      const keys = await redis.keys('*');
      return [...keys, ...(await redis.mget(keys))].join(' ');
    });
    const passed = [stored, ...heard].flatMap((text) => [text, Buffer.from(text, 'base64').toString()]).join(' ');
    for (const word of ['777888999', 'customer', 'Jana', '203.0.113.9', 'topic']) expect(passed).not.toContain(word);
    expect(stored).toContain(placeOf('customer:+420777888999'));

    const stranger = gateway(server.url, new Seal(randomBytes(32)));
    await becomes('it has joined', () => stranger.problem === undefined);
    let strange = 0;
    for (const state of [a, b]) state.subscribe('topic', number, () => (strange += 1));
    stranger.publish('topic', { n: 1 });
    stranger.write('value', { n: 1 }, 60_000);
    expect(await stranger.read('customer:+420777888999', z.unknown())).toBeUndefined();
    await expectToWork(10);
    // Only the message of this one was heard.
    expect(strange).toBe(1);
    await stranger.stop();
  });

  it('that refuses the password is away; no log line has a password', async () => {
    const wrong = gateway(server.url.replace(encodeURIComponent(server.password), 'a-wrong-secret'));
    await becomes('it is refused', () => wrong.problem?.includes('WRONGPASS'));
    await wrong.stop();
    await server.kill();
    await bothAway();
    await server.start();
    await bothJoined();
    const log = lines.join('');
    expect(log).toContain('Redis cannot be used');
    expect(log).toContain('Redis is connected');
    expect(log).not.toContain('a-wrong-secret');
    expect(log).not.toContain(server.password);
    expect(log).not.toContain(encodeURIComponent(server.password));
  });

  it('works with the rights that docs/redis.md gives, and without others', async () => {
    const docs = await readFile('docs/redis.md', 'utf8');
    const rights = /^user cordboard (.*)$/m.exec(docs)?.[1] ?? '';
    await server.run((redis) => redis.acl('SETUSER', 'cordboard', ...rights.split(' ')));
    const url = new URL(server.url);
    [url.username, url.password] = ['cordboard', 'PASSWORD'];
    const limited = [gateway(url.href), gateway(url.href)] as const;
    await becomes('both joined', () => limited.every(({ problem }) => problem === undefined));
    await expectToWork(11, limited);
    limited[0].remove('value');
    await becomes('the value is removed', async () => (await limited[1].read('value', number)) === undefined);
    expect(await checkRedis(url.href)).toMatchObject({ status: 'ok' });
    expect(limited.map(({ problem }) => problem)).toEqual([undefined, undefined]);
    await Promise.all(limited.map((state) => state.stop()));
  });

  it('is looked at by the doctor', async () => {
    expect(await checkRedis(server.url)).toMatchObject({
      status: 'ok',
      value: expect.stringMatching(/^Redis 7\.\S+ at 127\.0\.0\.1:\d+ answers in [\d.]+ ms$/) as string,
    });
    const nobody = `redis://:secret@127.0.0.1:${await freePort()}`;
    const found = await checkRedis(nobody);
    expect(found).toMatchObject({ status: 'warning', remedy: 'redis_away' });
    expect(found.value).toMatch(/^127\.0\.0\.1:\d+: .*ECONNREFUSED/);
    server.pause();
    await expect(probeRedis(server.url)).rejects.toThrow(/./);
    server.resume();
    await bothJoined();
  });
});

describe('limits of two gateways', () => {
  let counts: [SharedCounts, SharedCounts];
  beforeEach(() => {
    counts = [new SharedCounts(a, systemClock), new SharedCounts(b, systemClock)];
  });
  afterEach(() => Promise.all(counts.map((each) => each.stop())));

  const limitOf = (each: SharedCounts, clock = systemClock) =>
    new RateLimit({ perSecond: 0.001, burst: 10, clock, shared: each.of('test') });
  /** How many requests it would let through now. Looking does not count. */
  function leftOf(limit: RateLimit): number {
    let left = 0;
    while (limit.take('10.0.0.1') === 0) left += 1;
    for (let n = 0; n < left; n += 1) limit.giveBack('10.0.0.1');
    return left;
  }

  it('are one limit, and each has its own while Redis is away', async () => {
    const [one, two] = [limitOf(counts[0]), limitOf(counts[1])];
    for (let n = 0; n < 6; n += 1) expect(one.take('10.0.0.1')).toBe(0);
    await becomes('the other has counted them', () => leftOf(two) === 4);
    for (let n = 0; n < 4; n += 1) expect(two.take('10.0.0.1')).toBe(0);
    expect(two.take('10.0.0.1')).toBeGreaterThan(0);
    await becomes('the first refuses, too', () => one.take('10.0.0.1') > 0);
    await server.kill();
    await bothAway();
    for (const limit of [one, two]) {
      for (let n = 0; n < 10; n += 1) expect(limit.take('10.0.0.2')).toBe(0);
      expect(limit.take('10.0.0.2')).toBeGreaterThan(0);
    }
    await server.start();
    await bothJoined();
  });

  it('are kept for a gateway that starts, stricter than what it counted before it knew them', async () => {
    const logger = createLogger({ level: 'silent' });
    const started = () => {
      const state = new RedisState({ url: server.url, seal, logger });
      const own = new SharedCounts(state, systemClock);
      const limit = limitOf(own);
      const stop = async () => {
        await own.stop();
        await state.stop();
      };
      return { state, limit, stop };
    };
    const first = started();
    for (let n = 0; n < 6; n += 1) first.limit.take('10.0.0.1');
    first.state.start();
    await becomes('it has joined', () => first.state.problem === undefined);
    await first.stop();
    const next = started();
    expect(next.limit.take('10.0.0.1')).toBe(0);
    next.state.start();
    await becomes('it knows them', () => leftOf(next.limit) === 4);
    await next.stop();
  });
});

describe('changes', () => {
  it('are heard by the other gateway, which reads everything again after a time without contact', async () => {
    const reads: string[] = [];
    const raise = (_subject: string, error: unknown) => {
      throw error;
    };
    const changes = [a, b].map((state) => new Changes({ state, onError: raise }));
    const [one, two] = changes as [Changes, Changes];
    for (const subject of ['configuration', 'bans'] as const)
      two.onChange(subject, () => Promise.resolve(reads.push(subject)));
    one.announce('bans');
    await becomes('it is read', () => reads.length === 1);
    expect(reads).toEqual(['bans']);
    await server.kill();
    await bothAway();
    one.announce('configuration');
    await server.start();
    await becomes('all is read again', () => reads.length === 3);
    expect(reads.slice(1).sort()).toEqual(['bans', 'configuration']);
    await Promise.all(changes.map((each) => each.stop()));
  });
});

describe('a connection with TLS', () => {
  it('is made only to a server whose certificate is valid', async () => {
    const folder = await certificateFolder();
    const [certificate, key] = [path.join(folder, 'certificate.pem'), path.join(folder, 'key.pem')];
    const tlsPort = await freePort();
    const settings = {
      'tls-port': String(tlsPort),
      'tls-cert-file': certificate,
      'tls-key-file': key,
      'tls-auth-clients': 'no',
    };
    const encrypted = await RedisServer.start(settings);
    const url = new URL(encrypted.url);
    [url.protocol, url.port] = ['rediss', String(tlsPort)];
    try {
      const distrustful = gateway(url.href);
      await becomes('it is refused', () => distrustful.problem?.includes('self-signed certificate'));
      await distrustful.stop();
      // The authorities of a process are set when it starts.
      const code = `import { checkRedis } from './src/doctor/checks/redis.ts';
        console.log(JSON.stringify(await checkRedis(process.env.REDIS_URL)));`;
      const env = { ...process.env, REDIS_URL: url.href, NODE_EXTRA_CA_CERTS: certificate };
      const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env });
      expect(JSON.parse(stdout)).toMatchObject({ status: 'ok' });
    } finally {
      await encrypted.stop();
      await rm(folder, { recursive: true });
    }
  });
});
