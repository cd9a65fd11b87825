import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { openDatabase } from '../../../src/storage/database.js';
import { startAsterisk } from '../../support/asterisk.js';
import { becomes } from '../../support/becomes.js';
import { Gateway, prompts } from '../../support/gateway.js';
import { freePort } from '../../support/ports.js';
import { faults, say, Shop, text } from '../../support/shop.js';
import { userOf } from '../../support/sip/message.js';
import { busy, Phone, pickUp, ringForEver, type PhoneCall } from '../../support/sip/phone.js';

/**
 * Writes the database, the company's document and the list of Asterisk's channels of a gateway that was killed with calls
 * in progress. It runs in a checkout of the version whose data is wanted: see README.md beside it.
 */

const LINES = {
  handOver: '+420222333444',
  queue: '+420222333445',
  ring: '+420222333446',
  menu: '+420222333447',
};
const P = { ask: 20, found: 21, menu: 22, bye: 23, notify: 24, confirm: 25 };
const NUMBERS = { answers: '+420777000111', busy: '+420777000222', silent: '+420777000333' };
const PARTIES = { client: '+420777000444', driver: '+420777000555' };
/** Made for this fixture; nothing else has it. */
const PASSWORD = 'fixture password, not a secret';
const WITHIN = { withinMs: 30_000 };

const company = (shop: string, hooks: string, down: string) => ({
  country: 'CZ',
  languages: ['cs', 'en'],
  dial_policy: { countries: ['CZ'], max_concurrent: 20 },
  prompts: prompts(...Object.values(P)),
  handsets: [{ name: 'a1' }, { name: 'a2' }],
  queues: [
    { id: 12, name: 'Fronta', handsets: ['a1'], join_when: 'always', stay_when: 'always', ring_timeout: 30 },
    { id: 13, name: 'Sklad', handsets: ['a2'], join_when: 'always', stay_when: 'always' },
  ],
  operators: [
    { id: 7, login: 'jana@shop.example', name: 'Jana', role: 'admin', handset: 'a1' },
    { id: 8, login: 'petr', name: 'Petr', role: 'operator', handset: 'a2' },
  ],
  pause_reasons: ['oběd'],
  notifications: { expires_after: '2d', retry: { max_attempts: 2, interval: '1h', backoff: 1, on: ['busy'] } },
  parts: { goodbye: [{ play: P.bye }, 'hang_up'] },
  lines: [
    { number: LINES.handOver, plan: ['answer', { hand_over: { url: shop } }, { go_to_part: 'goodbye' }] },
    { number: LINES.queue, plan: ['answer', { enqueue: { queue: 12, label: 'telefon-sklad' } }] },
    { number: LINES.ring, plan: ['answer', { ring: { number: NUMBERS.answers, timeout: '60s' } }, 'hang_up'] },
    {
      number: LINES.menu,
      plan: ['answer', { menu: { prompt: P.menu, timeout: '60s', keys: { '5': [{ go_to_part: 'goodbye' }] } } }],
    },
  ],
  webhooks: [
    { name: 'shop', url: hooks },
    { name: 'down', url: down, events: ['call_started', 'hangup', 'bridge', 'notification'] },
  ],
});

