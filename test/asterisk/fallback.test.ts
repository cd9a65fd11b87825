import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { callerOf, Phone, prompt, soundsOf } from '../support/sip/caller.js';
import { fallbackSounds, serviceUnavailable } from './fallback-sounds.js';
import { company, goodShop, LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** No gateway, a frozen gateway, two gateways: the caller never hears only silence. */

const LEASH_S = 5;

let sounds: Awaited<ReturnType<typeof fallbackSounds>>;
let asterisk: TestAsterisk;
let stranger: Phone;
let harness: ShopHarness;

beforeAll(async () => {
  sounds = await fallbackSounds();
  asterisk = await startAsterisk({ soundsDir: sounds.soundsDir, variables: { LEASH_S: String(LEASH_S) } });
  stranger = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: '+420601999000',
  }).start();
});

afterAll(async () => {
  await stranger.stop();
  await asterisk.stop();
  await sounds.remove();
});

it('no gateway: the announcement plays at once, then the call ends', async () => {
  const call = await stranger.dial(LINE);
  const dialledAt = Date.now();
  await call.hears(serviceUnavailable, { toItsEnd: true });
  expect((call.answeredAtMs ?? Infinity) - dialledAt).toBeLessThan(1000);
  expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
});

describe('with a gateway', () => {
  beforeEach(async () => {
    harness = await startShopHarness({ gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort });
    harness.shop.behave(goodShop({ menu: { timeoutS: 10, max: 10 } }));
  });

  afterEach(() => harness.stop());

  it('frozen during a call: the lease expires, the caller reaches the fallback, the timeline records it', async () => {
    const asking = await (await harness.caller()).dial(LINE);
    await asking.hears(prompt(P.menu));
    await asking.press('9');
    await asking.hears(prompt(P.ask));
    const inMenu = await (await harness.caller()).dial(LINE);
    await inMenu.hears(prompt(P.menu));
    process.kill(harness.gateway.pid!, 'SIGSTOP');
    try {
      // Asterisk still considers it connected: this call waits for it, too.
      const late = await (await harness.caller()).dial(LINE);
      await Promise.all(
        [asking, inMenu, late].map((call) =>
          call.hears(serviceUnavailable, { withinMs: (LEASH_S + 2) * 1000, skipping: true, toItsEnd: true }),
        ),
      );
      await Promise.all([asking, inMenu, late].map((call) => call.ended()));
      expect(soundsOf(late.heard())).toHaveLength(1);
    } finally {
      process.kill(harness.gateway.pid!, 'SIGCONT');
    }
    for (const call of [asking, inMenu]) {
      const timeline = await harness.gateway.finished(callerOf(call));
      expect(timeline.findLast(({ kind }) => kind === 'ended')?.data).toMatchObject({ by: 'fallback' });
    }
    const last = await harness.shop.request(({ fields }) => fields['hangup'] === true);
    expect(callerOf(asking)).toContain(last.fields['caller_number']);
    await harness.gateway.ready();
    const call = await (await harness.caller()).dial(LINE);
    await call.hears(prompt(P.menu));
    await call.hangUp();
  });

  it('a second gateway under the same name: the first one exits with the reason, the second one serves', async () => {
    const second = await Gateway.start({
      asterisk: asterisk.gatewayEnv(),
      company: company(harness.shop.url),
      env: { WHEN_REPLACED: 'stay' },
    });
    try {
      await harness.gateway.died(5000);
      expect(harness.gateway.exitCode).toBe(3);
      expect(harness.gateway.output).toContain('another gateway took over');
      // If the first one had reconnected, the second one would be gone by now.
      await delay(1500);
      await second.ready();
      expect(second.output).not.toContain('another gateway took over');
      const call = await (await harness.caller()).dial(LINE);
      await call.hears(prompt(P.menu));
      await call.hangUp();
      expect((await second.finished(callerOf(call))).at(-1)?.data).toMatchObject({ by: 'caller' });

      await harness.gateway.run();
      await harness.gateway.ready();
      await expect.poll(() => fetch(second.url).catch(() => 'nobody listens')).toBe('nobody listens');
      expect(second.alive).toBe(true);
      await second.stop();
      expect(second.exitCode).toBe(0);
    } finally {
      await second.stop();
    }
  });
});
