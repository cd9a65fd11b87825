import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts } from '../../src/alarms/facts.js';
import type { MailSettings } from '../../src/alarms/mail.js';
import { alarmRules, type AlarmRule } from '../../src/alarms/schema.js';
import { webhookSchema } from '../../src/webhooks/schema.js';
import { MailServer } from '../support/mail-server.js';
import { trunkProblem } from '../../src/directory/trunk-problem.js';
import { AlarmHarness, allWell, DAY, MINUTE, START } from './alarm-harness.js';

let mail: MailServer;
let smtp: MailSettings;
let harness: AlarmHarness;

const receivers = [{ name: 'oncall', mail: ['oncall@example.com'] }];
const unreachable = trunkProblem('endpoint_unreachable', { name: 'trunk' });
const down: Partial<Facts> = { trunks: [{ trunk: 'trunk', problem: unreachable }] };
const up: Partial<Facts> = { trunks: allWell.trunks };

beforeEach(async () => {
  mail = await MailServer.start();
  smtp = {
    host: '127.0.0.1',
    port: mail.port,
    security: 'none',
    user: undefined,
    passwordFile: undefined,
    from: 'PBX <pbx@example.com>',
  };
  harness = await AlarmHarness.start({ receivers }, { smtp });
});

afterEach(async () => {
  await harness.stop();
  await mail.stop();
});

/** Waits for the mails, and for nothing after them. */
async function subjects(count: number): Promise<string[]> {
  await expect.poll(() => mail.mails.length).toBe(count);
  return mail.mails.map(({ subject }) => subject);
}

/** Facts that make each alarm fire, the words of its mail, and facts that end it. */
const cases: Record<AlarmRule, { bad: Partial<Facts>; says: string; good?: Partial<Facts> }> = {
  trunk_down: { bad: down, says: 'Trunk down: trunk' },
  queue_unstaffed: {
    bad: { queues: [{ queue: 'Sales', waiting: 1, longestSince: START, registered: 0 }] },
    says: 'Nobody can answer in the queue Sales',
  },
  queue_waiting: {
    bad: { queues: [{ queue: 'Sales', waiting: 2, longestSince: START - 6 * MINUTE, registered: 1 }] },
    says: 'Callers wait too long in the queue Sales',
  },
  shop_failing: {
    bad: { shops: [{ shop: 'https://shop.example/ivr', failingSince: START, failures: 3, problem: 'HTTP 500' }] },
    says: 'The shop does not answer: https://shop.example/ivr',
    good: { shops: [{ shop: 'https://shop.example/ivr', failingSince: null, failures: 0, problem: '' }] },
  },
  deliveries_late: {
    bad: { deliveries: [{ receiver: 'crm', waiting: 7, oldestAt: START - 20 * MINUTE }] },
    says: 'Events wait for delivery to crm',
  },
  disk_low: { bad: { disk: { freeBytes: 4e9, totalBytes: 100e9 } }, says: 'The disk is nearly full' },
  backup_old: {
    bad: { backups: { isScheduled: true, succeededAt: START - 40 * 60 * MINUTE, problem: null, runsSince: START } },
    says: 'There is no current backup',
  },
  dial_limit: {
    bad: { dials: { open: 0, maxOpen: 10, today: 450, maxToday: 500 } },
    says: 'Limit of outgoing calls: per day',
  },
  password_guessing: {
    bad: { failedLogins: [{ address: '192.0.2.7', attempts: 25 }] },
    says: 'Somebody guesses passwords from 192.0.2.7',
  },
  address_banned: {
    bad: { bans: [{ source: 'sip', addresses: 2 }] },
    says: 'Addresses are banned that guessed passwords (SIP)',
  },
  certificate: {
    bad: { certificates: [{ service: 'https', expiresAt: START + 3 * DAY, problem: undefined }] },
    says: 'The certificate needs attention: pages and API (HTTPS)',
    good: { certificates: [{ service: 'https', expiresAt: START + 90 * DAY, problem: undefined }] },
  },
  gateway_degraded: {
    bad: { checks: [{ check: 'dialplan', problem: 'no context', remedy: 'Install it.' }] },
    says: 'A check fails: dialplan',
    good: { checks: [{ check: 'dialplan', problem: undefined, remedy: '' }] },
  },
  calls_refused: {
    bad: { refused: [{ reason: 'unknown_line', calls: 6 }] },
    says: 'Calls are refused: no line has the number',
  },
};

