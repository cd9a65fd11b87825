import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { json, say } from '../support/shop.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { Phone, ringForEver } from '../support/sip/phone.js';
import { LINE, P, startWorld, type World } from './shop-line.js';

/** What AMI reports arrives later than what ARI reports, here by so much that it shows every time. */
const LAG_MS = 700;

let asterisk: TestAsterisk;
let link: Server;
let world: World;
let handset: Phone;
const sockets = new Set<Socket>();

/** Passes AMI on, and what Asterisk sends only after {@link LAG_MS}. */
function slowLink(port: number): Server {
  return createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => (near.destroy(), far.destroy()));
    }
    near.on('data', (data) => far.write(data));
    far.on('data', (data) => void delay(LAG_MS, undefined, { ref: false }).then(() => near.write(data)));
  }).listen(0, '127.0.0.1');
}

beforeAll(async () => {
  asterisk = await startAsterisk();
  link = slowLink(asterisk.amiPort);
  await once(link, 'listening');
  const gatewayEnv = { ...asterisk.gatewayEnv(), AMI_PORT: String((link.address() as AddressInfo).port) };
  world = await startWorld({ gatewayEnv, sipPort: asterisk.sipPort });
  handset = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: 'tester',
    password: await world.gateway.handsetPassword('tester'),
    incoming: ringForEver,
  }).start();
  await handset.registerSoon();
}, 90_000);

afterAll(async () => {
  await handset.stop();
  await world.stop();
  for (const socket of sockets) socket.destroy();
  link.close();
  await asterisk.stop();
}, 30_000);

it('a caller who hangs up right after a handset has answered has talked: the shop is told so', async () => {
  // The queue is written over the slow link too.
  await expect.poll(() => asterisk.cli('queue show q1'), { timeout: 30_000 }).toContain('Not in use');
  world.shop.behave(({ fields }) =>
    fields['hangup'] === true
      ? say.goOn()
      : json({ action: 'transfer_to_group', call_group_id: '1', group_continue_busy: '1' }),
  );
  const call = await (await world.caller()).dial(LINE);
  await call.hears(prompt(P.menu));
  await call.press('9');
  const leg = await handset.nextCall({ withinMs: 15_000 });
  await delay(2 * LAG_MS);
  leg.answer();
  await leg.answered();
  await delay(200);
  await call.hangUp();
  const last = await world.shop.request(({ fields }) => fields['hangup'] === true, { withinMs: 15_000 });
  expect(last.fields).toMatchObject({ bridge_result: 'SUCCESS', call_result: 'SUCCESS' });
  const number = callerOf(call).replace(/^\+420/, '');
  const kinds = (await world.gateway.timeline(number)).map(({ kind }) => kind);
  expect(kinds.indexOf('queue_answered')).toBeGreaterThan(-1);
  expect(kinds.indexOf('ended')).toBeGreaterThan(kinds.indexOf('queue_answered'));
}, 60_000);
