import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { becomes } from '../support/becomes.js';
import { Gateway, prompts, type TestCompany } from '../support/gateway.js';
import { ringForEver } from '../support/sip/phone.js';
import { NotificationHarness, notificationTo } from './notification-harness.js';

/** A gateway that starts from a copy of a data folder, at the Asterisk of the original installation. */

const MESSAGE = 1;
const LINE = '+420222333444';
const company: TestCompany = {
  country: 'CZ',
  languages: ['cs'],
  prompts: prompts(MESSAGE),
  dial_policy: { countries: ['CZ'], max_per_day: 100 },
  lines: [{ number: LINE, plan: ['answer', { play: MESSAGE }] }],
};

let harness: NotificationHarness;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cordboard-copy-'));
  // All phones ring and no call is answered.
  harness = await NotificationHarness.start(company, { byLastDigit: () => ringForEver, toneMs: () => 500 });
});

afterAll(async () => {
  await harness.stop();
  await rm(dir, { recursive: true, force: true });
});

const copyFolder = async (name: string) => {
  const folder = path.join(dir, name);
  await cp(path.dirname(harness.gateway.database), folder, { recursive: true, preserveTimestamps: true });
  return folder;
};

const startIn = (folder: string) =>
  Gateway.start({ asterisk: harness.asterisk.gatewayEnv(), company, env: { CORDBOARD_DATA: folder } });

it('gives way to the running original, and when it runs alone repeats no call that was in progress', async () => {
  const to = harness.number(2);
  const retry = { max_attempts: 1 };
  await harness.post('', notificationTo(to, MESSAGE, { retry }));
  await harness.call(to);

  const staging = await copyFolder('staging');
  await expect(startIn(staging)).rejects.toThrow('this data folder is a copy');
  expect(harness.gateway.alive).toBe(true);
  expect(harness.gateway.output).not.toContain('another gateway took over');
  await harness.gateway.ready();
  expect(await harness.gateway.calls()).toMatchObject([{ ended_at: null }]);

  const restored = await copyFolder('restored');
  await harness.gateway.kill();
  const gateway = await startIn(restored);
  try {
    const { checks } = await gateway.api<{ checks: Record<string, string> }>('/readyz');
    expect(checks['installation']).toContain('started from a copy of a data folder: 1 calls');
    const [call] = await gateway.calls();
    expect(call?.ended_at).not.toBeNull();
    const { notifications } = await becomes('the notification is over', async () => {
      const page = await gateway.api<{ notifications: { state: string; attempts: { outcome: string }[] }[] }>(
        '/api/v1/notifications',
      );
      return page.notifications.every(({ state }) => state === 'done') ? page : undefined;
    });
    expect(notifications.map(({ attempts }) => attempts.map(({ outcome }) => outcome))).toEqual([['unknown']]);
    expect(harness.invitesTo(to)).toHaveLength(1);
  } finally {
    await gateway.stop();
  }
});