async function main(folder: string): Promise<void> {
  const port = await freePort();
  const asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  const phones: Phone[] = [];
  const phoneOf = async (options: Omit<ConstructorParameters<typeof Phone>[0], 'server'>) => {
    const phone = await new Phone({ server, ...options }).start();
    phones.push(phone);
    return phone;
  };
  const provider = await phoneOf({ user: 'provider', port });
  provider.onIncoming(({ uri }) =>
    uri.includes('777000222') ? busy : uri.includes('777000333') ? ringForEver : pickUp,
  );
  const shop = await new Shop(({ fields }) =>
    fields['hangup'] === true
      ? text('')
      : fields['received_digits'] === undefined
        ? say.menu(P.ask, { timeoutS: 60, max: 4, place: 'asked' })
        : say.goOn(),
  ).start();
  const hooks = await new Shop(() => text('')).start();
  const down = await new Shop(() => faults.status(503)).start();
  const gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: company(shop.url, hooks.url, down.url),
    toneMs: () => 400,
  });
  const post = async <T>(pathname: string, body: object, method = 'POST'): Promise<T> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await gateway.fetch(`/api/v1${pathname}`, { method, body: JSON.stringify(body), headers });
    const content = await answer.text();
    if (!answer.ok) throw new Error(`${pathname}: ${answer.status} ${content}`);
    return (content === '' ? undefined : JSON.parse(content)) as T;
  };
  const operatorOf = async (name: string) => {
    const phone = await phoneOf({ user: name, password: await gateway.handsetPassword(name), incoming: pickUp });
    await phone.registerSoon();
    return phone;
  };
  const callersOf: Record<string, string> = {};
  const call = async (name: string, line: string, caller: string): Promise<PhoneCall> => {
    callersOf[name] = caller;
    const dialled = await (await phoneOf({ user: caller })).dial(line);
    return dialled;
  };
  const callTo = (number: string, nth = 1) =>
    becomes(`${number} is called`, () => callsTo(provider, number)[nth - 1], WITHIN.withinMs);
  const log = (what: string) => console.error(what);
  /** Calls that are not over, by their id. */
  const running = async () => (await gateway.calls()).filter(({ ended_at: ended }) => ended === null);
  const nobodyCalls = () =>
    becomes('no call is running', async () => ((await running()).length === 0 ? true : undefined), WITHIN.withinMs);

  try {
    await post('/accounts/jana%40shop.example/password', { password: PASSWORD }, 'PUT');
    await post('/tokens', { name: 'crm', scopes: ['calls:read'] });
    const jana = await operatorOf('a1');
    await operatorOf('a2');

    // Ended calls, one of each kind.
    log('a menu that the plan ends');
    const menu = await call('menu', LINES.menu, '+420777100001');
    await menu.answered(WITHIN);
    await menu.press('5');
    await menu.ended(WITHIN);
    log('a hand-over that goes through');
    const handed = await call('handed', LINES.handOver, '+420777100002');
    await handed.answered(WITHIN);
    await becomes('the shop asks', () => shop.requests.length > 0 || undefined, WITHIN.withinMs);
    await handed.press('1001');
    await handed.ended(WITHIN);
    log('a queue, answered and ended by the operator');
    const queued = await call('queued', LINES.queue, '+420777100003');
    const leg = await (await jana.nextCall(WITHIN)).answered(WITHIN);
    await queued.answered(WITHIN);
    await leg.hangUp();
    await queued.ended(WITHIN);
    log('a number that is rung, and talks');
    const talked = await call('talked', LINES.ring, '+420777100004');
    await (await callTo(NUMBERS.answers)).answered(WITHIN);
    await talked.hangUp();
    log('a feature code, twice');
    for (const code of ['*45', '*45']) await (await jana.dial(code)).ended(WITHIN);
    log('click to call');
    const { call_id: clicked } = await post<{ call_id: string }>('/calls', { handset: 'a2', number: NUMBERS.silent });
    await callTo(NUMBERS.silent);
    await post(`/calls/${clicked}/hangup`, {});
    log('a masked bridge that has ended');
    const bridgeOf = (order: string) => ({
      order_id: order,
      initiator: 'client',
      a: { phone: PARTIES.client, role: 'client' },
      b: { phone: PARTIES.driver, role: 'driver' },
    });
    const bridgeReaches = (id: string, state: string) =>
      becomes(
        `the bridge is ${state}`,
        async () => ((await gateway.api<{ state: string }>(`/api/v1/bridges/${id}`)).state === state ? true : undefined),
        WITHIN.withinMs,
      );
    const { bridge_id: over } = await post<{ bridge_id: string }>('/bridges', bridgeOf('A-1'));
    await bridgeReaches(over, 'bridged');
    await (await callTo(PARTIES.client)).hangUp();
    await bridgeReaches(over, 'ended');
    log('a notification that was heard, and one that waits after a busy number');
    const notify = (id: string, to: string) =>
      post<{ notification_id: string }>('/notifications', {
        external_id: id,
        order_id: `order-${id}`,
        status: 'arrived',
        to,
        prompts: [P.notify],
      });
    const notificationReaches = async (id: string, ...states: string[]) => {
      let last: unknown;
      await becomes(
        `the notification ${id}`,
        async () => {
          const one = await gateway.api<{ state: string }>(`/api/v1/notifications/${id}`);
          last = one;
          return states.includes(one.state) ? true : undefined;
        },
        WITHIN.withinMs,
      ).catch((error: unknown) => {
        throw new Error(JSON.stringify(last), { cause: error });
      });
    };
    const { notification_id: heard } = await notify('heard', NUMBERS.answers);
    await notificationReaches(heard, 'done');
    const { notification_id: waiting } = await notify('waiting', NUMBERS.busy);
    await becomes('the busy number is called', () => callsTo(provider, NUMBERS.busy)[0], WITHIN.withinMs);
    await notificationReaches(waiting, 'waiting');
    log('a caller who gives up in the queue');
    await post('/handsets/a1/log-out', {});
    await jana.stop();
    const abandoned = await call('abandoned', LINES.queue, '+420777100005');
    await inQueue(asterisk, 1);
    await abandoned.hangUp();
    await nobodyCalls();

    // Calls in progress.
    log('calls in progress');
    const asked = shop.requests.length;
    const question = await call('question', LINES.handOver, '+420777100011');
    await question.answered(WITHIN);
    await becomes('the shop asks', () => shop.requests.length > asked || undefined, WITHIN.withinMs);
    await question.press('10');
    await call('waits', LINES.queue, '+420777100012');
    await inQueue(asterisk, 1);
    await call('talks', LINES.ring, '+420777100013');
    await (await callTo(NUMBERS.answers, 3)).answered(WITHIN);
    await call('choosing', LINES.menu, '+420777100014');
    const { bridge_id: bridged } = await post<{ bridge_id: string }>('/bridges', bridgeOf('A-2'));
    await bridgeReaches(bridged, 'bridged');
    await becomes('all of them run', async () => ((await running()).length === 5 ? true : undefined), WITHIN.withinMs);
    await becomes(
      'the digits are stored',
      async () => (JSON.stringify(await gateway.timeline('777100011')).includes('"0"') ? true : undefined),
      WITHIN.withinMs,
    );

    const document = await (await gateway.fetch('/api/v1/config')).text();
    await gateway.kill();
    const killedAt = Date.now();
    const ari = async (what: string): Promise<unknown> => {
      const credentials = Buffer.from(`${asterisk.ariUser}:${asterisk.ariPassword}`).toString('base64');
      const headers = { authorization: `Basic ${credentials}` };
      return (await fetch(`${asterisk.ariUrl}/ari/${what}`, { headers })).json();
    };
    const channels = (await ari('channels')) as Record<string, unknown>[];
    const bridges = (await ari('bridges')) as Record<string, unknown>[];

    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const packed = path.join(gateway.dir, 'packed.db');
    const db = await openDatabase(gateway.database);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    await sql`vacuum into ${sql.lit(packed)}`.execute(db);
    await db.destroy();
    await writeFile(path.join(folder, 'cordboard.db.gz'), gzipSync(await readFile(packed), { level: 9 }));
    await writeFile(path.join(folder, 'company.yaml'), document);
    const state = {
      killedAt,
      addresses: { shop: shop.url, hooks: hooks.url, down: down.url },
      ids: { bridged, waiting, heard, over, clicked },
      callers: callersOf,
      channels: channels.map(({ id, state, caller, dialplan }) => ({ id, state, caller, dialplan })),
      bridges: bridges.map(({ id, channels: members }) => ({ id, channels: members })),
    };
    await writeFile(path.join(folder, 'state.json'), `${JSON.stringify(state, undefined, 2)}\n`);
  } finally {
    await Promise.all(phones.map((phone) => phone.stop()));
    await gateway.stop();
    await Promise.all([shop, hooks, down].map((server) => server.stop()));
    await asterisk.stop();
  }
}

function callsTo(provider: Phone, number: string): PhoneCall[] {
  return provider.invites.filter(({ invite }) => userOf(`<${invite.uri}>`).replace(/\D/g, '') === number.slice(1));
}

/** Waits until so many callers are in queue 12. */
async function inQueue(asterisk: { cli(command: string): Promise<string> }, count: number): Promise<void> {
  await becomes(
    `${count} in the queue`,
    async () => {
      const shown = await asterisk.cli('queue show q12');
      return new RegExp(`^\\s+${count}\\. PJSIP`, 'm').test(shown) ? true : undefined;
    },
    WITHIN.withinMs,
  );
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: tsx test/data/earlier-versions/write-fixture.ts FOLDER');
await main(folder);
