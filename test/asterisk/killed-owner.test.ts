import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { becomes } from '../support/becomes.js';
import { whileFrozen } from '../support/freeze.js';
import { Gateway } from '../support/gateway.js';
import { FiftyCalls, fiftyCallsCompany } from './fifty-calls.js';

/** The owner of fifty calls in all states is killed, and the next owner is frozen: no call is lost, each goes on where it was. */

/** Longer than it takes the other gateway to take over. */
const FROZEN_MS = 6000;

let calls: FiftyCalls;
let second: Gateway;

beforeEach(async () => {
  calls = await FiftyCalls.open();
  const { gateway: first, asterisk } = calls.harness;
  second = await Gateway.begin({
    asterisk: asterisk.gatewayEnv(),
    company: fiftyCallsCompany(calls.shop.url),
    env: { CORDBOARD_DATA: path.dirname(first.database), CORDBOARD_API_TOKEN: first.token },
  });
  await waits(second);
});
afterEach(async () => {
  await second.stop();
  await calls.close();
});

const waits = (gateway: Gateway) =>
  becomes('it is a standby', async () => {
    const response = await fetch(`${gateway.url}/healthz`).catch(() => undefined);
    return ((await response?.json()) as { node?: string } | undefined)?.node === 'standby';
  });

it('fifty calls outlast kill -9 of their gateway, and a gateway that stands still', async () => {
  const { gateway: first } = calls.harness;
  await calls.begin();
  await calls.beginAtShop();
  await first.kill();
  await second.ready();
  await calls.goOn();
  await first.run();
  await waits(first);
  await whileFrozen(second.pid!, async () => {
    await delay(FROZEN_MS);
    await first.ready();
  });
  await second.died();
  expect(second.exitCode).toBe(4);
  await calls.finish(first);
});
