import type { CallOutcome } from '../../../src/telephony/call-outcome.js';
import { companySchema, type Company } from '../../../src/company/company.js';
import { CompanyStore, type CompanyChanged } from '../../../src/company/store/company-store.js';
import { ConfigStore } from '../../../src/company/store/config-store.js';
import { createHttpServer } from '../../../src/http/server.js';
import { scopes, type Scope } from '../../../src/http/route.js';
import { TokenList } from '../../../src/http/tokens.js';
import type { ControlAnswer, ControlRefused } from '../../../src/telephony/control.js';
import { CallNumbers } from '../../../src/calls/call-numbers.js';
import type { CallRecord } from '../../../src/calls/reader.js';
import { ControlApi } from '../../../src/integrations/telfa/control/api.js';
import { ControlIds } from '../../../src/integrations/telfa/control/ids.js';
import type { ControlDoors } from '../../../src/integrations/telfa/control/login.js';
import type { HandsetMembership } from '../../../src/agents/handset-membership.js';
import type { ControlPorts } from '../../../src/integrations/telfa/control/ports.js';
import { telfaHandOver } from '../../../src/integrations/telfa/hand-over.js';
import { systemClock } from '../../../src/lib/clock.js';
import { Emitter } from '../../../src/lib/emitter.js';
import { createLogger } from '../../../src/lib/logger.js';
import { openDatabase, type Database } from '../../../src/storage/database.js';

export const TOKEN = 'a-token-of-the-shop-for-tests';
export const READER = 'a-token-that-sees-no-numbers';
export const PASSWORD = 'tajné heslo: příliš žluťoučký';
export const STARTED_AT = Date.parse('2026-11-21T10:15:30.000Z');

export interface ControlHarness {
  url: string;
  /** What the gateway was asked to do, in order. */
  done: unknown[];
  company: () => Company;
  apply(change: (company: Company) => Company): Promise<void>;
  /** What the next command is refused with. */
  refuse(refusal: Omit<ControlRefused, 'ok'> | undefined): void;
  close(): Promise<void>;
}

const audio = { cs: `sha256:${'0'.repeat(64)}` };

export const company = companySchema.parse({
  version: 1,
  dial_policy: { countries: ['CZ'] },
  prompts: [
    { id: 40, name: 'Položení hovoru', audio },
    { id: 12, name: 'Objednávka <je> & připravena', audio },
  ],
  handsets: [{ name: 'sklad' }, { name: 'kancelar' }],
  queues: [
    { id: 1, name: 'Fronta volajících', handsets: ['sklad', 'kancelar'] },
    { id: 2, name: 'Kancelář', handsets: ['kancelar'] },
  ],
  operators: [
    { id: 7, login: 'jana@shop.cz', name: 'Jana Žáková', role: 'admin', handset: 'sklad', mobile: '+420777000111' },
    { id: 8, login: 'petr', name: 'Petr', handset: 'kancelar' },
  ],
  parts: {
    sklad: [{ enqueue: { queue: 1, label: 'telefon-kancelář' } }, 'hang_up'],
    rozlouceni: [{ play: 12 }, 'hang_up'],
  },
  lines: [
    {
      number: '+420222333444',
      name: 'Zákaznická linka',
      plan: ['answer', { menu: { prompt: 12, timeout: '5s', keys: { '9': [{ go_to_part: 'sklad' }] } } }],
    },
    { number: '+420222333445', plan: ['answer', 'hang_up'] },
  ],
  webhooks: [{ name: 'telfa', url: 'https://shop.example/telfa/', secret: 'WEBHOOK_SHOP' }],
});

const call = (id: string, over: Partial<CallRecord['summary']> = {}): CallRecord => ({
  id,
  kind: 'plan',
  running: over.endedAt == null,
  startedAt: STARTED_AT,
  outcome: over.outcome,
  order: null,
  menuKeys: [],
  hasRecording: false,
  note: null,
  summary: {
    line: '+420222333444',
    caller: '+420777888999',
    direction: 'incoming',
    at: 'parts/sklad/0',
    startedAt: STARTED_AT,
    answeredAt: STARTED_AT + 1000,
    endedAt: null,
    endedBy: null,
    ...over,
  },
});

const outcome: CallOutcome = {
  name: 'answered',
  reason: null,
  queue: 1,
  waitedMs: 8200,
  agent: { handset: 'sklad' },
  talkMs: 50_000,
  endedAt: STARTED_AT + 61_000,
  endedBy: 'caller',
};

export const calls = [call('c_1'), call('c_2', { endedAt: STARTED_AT + 61_000, endedBy: 'caller', outcome })];

