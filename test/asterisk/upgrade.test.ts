import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Gateway } from '../support/gateway.js';
import { LATER_VERSION, makeVersion } from '../support/other-version.js';
import { freePort } from '../support/ports.js';
import { FiftyCalls } from './fifty-calls.js';

/**
 * The gateway is exchanged by a later version, and back, under fifty calls in all states: none is lost, and each goes on where it was.
 * Later versions that cannot start leave the one that runs in charge.
 */

let dir: string;
/** Of the version that runs first, when it is started again. */
let standby: { STANDBY_PORT: string };
let calls: FiftyCalls;
/** Later versions that were started. */
const others: Gateway[] = [];

beforeEach(async () => {
  standby = { STANDBY_PORT: String(await freePort()) };
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-versions-'));
  calls = await FiftyCalls.open();
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((version) => version.kill()));
  await calls.close();
  await rm(dir, { recursive: true });
});

const ADDITION = `await db.schema.alterTable("flows").addColumn("of_next", "text").execute();
  await db.schema.createTable("of_next").addColumn("x", "text").execute();`;

async function another(sources: string, env: Record<string, string> = {}): Promise<Gateway> {
  const version = await calls.harness.gateway.another(sources, env);
  others.push(version);
  return version;
}

/** Versions that end before they own the node: the one that runs does not notice. */
async function tryBroken(): Promise<void> {
  const owner = calls.harness.gateway.pid;
  const migration = `${ADDITION} throw new Error("the migration of the next version fails");`;
  const [failing, dying, works] = await Promise.all([
    makeVersion(path.join(dir, 'failing'), { migration }),
    makeVersion(path.join(dir, 'dying'), { start: 'process.exit(70);' }),
    makeVersion(path.join(dir, 'works')),
  ]);
  const ends = async (sources: string, code: number, words: string, env: Record<string, string> = {}) => {
    const version = await another(sources, env);
    await version.died();
    expect({ code: version.exitCode, output: version.output }).toEqual({
      code,
      output: expect.stringContaining(words) as string,
    });
  };
  await Promise.all([
    ends(failing, 1, 'the migration of the next version fails'),
    ends(dying, 70, ''),
    ends(works, 2, 'ARI_URL: ', { ARI_URL: 'nowhere' }),
  ]);
  expect(calls.harness.gateway.pid).toBe(owner);
  await calls.harness.gateway.ready();
}

/** A version that dies when it takes over: the supervisor has started the former owner again, which goes on. */
async function tryDyingOwner(): Promise<void> {
  const old = calls.harness.gateway;
  const takeOver = 'throw new Error("the next version fails as the owner");';
  const dying = await another(await makeVersion(path.join(dir, 'dying owner'), { takeOver }));
  await dying.waits();
  process.kill(old.pid!, 'SIGTERM');
  await old.died();
  await old.run(standby);
  await dying.died();
  expect(dying.output).toContain('the next version fails as the owner');
  await old.ready();
}

/** The owner is stopped, and the other one takes over, which waits. @returns how long it took (ms) */
async function handOver(from: Gateway, to: Gateway): Promise<number> {
  const began = performance.now();
  process.kill(from.pid!, 'SIGTERM');
  await from.died();
  await to.ready();
  const took = performance.now() - began;
  expect(from.exitCode).toBe(0);
  const { version } = await to.api<{ version: string }>('/api/v1/system');
  expect(version === LATER_VERSION).toBe(to !== calls.harness.gateway);
  return took;
}

it('fifty calls in a menu, typing digits, in a queue, talking, ringing and at the shop outlast an upgrade and the way back', async () => {
  const { gateway } = calls.harness;
  await calls.begin();
  await tryBroken();
  await tryDyingOwner();
  const next = await another(await makeVersion(path.join(dir, 'next'), { migration: ADDITION }));
  await next.waits();
  await calls.beginAtShop();
  const forwards = await handOver(gateway, next);
  const { calls: live } = await next.api<{ calls: unknown[] }>('/api/v1/calls?limit=200');
  expect(live).toHaveLength(50);
  await calls.goOn();
  await gateway.run(standby);
  await gateway.waits(standby.STANDBY_PORT);
  const back = await handOver(next, gateway);
  // For those who measure.
  console.info(`taken over by the next version after ${forwards} ms, and back after ${back} ms`);
  await calls.finish(gateway);
});