it.each(alarmRules)('%s fires once and is resolved, each with a mail', async (rule) => {
  const { bad, says, good = {} } = cases[rule];
  await harness.after(0, bad);
  await harness.after(3 * MINUTE);
  await harness.after(MINUTE);
  expect(await subjects(1)).toEqual([says]);
  await harness.after(MINUTE, { ...allWell, ...good });
  await harness.after(2 * MINUTE);
  await harness.after(10 * MINUTE);
  expect(await subjects(2)).toEqual([says, `Resolved: ${says}`]);
  expect(await harness.store.open()).toEqual([]);
  expect((await harness.store.history(undefined, 10)).alarms).toMatchObject([{ rule, begunAt: START }]);
  expect(harness.errors).toEqual([]);
});

it('says in the mail what happened, since when, what to do, and where', async () => {
  await harness.after(0, down);
  await harness.after(MINUTE);
  await subjects(1);
  const [{ from, to, text } = expect.fail('no mail')] = mail.mails;
  expect([from, to]).toEqual(['pbx@example.com', ['oncall@example.com']]);
  expect(text).toContain('the trunk trunk has no reachable contact.');
  expect(text).toMatch(/Since: Nov 21, 2026, 11:00\sAM \(Europe\/Prague\)/);
  expect(text).toContain('What to do: Check the internet connection');
  expect(text).toContain('Page: https://pbx.example/alarms');
  expect(text).toMatch(/^Auto-Submitted: auto-generated$/m);
});

it.each<[string, Partial<Facts>, string, string]>([
  [
    'of a handset',
    { ownDials: [{ of: 'handset', whose: 'sales', today: 9, maxToday: 10 }] },
    'Limit of outgoing calls per day: handset sales',
    'Outgoing calls: 9 of 10.',
  ],
  [
    'of an operator',
    { ownDials: [{ of: 'operator', whose: 'Jana (2)', today: 10, maxToday: 10 }] },
    'Limit of outgoing calls per day: Jana (2)',
    'Outgoing calls: 10 of 10.',
  ],
  [
    'of a certificate that has expired',
    { certificates: [{ service: 'sip', expiresAt: START - 3 * DAY, problem: undefined }] },
    'The certificate needs attention: telephones (SIP over TLS)',
    'It has expired. Days since then: 3.',
  ],
  [
    'of a certificate that could not be read again',
    { certificates: [{ service: 'https', expiresAt: START + 90 * DAY, problem: 'key.pem is of another certificate' }] },
    'The certificate needs attention: pages and API (HTTPS)',
    'It cannot be used: key.pem is of another certificate.',
  ],
])('has words for the case %s', async (_, bad, subject, text) => {
  await harness.after(0, bad);
  await harness.after(2 * MINUTE);
  expect(await subjects(1)).toEqual([subject]);
  expect(mail.mails[0]?.text).toContain(text);
});

it('writes in the language of the receiver', async () => {
  harness.settings.receivers = ['cs', 'ru'].map((language) => ({
    ...receivers[0]!,
    name: language,
    language: language as 'cs' | 'ru',
  }));
  await harness.after(0, { disk: { freeBytes: 1, totalBytes: 100 } });
  await harness.after(MINUTE);
  // The worker of a new receiver is woken with the next change of the settings.
  expect((await harness.db.selectFrom('webhook_deliveries').select('body').execute()).map(({ body }) => body)).toEqual([
    expect.stringContaining('Disk je skoro plný'),
    expect.stringContaining('Диск почти заполнен'),
  ]);
});

