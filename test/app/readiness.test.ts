import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Readiness, type ReadinessOptions } from '../../src/app/readiness.js';
import { systemRoutes } from '../../src/app/system-routes.js';
import { AsteriskError, type AsteriskEvent } from '../../src/asterisk/port.js';
import { trunkProblem } from '../../src/directory/trunk-problem.js';
import type { TrunkState } from '../../src/directory/trunk-states.js';
import { healthRoutes } from '../../src/http/health.js';
import type { Route } from '../../src/http/route.js';
import type { Logger } from '../../src/lib/logger.js';
import { asAdmin, startServer } from '../http/http-harness.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { AsteriskNames } from '../../src/asterisk/names.js';

interface Answer {
  status: string;
  checks: Record<string, string>;
  problems: { check: string; problem: string; remedy?: string; blocking: boolean }[];
}

let clock: VirtualClock;
let asterisk: ReadinessOptions['asterisk'] & {
  linkErrors: { ari?: string; ami?: string };
  usable: boolean;
  version: string;
  missing: string[];
  states: string[];
  needs: string[];
};
let looks: number;
let logged: string[];
let kept: Record<'handsets' | 'queues', { errors: string[] | undefined; tries: number; reconcile(): Promise<void> }>;
let states: TrunkState[];
let emit: (event: AsteriskEvent) => void;
let readiness: Readiness;

beforeEach(() => {
  clock = new VirtualClock(0);
  looks = 0;
  logged = [];
  emit = () => undefined;
  asterisk = {
    names: new AsteriskNames(),
    usable: true,
    linkErrors: {},
    version: '22.10.1',
    missing: [],
    states: [],
    needs: [],
    onEvent: (listener) => {
      emit = listener;
      return () => undefined;
    },
    endpointState: () => Promise.resolve('online'),
    missingContexts: (names) => {
      looks += 1;
      return Promise.resolve(names.filter((name) => asterisk.missing.includes(name)));
    },
    registrations: () => Promise.resolve(asterisk.states),
    missingRingingNeeds: () => Promise.resolve(asterisk.needs),
  };
  const keeper = () => ({
    errors: [] as string[] | undefined,
    tries: 0,
    reconcile() {
      this.tries += 1;
      return Promise.resolve();
    },
  });
  kept = { handsets: keeper(), queues: keeper() };
  states = [];
  const trunks = {
    get list() {
      return states;
    },
    refresh: () => Promise.resolve(states),
  };
  const log = ({ check }: { check: string }, message: string) => void logged.push(`${check}: ${message}`);
  const logger = { info: log, warn: log } as unknown as Logger;
  readiness = new Readiness({
    asterisk,
    ...kept,
    trunks: { states: trunks, provisioner: keeper() },
    trunk: 'trunk',
    clock,
    logger,
  });
  readiness.start();
});
afterEach(() => readiness.stop());

async function answer(): Promise<Answer & { code: number }> {
  const readyz = healthRoutes(readiness.checks).find(({ path }) => path === '/readyz')!;
  const { status, body } = await readyz.handle({} as Parameters<Route['handle']>[0]);
  return { code: status, ...(JSON.parse(body as string) as Answer) };
}

