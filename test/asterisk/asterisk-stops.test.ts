import { afterEach, beforeEach, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { Phone } from '../support/sip/phone.js';

/** However Asterisk ends, the calls are recorded as ended by Asterisk and not by a caller. */

const [MENU, QUEUE, RING] = ['+420222333444', '+420222333445', '+420222333446'];
const CALLERS = { [MENU]: '+420777888001', [QUEUE]: '+420777888002', [RING]: '+420777888003' };

let asterisk: TestAsterisk;
let gateway: Gateway;
let phone: Phone;

beforeEach(async () => {
  asterisk = await startAsterisk();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      prompts: prompts(1),
      handsets: [{ name: 'a1' }],
      queues: [{ id: 12, name: 'Sales', handsets: ['a1'], join_when: 'always', stay_when: 'always' }],
      lines: [
        { number: MENU, plan: ['answer', { menu: { prompt: 1, timeout: '60s', keys: { '1': [] } } }] },
        { number: QUEUE, plan: ['answer', { enqueue: { queue: 12 } }] },
        { number: RING, plan: ['answer', { ring: { handset: 'a1', timeout: '60s' } }] },
      ],
    },
  });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  phone = await new Phone({ server, user: 'a1', password: await gateway.handsetPassword('a1') }).start();
  await phone.registerSoon();
});
afterEach(async () => {
  await phone.stop();
  await gateway.stop();
  await asterisk.stop();
});

const stopNow = async (): Promise<void> => {
  await asterisk.cli('core stop now').catch(() => undefined);
  await asterisk.exited();
};

const ways: [how: string, restart: () => Promise<void>][] = [
  [
    'stops by CLI and starts again',
    async () => {
      await stopNow();
      await asterisk.revive();
    },
  ],
  [
    'restarts by CLI',
    async () => {
      await asterisk.cli('core restart now').catch(() => undefined);
    },
  ],
  ['is killed and starts again', () => asterisk.restart()],
  [
    'is killed together with the gateway, and both start again',
    async () => {
      await Promise.all([asterisk.kill(), gateway.kill()]);
      await Promise.all([asterisk.revive(), gateway.run()]);
      await gateway.ready();
    },
  ],
  [
    'stops by CLI, the gateway is killed, and both start again',
    async () => {
      await stopNow();
      await gateway.kill();
      await Promise.all([asterisk.revive(), gateway.run()]);
      await gateway.ready();
    },
  ],
];

it.each(ways)('Asterisk %s: its calls are recorded as ended by Asterisk', async (_how, restart) => {
  const caller = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: 'caller',
  }).start();
  try {
    for (const [line, from] of Object.entries(CALLERS)) {
      await (await caller.dial(line, { from })).answered();
      // A queue does not ring a handset that rings already: its call must be first.
      if (line === QUEUE) await expect.poll(() => phone.invites.length).toBe(1);
    }
    await expect.poll(() => phone.invites.length).toBeGreaterThan(1);
    await restart();
    for (const from of Object.values(CALLERS)) {
      const timeline = await gateway.finished(from, 30_000);
      const of = (kind: string) => timeline.filter((entry) => entry.kind === kind).map(({ data }) => data);
      expect(of('ended'), from).toEqual([expect.objectContaining({ by: 'asterisk' })]);
      expect(of('recovered'), from).toEqual([{ after: 'asterisk_restart' }]);
    }
  } finally {
    await caller.stop();
  }
});