/** The control API on a real server and a real configuration, with the telephony faked. */
export async function startControlHarness(): Promise<ControlHarness> {
  const db = await openDatabase(':memory:');
  await storeCalls(db);
  const store = new ConfigStore(db);
  const companies = new CompanyStore({
    store,
    lint: {
      knownSounds: new Map(),
      checkProfile: (changes) => telfaHandOver.profile(changes),
      secrets: new Set(['WEBHOOK_SHOP']),
    },
    hasAudio: () => Promise.resolve(true),
    changed: new Emitter<CompanyChanged>(() => undefined),
  });
  await companies.apply({ company });
  const done: unknown[] = [];
  let refusal: ControlRefused | undefined;
  const command = (...what: unknown[]): Promise<ControlAnswer> => {
    if (refusal) return Promise.resolve(refusal);
    done.push(what);
    return Promise.resolve({ ok: true });
  };
  const standing = {
    displayName: '',
    webrtc: false,
    encryption: 'off' as const,
    maxContacts: 1,
    endpoint: null,
    contacts: [],
  };
  const standings: HandsetMembership[] = [
    {
      ...standing,
      handset: 'sklad',
      registered: true,
      queues: [{ queue: 1, loggedIn: true, paused: false, pauseReason: '', state: 'busy', wrapUpUntil: null }],
    },
    { ...standing, handset: 'kancelar', registered: false, queues: [] },
  ];
  const ports: ControlPorts = {
    calls: {
      interrupt: (id, prompt) => command('interrupt', id, prompt),
      hangUp: (id) => command('hangUp', id),
      transfer: (id, to) => command('transfer', id, to),
      route: (id, to) => command('route', id, to),
      consult: (id, to, handset) => command('consult', id, to, handset),
      advanceTransfer: (id, step) => command('advanceTransfer', id, step),
      park: (id, handset) => command('park', id, handset),
      pickUp: (id, handset) => command('pickUp', id, handset),
      play: (id, prompt, side) => command('play', id, prompt, side),
      listen: (id, handset) => command('listen', id, handset),
      move: (id, position) => command('move', id, position),
      call: async (request) => begun(await command('call', request)),
      announce: async (request) => begun(await command('announce', request)),
    },
    log: {
      list: ({ running, limit, offset = 0, ...rest }) => {
        if (running === undefined) done.push(['log', { limit, offset, ...rest }]);
        return Promise.resolve({ calls: calls.filter((each) => running === undefined || each.running === running) });
      },
      get: (id) => Promise.resolve(calls.filter((each) => each.id === id).map((found) => ({ call: found }))[0]),
    },
    numbers: new CallNumbers(db),
    recordings: {
      ofCalls: () => Promise.resolve(new Map([['c_2', [{ id: 'r_1', state: 'ready', durationMs: 60_400 }]]])),
      audio: (id) =>
        Promise.resolve(
          id === 'r_1'
            ? { status: 200, headers: { 'content-type': 'audio/wav' }, body: Buffer.from('RIFF') }
            : undefined,
        ),
    },
    operators: {
      list: () => Promise.resolve(standings),
      logIn: async (...what) => {
        await command('logIn', ...what);
      },
      logOut: async (...what) => {
        await command('logOut', ...what);
      },
    },
    history: {
      list: (filter) => {
        done.push(['history', filter]);
        const event = { id: 1, at: STARTED_AT, handset: 'sklad', operator: 'jana@shop.cz', queue: 1, by: 'handset' };
        return Promise.resolve({ events: [{ ...event, event: 'paused' as const, reason: 'oběd' }], next: undefined });
      },
    },
    prompts: {
      list: () => Promise.resolve(companies.company.prompts.map((prompt) => ({ prompt, audio: [], usedIn: [] }))),
      fromText: async ({ name, text, voice }) => {
        await command('fromText', name, text, voice);
        return { prompt: { id: 41, name }, audio: [{ language: 'cs' } as never], usedIn: [] };
      },
    },
    speak: async (text, voice) => {
      await command('speak', text, voice);
      return 1_000_000_001;
    },
    companies,
    ids: new ControlIds({ meta: (key) => store.meta(key), keep: (key, value) => store.setMeta(key, value) }),
  };
  const api = new ControlApi({ ports, doors, clock: systemClock });
  const server = createHttpServer({
    routes: [],
    find: (method, url, headers) => api.find(method, url, headers),
    tokens: new TokenList([]),
    logger: createLogger({ level: 'silent' }),
  });
  const { port } = await server.start({ host: '127.0.0.1', port: 0 });
  return {
    url: `http://127.0.0.1:${port}`,
    done,
    company: () => companies.company,
    apply: async (change) => {
      await companies.update(change);
    },
    refuse: (given) => (refusal = given && { ok: false, ...given }),
    async close() {
      await server.stop();
      await db.destroy();
    },
  };
}

/** Of each call only that there is one. */
async function storeCalls(db: Database): Promise<void> {
  const row = { kind: 'plan', program: '', state: '{}', summary: '{}', over: 0, started_at: 1, updated_at: 1 };
  await db.insertInto('programs').values({ hash: '', body: '{}' }).execute();
  for (const id of ['c_1', 'c_2', 'c_new'])
    await db
      .insertInto('flows')
      .values({ id, ...row })
      .execute();
}

function begun(answer: ControlAnswer) {
  return answer.ok ? { ok: true as const, callId: 'c_new' } : answer;
}

const READS: Scope[] = ['calls:read', 'operators:read', 'config:read', 'prompts:read'];

const doors: ControlDoors = {
  passwords: {
    authenticate(user, password) {
      const known = company.operators.find(({ login }) => login === user);
      if (known === undefined || password !== PASSWORD) return Promise.resolve({ refused: 'wrong' });
      const granted = known.role === 'admin' ? scopes : [...READS, 'calls:control' as const, 'calls:reject' as const];
      return Promise.resolve({ who: { name: user, scopes: granted, operator: { id: known.id } } });
    },
  },
  tokens: {
    verify(token) {
      if (token === TOKEN) return { name: 'shop', scopes };
      return token === READER ? { name: 'reader', scopes: READS } : undefined;
    },
  },
};