describe('readiness', () => {
  it('is given when all is well', async () => {
    expect(await answer()).toMatchObject({ code: 200, status: 'ready', problems: [] });
  });

  it.each([
    ['ari', { ari: 'Asterisk rejects the user name or password of ARI (HTTP 401)' }, /ARI_PASSWORD/],
    ['ari', { ari: 'connect ECONNREFUSED 127.0.0.1:8088' }, /ARI_URL/],
    ['ami', { ami: 'AMI login: Authentication failed' }, /AMI_PASSWORD/],
    ['ami', { ami: 'connect ECONNREFUSED 127.0.0.1:5038' }, /AMI_PORT/],
  ])('is refused for a link of %s that fails: %o', async (check, linkErrors, remedy) => {
    Object.assign(asterisk, { linkErrors, usable: false });
    const { code, problems } = await answer();
    expect(code).toBe(503);
    expect(problems.find((one) => one.check === check)).toMatchObject({
      problem: Object.values(linkErrors)[0],
      remedy: expect.stringMatching(remedy) as string,
      blocking: true,
    });
  });

  it('is refused when the dialplan lacks what calls are sent to, and degraded when only its entries are another ones', async () => {
    asterisk.missing = ['cordboard-queue', 'cordboard-incoming', 'ring-handset'];
    expect(await answer()).toMatchObject({
      code: 503,
      status: 'not ready',
      problems: [
        {
          check: 'dialplan',
          problem: "Asterisk's dialplan has no context cordboard-queue, cordboard-incoming",
          blocking: true,
        },
      ],
    });
    clock.advanceBy(10_000);
    asterisk.missing = ['cordboard-incoming'];
    expect(await answer()).toMatchObject({
      code: 200,
      status: 'degraded',
      problems: [{ check: 'dialplan', remedy: expect.stringContaining('extensions.conf') as string, blocking: false }],
    });
  });

  it('is refused when the dialplan is of an older version, with what to do about it', async () => {
    asterisk.missing = ['cordboard-queue', 'cordboard-incoming'];
    const { code, problems } = await answer();
    expect(code).toBe(503);
    expect(problems).toMatchObject([
      {
        check: 'dialplan',
        problem: expect.stringMatching(/older version.*no context cordboard-queue, cordboard-incoming/) as string,
        remedy: expect.stringContaining('dialplan reload') as string,
      },
    ]);
  });

  it('is degraded when the dialplan may not be looked at', async () => {
    asterisk.missingContexts = () =>
      Promise.reject(new AsteriskError('refused', 'AMI ShowDialPlan: Permission denied'));
    expect(await answer()).toMatchObject({
      status: 'degraded',
      problems: [{ check: 'dialplan', remedy: expect.stringContaining('reporting') as string }],
    });
  });

  it.each([
    ['handsets', "no handset could be created: Cannot create sorcery objects of type 'aor'", /sorcery\.conf/],
    ['queues', 'queues cannot be written without AMI_CONFIG_PASSWORD', /set AMI_CONFIG_PASSWORD/],
    ['queues', 'AMI as cordboard-config: AMI login: Authentication failed', /AMI_CONFIG_USER and AMI_CONFIG_PASSWORD/],
  ] as const)('is degraded while %s cannot be written: %s', async (check, problem, remedy) => {
    kept[check].errors = [problem];
    expect(await answer()).toMatchObject({
      code: 200,
      status: 'degraded',
      problems: [{ check, problem, remedy: expect.stringMatching(remedy) as string, blocking: false }],
    });
  });

  it('is degraded with every remedy while handsets can neither be written nor ring', async () => {
    kept.handsets.errors = ["Cannot create sorcery objects of type 'aor'"];
    asterisk.needs = ['no SuccessfulAuth events (class security)', 'no DBPut (class system)', 'no module func_db'];
    const { code, problems } = await answer();
    expect(code).toBe(200);
    const [{ check, problem, remedy } = { check: '', problem: '' }] = problems;
    expect(check).toBe('handsets');
    for (const one of [...kept.handsets.errors, ...asterisk.needs]) expect(problem).toContain(one);
    for (const words of ['sorcery.conf', 'reporting,security', 'write=system', 'func_db.so'])
      expect(remedy).toContain(words);
  });

  it('is degraded before anything was written', async () => {
    kept.handsets.errors = undefined;
    expect(await answer()).toMatchObject({ status: 'degraded', checks: { handsets: 'not written to Asterisk yet' } });
  });

  it.each([
    ['unknown', [], /no PJSIP endpoint trunk \(TRUNK_ENDPOINT\)/],
    ['online', ['Rejected'], /not registered with its provider: Rejected/],
    ['offline', [], /no reachable contact/],
  ] as const)('is degraded with a trunk that is %s %o', async (state, states, problem) => {
    asterisk.endpointState = () => Promise.resolve(state);
    asterisk.states = [...states];
    const { status, problems } = await answer();
    expect(status).toBe('degraded');
    expect(problems).toEqual([
      expect.objectContaining({ check: 'trunk', problem: expect.stringMatching(problem) as string }),
    ]);
  });

  it.each([
    ['13.38.3', 'degraded'],
    ['16.28.0', 'ready'],
    ['certified/20.7-cert3', 'ready'],
    ['GIT-master-1234', 'ready'],
    ['', 'ready'],
  ])('knows which Asterisk is too old: %s', async (version, status) => {
    asterisk.version = version;
    expect((await answer()).status).toBe(status);
  });
});

it('caches the checks of Asterisk for a few seconds, and repeats them after a connect', async () => {
  for (let i = 0; i < 20; i += 1) await answer();
  expect(looks).toBe(1);
  clock.advanceBy(3_000);
  await answer();
  expect(looks).toBe(2);
  emit({ type: 'link_up', at: 0, restarted: false });
  await answer();
  expect(looks).toBe(3);
});

it('logs a failing check and its recovery once each without a request, and retries failed writes', async () => {
  kept.queues.errors = ['queues cannot be written without AMI_CONFIG_PASSWORD'];
  for (let minute = 0; minute < 3; minute += 1) {
    clock.advanceBy(60_000);
    await expect.poll(() => kept.queues.tries).toBe(minute + 1);
  }
  expect(logged).toEqual(['queues: a check of Asterisk fails']);
  expect(kept.handsets.tries).toBe(0);
  kept.queues.errors = [];
  clock.advanceBy(60_000);
  await expect.poll(() => logged.at(-1)).toBe('queues: a check of Asterisk succeeds again');
});

