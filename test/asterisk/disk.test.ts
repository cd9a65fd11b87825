import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { callerOf, prompt, soundsOf } from '../support/sip/caller.js';
import { fallbackSounds, serviceUnavailable } from './fallback-sounds.js';
import { GatewayDatabase } from './gateway-database.js';
import { goodShop, inQuestion, LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** The database cannot be written: running calls are not disturbed, new calls get the fallback. */

const run = promisify(execFile);
/** Any write that makes a file longer than this fails (EFBIG), as on a full disk. */
const FULL_BYTES = 4096;

let sounds: Awaited<ReturnType<typeof fallbackSounds>>;
let asterisk: TestAsterisk;
let harness: ShopHarness;
let database: GatewayDatabase;

beforeAll(async () => {
  sounds = await fallbackSounds();
  asterisk = await startAsterisk({ soundsDir: sounds.soundsDir });
});

afterAll(async () => {
  await asterisk.stop();
  await sounds.remove();
});

beforeEach(async () => {
  harness = await startShopHarness({ gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort });
  harness.shop.behave(goodShop({ menu: { timeoutS: 20, max: 10 } }));
  database = new GatewayDatabase(harness.gateway);
});

afterEach(async () => {
  await database.close();
  await harness.stop();
});

const limitFiles = async (bytes: number | 'unlimited') => {
  await run('prlimit', ['--pid', String(harness.gateway.pid), `--fsize=${bytes}:unlimited`]);
};

it.each([
  { what: 'full', begin: () => limitFiles(FULL_BYTES), end: () => limitFiles('unlimited'), slackMs: 0 },
  { what: 'locked by another process', begin: () => database.lock(), end: () => database.unlock(), slackMs: 1000 },
])(
  'the disk is $what: calls in progress continue, new ones get the fallback, no data is missing afterwards',
  async ({ begin, end, slackMs }) => {
    const [finishing, staying] = await Promise.all([inQuestion(harness), inQuestion(harness)]);
    await begin();
    try {
      const pressedAt = Date.now();
      await finishing.press('1001#');
      await finishing.hears(prompt(P.received), { withinMs: 10_000 });
      expect(Date.now() - pressedAt).toBeLessThan(1500 + slackMs);
      await finishing.hears(prompt(P.goodbye), { toItsEnd: true });
      expect(await finishing.ended()).toMatchObject({ by: 'peer' });
      await staying.press('10');

      const late = await (await harness.caller()).dial(LINE);
      await late.hears(serviceUnavailable, { toItsEnd: true });
      await late.ended();
      expect(soundsOf(late.heard())).toHaveLength(1);

      const health = await fetch(`${harness.gateway.url}/readyz`);
      expect(health.status).toBe(503);
      const { checks } = (await health.json()) as { checks: Record<string, string> };
      expect(checks).toMatchObject({ ari: 'ok', ami: 'ok' });
      expect(checks['database']).toContain('not writable');
      expect(await harness.gateway.api('/api/v1/monitor')).toMatchObject({ current: true, durable: false });

      const refused = await harness.gateway.fetch('/api/v1/do-not-call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ number: '+420777000222' }),
      });
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).not.toBeNull();
    } finally {
      await end();
    }
    await harness.gateway.ready();
    expect(await harness.gateway.api('/api/v1/monitor')).toMatchObject({ durable: true });

    const story = await harness.gateway.finished(callerOf(finishing));
    expect(story.filter(({ kind }) => kind === 'digit').map(({ data }) => data['digit'])).toEqual(Array.from('91001#'));
    expect(story.filter(({ kind }) => kind === 'shop_answer')).toHaveLength(3);
    expect(story.filter(({ kind }) => kind === 'not_durable')).toHaveLength(1);
    expect(story.at(-1)).toMatchObject({ kind: 'ended', data: { by: 'plan' } });

    // Digits typed meanwhile are stored now.
    await harness.gateway.kill();
    await harness.gateway.run();
    await harness.gateway.ready();
    await staying.press('04#');
    await staying.hears(prompt(P.shipped), { skipping: true });
    await staying.ended();
    const rest = await harness.gateway.finished(callerOf(staying));
    expect(rest.some(({ kind }) => kind === 'not_durable')).toBe(true);
    const next = await (await harness.caller()).dial(LINE);
    await next.hears(prompt(P.menu));
    await next.hangUp();
    await harness.gateway.finished(callerOf(next));
    await expect.poll(() => database.unfinished()).toEqual({ flows: 0, pending: 0 });
  },
);
