import type { BridgeRequest } from '../../../src/masked-bridges/port.js';
import { ConfigStore } from '../../../src/company/store/config-store.js';
import { createHttpServer } from '../../../src/http/server.js';
import type { Scope } from '../../../src/http/route.js';
import { TokenList } from '../../../src/http/tokens.js';
import { checkProfile } from '../../../src/integrations/shared/check-profile.js';
import { GootaxApi } from '../../../src/integrations/gootax/api.js';
import { Repetitions } from '../../../src/integrations/gootax/repetitions.js';
import { RecordedRequests } from '../../../src/integrations/unknown-requests/unknown-requests.js';
import { recordedRoutes } from '../../../src/integrations/unknown-requests/routes.js';
import { Emitter } from '../../../src/lib/emitter.js';
import { createLogger } from '../../../src/lib/logger.js';
import type { NotificationRefusal, NotificationRequest } from '../../../src/notifications/port.js';
import { OrderBook } from '../../../src/orders/order-book.js';
import { companySchema, type Company } from '../../../src/company/company.js';
import { CompanyStore, type CompanyChanged } from '../../../src/company/store/company-store.js';
import { lineRoutes } from '../../../src/company/line-routes.js';
import { VirtualClock } from '../../../src/simulator/virtual-clock.js';
import { openDatabase } from '../../../src/storage/database.js';

export const VOICE = 'the-token-of-the-voice-informer';
export const INTEGRATION = 'the-token-of-the-integration';
export const READER = 'a-token-that-reads-the-setup';
export const [CLIENT, DRIVER, LINE, BRANCH_LINE] = ['+420777888999', '+420608111222', '+420222333444', '+420222333555'];

const audio = { cs: `sha256:${'0'.repeat(64)}` };

export const company = companySchema.parse({
  version: 1,
  dial_policy: { countries: ['CZ'] },
  prompts: [{ id: 1, name: 'Dobrý den', audio }],
  handsets: [{ name: 'anna' }],
  queues: [{ id: 3, name: 'Dispečink', handsets: ['anna'] }],
  lines: [
    { number: LINE, name: 'Praha', plan: ['answer', { enqueue: { queue: 3, label: 'dispečink' } }] },
    {
      number: BRANCH_LINE,
      name: 'Brno',
      branch: 'brno',
      tariff: 'city',
      queue: 3,
      languages: ['ru', 'cs'],
      time_zone: 'Europe/Bratislava',
      caller_id: '222 333 000',
      plan: ['answer', { play: 1 }, 'hang_up'],
    },
  ],
});

type Refusal = Omit<NotificationRefusal, 'ok'>;

/** The dispatch API on a real server and database; notifications and bridges write down what they are asked for. */
export async function startDispatchHarness() {
  const db = await openDatabase(':memory:');
  const clock = new VirtualClock(Date.parse('2026-11-21T10:15:30Z'));
  const companies = new CompanyStore({
    store: new ConfigStore(db),
    lint: { knownSounds: new Map(), checkProfile },
    hasAudio: () => Promise.resolve(true),
    changed: new Emitter<CompanyChanged>(() => undefined),
  });
  await companies.apply({ company });
  const notified: NotificationRequest[] = [];
  /** Orders of which nobody is told any more what they were before. */
  const superseded: string[] = [];
  const bridged: BridgeRequest[] = [];
  let refusal: Refusal | undefined;
  const orders = new OrderBook(db);
  const recorded = new RecordedRequests(db, clock);
  const token = (name: string, secret: string, scopes: Scope[]) => ({ name, token: secret, scopes });
  const tokens = new TokenList([
    token('voice', VOICE, ['dispatch:notify']),
    token('integration', INTEGRATION, ['dispatch:connect', 'lines:read']),
    token('reader', READER, ['config:read', 'config:write']),
  ]);
  const api = new GootaxApi({
    company: () => companies.company,
    tokens,
    orders,
    recorded,
    clock,
    repetitions: new Repetitions(db),
    pairKey: Buffer.from('a key'),
    notifications: {
      supersede: (orderId) => {
        superseded.push(orderId);
        return Promise.resolve();
      },
      notify: (request) => {
        if (refusal) return Promise.resolve({ ok: false, ...refusal });
        const isNew = !notified.some(({ externalId }) => externalId === request.externalId);
        notified.push(request);
        const { externalId, orderId } = request;
        const nothing = {
          result: null,
          nextAttemptAt: null,
          answeredAt: null,
          durationMs: null,
          digit: null,
          action: null,
        };
        const standing = {
          ...nothing,
          id: `n_${externalId}`,
          externalId,
          orderId,
          state: 'waiting' as const,
          attempts: [],
        };
        return Promise.resolve({ ok: true, isNew, notification: standing });
      },
    },
    bridges: {
      start: (request) => {
        if (refusal)
          return Promise.resolve({ ok: false, ...refusal, why: refusal.why === 'conflict' ? 'refused' : refusal.why });
        bridged.push(request);
        const nothing = { failed: null, createdAt: 0, bridgedAt: null, endedAt: null, endedBy: null, metadata: {} };
        const bridge = { ...nothing, id: 'b_1', orderId: request.order_id, state: 'queued' as const, line: LINE };
        return Promise.resolve({ ok: true, isNew: true, bridge });
      },
    },
  });
  const server = createHttpServer({
    routes: [...lineRoutes(() => companies.company), ...recordedRoutes(recorded)],
    find: (method, url) => api.find(method, url),
    tokens,
    logger: createLogger({ level: 'silent' }),
  });
  const { port } = await server.start({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  return {
    db,
    url,
    port,
    clock,
    notified,
    superseded,
    bridged,
    orders,
    recorded,
    apply: (change: (now: Company) => Company) => companies.update(change),
    refuse: (next: Refusal | undefined) => (refusal = next),
    /** As the dispatch asks: JSON, unless `body` is text already. */
    async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = { 'api-key': VOICE }) {
      const type = typeof body === 'string' ? {} : { 'content-type': 'application/json' };
      const answer = await fetch(url + path, {
        method,
        headers: { ...(body !== undefined && type), ...headers },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
    },
    async close() {
      await server.stop();
      await db.destroy();
    },
  };
}

export type DispatchHarness = Awaited<ReturnType<typeof startDispatchHarness>>;