describe('holding back', () => {
  it('does not fire before the condition has lasted, nor for one that comes and goes', async () => {
    for (let round = 0; round < 5; round += 1) {
      await harness.after(30_000, down);
      await harness.after(30_000, up);
    }
    await harness.after(10 * MINUTE);
    expect(await harness.store.open()).toEqual([]);
    expect(await subjects(0)).toEqual([]);
  });

  it('is one alarm while the condition flaps', async () => {
    await harness.after(0, down);
    await harness.after(MINUTE);
    for (let round = 0; round < 5; round += 1) {
      await harness.after(MINUTE, up);
      await harness.after(MINUTE, down);
    }
    expect(await subjects(1)).toEqual(['Trunk down: trunk']);
    expect(await harness.store.open()).toMatchObject([{ begunAt: START, goodSince: null }]);
  });

  it('leaves an alarm as it is while nothing is known', async () => {
    await harness.after(0, down);
    await harness.after(MINUTE);
    await harness.after(MINUTE, { trunks: undefined });
    await harness.after(60 * MINUTE);
    expect(await harness.store.open()).toHaveLength(1);
    await harness.after(MINUTE, up);
    await harness.after(2 * MINUTE);
    expect(await subjects(2)).toHaveLength(2);
  });

  it('knows nothing of a shop that was not called since a restart', async () => {
    await harness.after(0, cases.shop_failing.bad);
    await harness.after(MINUTE);
    await harness.after(60 * MINUTE, { shops: [] });
    expect(await harness.store.open()).toHaveLength(1);
  });

  it('fires although the clock was set back', async () => {
    await harness.after(0, down);
    await harness.db
      .updateTable('alarms')
      .set({ begun_at: START + 600 * MINUTE })
      .execute();
    await harness.after(MINUTE);
    await harness.after(MINUTE);
    expect(await subjects(1)).toHaveLength(1);
  });

  it('ends an alarm whose rule is switched off', async () => {
    await harness.after(0, down);
    await harness.after(MINUTE);
    harness.settings.trunk_down.on = false;
    await harness.after(MINUTE);
    await harness.after(2 * MINUTE);
    expect(await subjects(2)).toEqual(['Trunk down: trunk', 'Resolved: Trunk down: trunk']);
  });
});

describe('silence', () => {
  const silence = (minutes: number, subject: string | null = null) =>
    harness.store.silence({
      rule: 'trunk_down',
      subject,
      until: harness.clock.now() + minutes * MINUTE,
      reason: 'the provider repairs it',
      by: '@jana',
      at: harness.clock.now(),
    });

  it('keeps an alarm from being sent; what still fires at its end is sent then', async () => {
    await silence(30);
    await harness.after(0, down);
    await harness.after(20 * MINUTE);
    expect(await harness.store.open()).toMatchObject([{ firedAt: START + 20 * MINUTE, sentAt: null }]);
    expect(await subjects(0)).toEqual([]);
    await harness.after(11 * MINUTE);
    expect(await subjects(1)).toEqual(['Trunk down: trunk']);
  });

  it('says nothing of the end of what it has hidden, but of the end of what was sent before', async () => {
    await harness.after(0, down);
    await harness.after(MINUTE);
    await silence(600, 'trunk');
    await harness.after(MINUTE, up);
    await harness.after(2 * MINUTE);
    expect(await subjects(2)).toEqual(['Trunk down: trunk', 'Resolved: Trunk down: trunk']);
    await harness.after(MINUTE, down);
    await harness.after(MINUTE);
    await harness.after(MINUTE, up);
    await harness.after(2 * MINUTE);
    expect(await subjects(2)).toHaveLength(2);
  });

  it('is for its subject only, and can be ended', async () => {
    await silence(600, 'other');
    const { id } = await silence(600, 'trunk');
    await harness.after(0, { trunks: [...down.trunks!, { trunk: 'spare', problem: unreachable }] });
    await harness.after(MINUTE);
    expect(await subjects(1)).toEqual(['Trunk down: spare']);
    expect(await harness.store.unsilence(id, harness.clock.now())).toBe(true);
    expect(await harness.store.unsilence(id, harness.clock.now())).toBe(false);
    await harness.after(MINUTE);
    expect(await subjects(2)).toContain('Trunk down: trunk');
  });
});

