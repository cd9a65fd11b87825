import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { PostgresServer } from '../support/postgres-server.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { goodShop, inQuestion, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** The primary PostgreSQL dies under a call, and a replica takes its place. */

let asterisk: TestAsterisk;
let primary: PostgresServer;
let replica: PostgresServer;
let harness: ShopHarness;

beforeAll(async () => {
  [asterisk, primary] = await Promise.all([startAsterisk(), PostgresServer.start()]);
  const url = new URL(await primary.createDatabase());
  replica = await primary.replica();
  harness = await startShopHarness(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    { env: { DATABASE_URL: url.href.replace(url.host, `127.0.0.1:${replica.port},${url.host}`) } },
  );
  harness.shop.behave(goodShop({ menu: { timeoutS: 20, max: 10 } }));
});

afterAll(async () => {
  await harness.stop();
  await replica.stop();
  await primary.stop();
  await asterisk.stop();
});

const kindsOf = (story: { kind: string }[]) => story.map(({ kind }) => kind);

it('a call goes on over the death of the primary, and is stored whole on the replica', async () => {
  const call = await inQuestion(harness);
  await primary.kill();
  await call.press('1001#');
  await call.hears(prompt(P.received), { skipping: true });
  await replica.promote();
  await call.hangUp();
  await harness.gateway.ready();
  const story = await harness.gateway.finished(callerOf(call));
  expect(kindsOf(story)).toEqual(expect.arrayContaining(['digit', 'shop_answer', 'not_durable', 'ended']));
  expect(story.filter(({ kind }) => kind === 'digit').length).toBe(6);
});

it('a former primary that comes back is not used, also not by a gateway that starts', async () => {
  const known = (await harness.gateway.calls()).map(({ id }) => id);
  await primary.run();
  await harness.gateway.kill();
  await harness.gateway.run();
  await harness.gateway.ready();
  expect((await harness.gateway.calls()).map(({ id }) => id)).toEqual(known);
  const call = await inQuestion(harness);
  await call.hangUp();
  await harness.gateway.finished(callerOf(call));
});
