import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDataFolder } from '../../src/app/data-folder.js';
import { readLease } from '../../src/storage/node-lease/lease-rows.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { whileFrozen } from '../support/freeze.js';
import { Gateway, prompts } from '../support/gateway.js';
import { callerOf, Phone, prompt, type PhoneCall } from '../support/sip/caller.js';
import { Cuttable } from './conformance/cuttable.js';

interface TestDatabase {
  /** Of the gateways. */
  env: Record<string, string>;
  stop: () => Promise<void>;
}

const P = { code: 1, thanks: 2, menu: 3, chosen: 4 };
const CODE_LINE = '+420222333441';
const MENU_LINE = '+420222333442';
const company = {
  country: 'CZ',
  languages: ['cs'],
  prompts: prompts(...Object.values(P)),
  lines: [
    {
      number: CODE_LINE,
      plan: ['answer', { collect: { prompt: P.code, save_as: 'code', max: 4, timeout: '60s' } }, { play: P.thanks }],
    },
    {
      number: MENU_LINE,
      plan: ['answer', { menu: { prompt: P.menu, timeout: '60s', keys: { '7': [{ play: P.chosen }, 'hang_up'] } } }],
    },
  ],
};
export const LATER = { skipping: true, withinMs: 30_000 };
/** Longer than it takes the other gateway to take over. */
const FROZEN_MS = 6000;

/** Two gateways on one database and one Asterisk: one owns the node, the other takes over with the calls in progress. */
export function standbyHarness(begin: () => Promise<TestDatabase>) {
  let database: TestDatabase;
  let asterisk: TestAsterisk;
  let first: Gateway;
  let second: Gateway;
  const relays: Cuttable[] = [];
  const phones: Phone[] = [];

  async function gatewayEnv(): Promise<Record<string, string>> {
    const [ari, ami] = [new Cuttable(asterisk.ariPort), new Cuttable(asterisk.amiPort)];
    relays.push(ari, ami);
    return {
      ...asterisk.gatewayEnv(),
      ARI_URL: `http://127.0.0.1:${await ari.open()}`,
      AMI_PORT: String(await ami.open()),
    };
  }

  beforeAll(async () => {
    [asterisk, database] = await Promise.all([startAsterisk(), begin()]);
    first = await Gateway.start({ asterisk: await gatewayEnv(), company, env: database.env });
    const env = { ...database.env, CORDBOARD_DATA: path.dirname(first.database), CORDBOARD_API_TOKEN: first.token };
    second = await Gateway.begin({ asterisk: await gatewayEnv(), company, env });
    await waits(second);
    const server = { host: '127.0.0.1', port: asterisk.sipPort };
    for (let n = 0; n < 6; n += 1) phones.push(await new Phone({ server, user: `+42060100200${n}` }).start());
  });

  afterAll(async () => {
    await Promise.all(phones.map((phone) => phone.stop()));
    await second.stop();
    await first.stop();
    await Promise.all(relays.map((relay) => relay.close()));
    await database.stop();
    await asterisk.stop();
  });

  /** Resolves when the gateway says that it is a standby. */
  function waits(gateway: Gateway): Promise<string> {
    return becomes('it is a standby', async () => {
      const response = await fetch(`${gateway.url}/readyz`).catch(() => undefined);
      if (response?.status !== 503) return undefined;
      const { checks } = (await response.json()) as { checks: Record<string, string> };
      return checks['node'];
    });
  }

  /** One caller in the middle of a code, one in a menu. @param owner has stored their digits */
  async function callersInProgress(owner: Gateway): Promise<{ inCode: PhoneCall; inMenu: PhoneCall }> {
    const [a, b] = phones.splice(0, 2) as [Phone, Phone];
    const [inCode, inMenu] = [await a.dial(CODE_LINE), await b.dial(MENU_LINE)];
    await inCode.hears(prompt(P.code), LATER);
    await inCode.press('12');
    await inMenu.hears(prompt(P.menu), LATER);
    await becomes('the digits are stored', async () => {
      const timeline = await owner.timeline(callerOf(inCode));
      return timeline.filter(({ kind }) => kind === 'digit').length === 2;
    });
    phones.push(a, b);
    return { inCode, inMenu };
  }

  /** The callers go on where they were: two digits complete the code. */
  async function callersGoOn({ inCode, inMenu }: Awaited<ReturnType<typeof callersInProgress>>): Promise<void> {
    await inCode.press('34');
    await inCode.hears(prompt(P.thanks), LATER);
    await inMenu.press('7');
    await inMenu.hears(prompt(P.chosen), LATER);
    await Promise.all([inCode.ended({ withinMs: 30_000 }), inMenu.ended({ withinMs: 30_000 })]);
  }

  async function epochAndOwner(): Promise<{ epoch: number; owner: string | null }> {
    const dataDir = path.dirname(first.database);
    const db = await openDataFolder({ dataDir, databaseUrl: database.env['DATABASE_URL'], sqlite: {} });
    try {
      return await readLease(db);
    } finally {
      await db.destroy();
    }
  }

  async function takenOver(by: Gateway, sinceMs: number, how: string): Promise<void> {
    await by.ready();
    // For those who measure; the limits of the documentation count on a machine with nothing else to do.
    console.info(`taken over after ${how}: ${Date.now() - sinceMs} ms`);
    expect((await epochAndOwner()).owner).toMatch(new RegExp(`:${by.port}$`));
  }

  /** The tests. */
  function takeovers(): void {
    it('takes over the calls of an owner that is killed', async () => {
      const callers = await callersInProgress(first);
      const killedAt = Date.now();
      await first.kill();
      await takenOver(second, killedAt, 'kill -9');
      await callersGoOn(callers);
      await first.run();
      await waits(first);
    });

    it('takes over the calls of an owner that is stopped', async () => {
      const callers = await callersInProgress(second);
      const stoppedAt = Date.now();
      process.kill(second.pid!, 'SIGTERM');
      await takenOver(first, stoppedAt, 'SIGTERM');
      await callersGoOn(callers);
      await second.died();
      expect(second.exitCode).toBe(0);
      await second.run();
      await waits(second);
    });

    it('takes over the calls of an owner that is frozen, which then does nothing any more', async () => {
      const callers = await callersInProgress(first);
      const before = await epochAndOwner();
      const frozenAt = Date.now();
      const [ari, ami] = relays as [Cuttable, Cuttable];
      let sentBytes = 0;
      let late: Promise<unknown> | undefined;
      const note = `/api/v1/calls/${(await first.calls())[0]?.id}/note`;
      await whileFrozen(first.pid!, async () => {
        await delay(FROZEN_MS);
        await takenOver(second, frozenAt, 'SIGSTOP');
        sentBytes = ari.sentBytes + ami.sentBytes;
        // It is in the socket when the process wakes.
        const body = JSON.stringify({ text: 'written too late' });
        const headers = { 'content-type': 'application/json' };
        late = first.fetch(note, { method: 'PUT', body, headers }).catch(() => undefined);
        await delay(200);
      });
      await late;
      await first.died();
      expect(first.exitCode).toBe(4);
      expect(first.output).toContain('another gateway has taken over the node');
      // A request has more than a hundred bytes; a closing socket of ARI says goodbye with less.
      expect(ari.sentBytes + ami.sentBytes - sentBytes).toBeLessThan(100);
      expect((await epochAndOwner()).epoch).toBe(before.epoch + 1);
      expect(await second.api(note)).toMatchObject({ note: null });
      await callersGoOn(callers);
    });
  }

  return { gateways: () => ({ first, second }), waits, callersInProgress, takeovers };
}