it('looks no more once it has stopped, even when a look was under way', async () => {
  let answerAsterisk: (names: string[]) => void = () => undefined;
  asterisk.missingContexts = () => {
    looks += 1;
    return new Promise((resolve) => (answerAsterisk = resolve));
  };
  clock.advanceBy(3_000);
  await expect.poll(() => looks).toBe(1);
  const stopped = readiness.stop();
  answerAsterisk([]);
  await stopped;
  clock.advanceBy(600_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(looks).toBe(1);
});

describe('/api/v1/system', () => {
  async function system() {
    const { checks } = readiness;
    const http = await startServer(
      systemRoutes({
        asterisk,
        trunk: () => readiness.trunk(),
        trunks: () => Promise.resolve(states),
        checks,
        warnings: {},
        dataDir: import.meta.dirname,
        databaseSize: () => Promise.resolve(4096),
        backups: { history: {}, settings: { at: '03:30' } },
        http: { host: '127.0.0.1', port: 8080, outsideUrl: 'https://pbx.example' },
        sip: { server: '192.0.2.10', port: 5060, tlsPort: undefined },
        certificates: () => [],
        promptsMissing: () => Promise.resolve([{ id: 4, name: 'Closed', languages: ['cs'] }]),
      }),
    );
    try {
      const response = await fetch(`${http.url}/api/v1/system`, { headers: asAdmin });
      const stranger = await fetch(`${http.url}/api/v1/system`);
      expect(stranger.status).toBe(401);
      return (await response.json()) as Record<string, unknown> & {
        disk: Record<string, number>;
        checks: Record<string, unknown>[];
      };
    } finally {
      await http.stop();
    }
  }

  it('names addresses, the database and missing prompts', async () => {
    const { addresses, database, prompts_missing, node_version } = await system();
    expect(addresses).toEqual({
      outside_url: 'https://pbx.example',
      listens_at: '127.0.0.1:8080',
      sip: { server: '192.0.2.10', port: 5060, tls_port: null },
    });
    expect(database).toEqual({ bytes: 4096 });
    expect([prompts_missing, node_version]).toEqual([[{ id: 4, name: 'Closed', languages: ['cs'] }], process.version]);
  });

  it("names the company's trunks, and what is wrong with them", async () => {
    const trunk = { title: '', channels: 0, maxChannels: null, lastError: null };
    const values = { server: 'sip.acme.example' };
    const problem = expect.stringMatching(/^sip.acme.example does not answer/) as string;
    states = [
      { ...trunk, name: 'good', state: 'registered', problem: null },
      { ...trunk, name: 'bad', state: 'unreachable', problem: trunkProblem('unreachable', values) },
    ];
    const { status, trunk: endpoint, trunks, checks } = await system();
    expect([status, endpoint]).toEqual(['degraded', null]);
    expect(trunks).toMatchObject([
      { name: 'good', up: true },
      { name: 'bad', up: false, problem, problem_code: 'unreachable', problem_values: values },
    ]);
    expect(checks.find(({ check }) => check === 'trunk')).toMatchObject({
      problem: expect.stringContaining('the trunk bad is unreachable: sip.acme.example does not answer') as string,
      remedy_code: 'trunk_of_company',
    });
  });

  it('names versions, trunk and disk', async () => {
    asterisk.states = ['Registered'];
    const { status, trunk, disk, checks, ...rest } = await system();
    expect([status, trunk]).toEqual(['ready', { endpoint: 'trunk', state: 'online', registrations: ['Registered'] }]);
    expect(rest['asterisk']).toEqual({ connected: true, version: '22.10.1' });
    expect(disk['free_bytes']).toBeGreaterThan(0);
    expect(disk['total_bytes']).toBeGreaterThanOrEqual(disk['free_bytes'] ?? Infinity);
    expect(checks.every(({ ok }) => ok)).toBe(true);
  });

  it('has a code for the remedy of a problem', async () => {
    asterisk.states = ['Rejected'];
    const { status, checks } = await system();
    expect(status).toBe('degraded');
    expect(checks.find(({ check }) => check === 'trunk')).toMatchObject({
      ok: false,
      blocking: false,
      remedy_code: 'trunk_not_registered',
    });
  });

  it('responds without Asterisk', async () => {
    asterisk.usable = false;
    asterisk.version = '';
    asterisk.linkErrors.ari = 'connect ECONNREFUSED';
    const { status, trunk, checks, ...rest } = await system();
    expect([status, trunk, rest['asterisk']]).toEqual(['not ready', null, { connected: false, version: null }]);
    expect(checks[0]).toMatchObject({ check: 'ari', blocking: true, remedy_code: 'ari_no_answer' });
  });
});