describe('a restart', () => {
  it('sends nothing twice, and what was not sent yet', async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'alarms-'));
    const file = path.join(dir, 'cordboard.db');
    const start = (at: number) => AlarmHarness.start({ receivers }, { smtp, file, at });
    let life = await start(START);
    await life.after(0, down);
    await life.after(MINUTE);
    expect(await subjects(1)).toEqual(['Trunk down: trunk']);
    await expect.poll(() => stateOf(life)).toEqual(['delivered']);
    await life.stop();

    life = await start(START + 2 * MINUTE);
    await life.after(0, down);
    await life.after(MINUTE);
    expect(await subjects(1)).toHaveLength(1);
    mail.answer = '450 4.2.1 try later';
    await life.after(0, up);
    await life.after(2 * MINUTE);
    await expect.poll(() => life.db.selectFrom('webhook_attempts').selectAll().execute()).toHaveLength(2);
    await life.stop();

    mail.answer = '250 ok';
    life = await start(START + 10 * MINUTE);
    await life.after(0, up);
    await life.after(10 * MINUTE);
    expect(await subjects(2)).toEqual(['Trunk down: trunk', 'Resolved: Trunk down: trunk']);
    await life.stop();
    await rm(dir, { recursive: true });
  });

  const stateOf = async ({ db }: AlarmHarness) =>
    (await db.selectFrom('webhook_deliveries').select('state').execute()).map(({ state }) => state);
});

describe('receivers', () => {
  it('get a mail later that the server refuses now, and only once', async () => {
    mail.answer = '450 4.2.1 try later';
    await harness.after(0, down);
    await harness.after(MINUTE);
    const attempt = () => harness.db.selectFrom('webhook_attempts').select('failed').execute();
    await expect.poll(async () => (await attempt())[0]?.failed ?? '').toContain('450 4.2.1 try later');
    mail.answer = '250 ok';
    await harness.after(MINUTE);
    expect(await subjects(1)).toEqual(['Trunk down: trunk']);
    await harness.after(MINUTE);
    expect(await subjects(1)).toHaveLength(1);
  });

  it('are not sent to without a mail server, which the delivery says', async () => {
    const other = await AlarmHarness.start({ receivers });
    await other.after(0, down);
    await other.after(MINUTE);
    const failed = () => other.db.selectFrom('webhook_attempts').select('failed').execute();
    await expect.poll(failed).toEqual([{ failed: 'mail: SMTP_HOST is not set' }]);
    await other.stop();
  });

  it('are webhooks too, if they want the event', async () => {
    harness.webhooks = [webhookSchema.parse({ name: 'crm', url: 'http://127.0.0.1:9/', events: ['alarm'] })];
    harness.webhooks.push(webhookSchema.parse({ name: 'shop', url: 'http://127.0.0.1:9/' }));
    await harness.after(0, down);
    await harness.after(MINUTE);
    const rows = await harness.db.selectFrom('webhook_deliveries').select(['hook', 'event', 'seq', 'body']).execute();
    expect(rows.map(({ hook, event, seq }) => [hook, event, seq])).toEqual([
      ['crm', 'alarm', 1],
      ['alarm:oncall', 'alarm', 1],
    ]);
    expect(JSON.parse(rows[0]?.body ?? '')).toMatchObject({ rule: 'trunk_down', about: 'trunk', state: 'fired' });
  });

  it('get mails over a login, whose password is read from its file', async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'alarms-'));
    const passwordFile = path.join(dir, 'password');
    await writeFile(passwordFile, 'geheim\n');
    const other = await AlarmHarness.start({ receivers }, { smtp: { ...smtp, user: 'pbx', passwordFile } });
    await other.after(0, down);
    await other.after(MINUTE);
    await subjects(1);
    expect(mail.mails[0]?.login).toBe('\0pbx\0geheim');
    await other.stop();
    await rm(dir, { recursive: true });
  });
});
