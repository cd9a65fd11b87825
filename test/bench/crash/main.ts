/**
 * `scripts/bench crash`: kill -9 again and again while calls come in and are made at full load, each time with an immediate new
 * start. Fails when anything is lost that was acknowledged, or left over. How it measures: README.md one folder up.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { becomes } from '../../support/becomes.js';
import { freePort } from '../../support/ports.js';
import { makeCalls } from '../calls/callers.js';
import { LINE, orderStatusCompany } from '../calls/company.js';
import { startGatewayServer, type GatewayServer } from '../calls/gateway.js';
import { isServed, observeCalls } from '../calls/observe-calls.js';
import { prepareBenchHarness, startBenchAsterisk, type BenchHarness } from '../calls/calls-harness.js';
import { runStep } from '../calls/step.js';
import { STATUS_PROMPTS } from '../calls/tones.js';
import { startCapture } from '../lib/capture.js';
import { RevisionDatabase } from '../lib/database.js';
import { count, parseFlags } from '../lib/flags.js';
import { prepareRevision } from '../lib/revision.js';
import { orUsage, runScenario, type Run } from '../lib/scenario.js';
import { latencies, round } from '../lib/statistics.js';
import { startAnswering } from '../originate/far-end.js';
import { findLosses, lastDigits, type Evidence, type StoredCall } from './ledger.js';
import { announce } from './load.js';
import { Receiver } from './receiver.js';

const flags = orUsage(() => {
  const values = parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    rate: { type: 'string', default: '20' },
    kills: { type: 'string' },
  });
  return {
    ...values,
    rate: count(values.rate, 'rate'),
    kills: count(values.kills ?? (values.quick ? '2' : '6'), 'kills'),
  };
});
const ANNOUNCEMENTS_PER_SECOND = 5;
const WARM_UP_S = 5;
/** From one start to the next kill: another instant each time, so that calls are hit in all of their steps. */
const livesMs = Array.from({ length: flags.kills }, (_, kill) => 6000 + ((kill * 1370) % 2900));
const LAST_LIFE_MS = 8000;
/** A start at most; SIPp goes on calling meanwhile. */
const START_MS = 6000;
/** All calls and all webhooks have come to their end. */
const PATIENCE_MS = 180_000;

await runScenario('crash', flags, async (run) => {
  const harness = await prepareBenchHarness(run);
  const receiver = new Receiver();
  const hooks = await receiver.open();
  run.onEnd(() => receiver.close());
  const farEnd = await startAnswering(await freePort(), run.signal);
  run.onEnd(() => farEnd.stop());
  const revision = await prepareRevision(undefined, run);
  const asterisk = await startBenchAsterisk(run, harness, revision, `sip:127.0.0.1:${farEnd.port}`);
  const company = {
    ...orderStatusCompany(harness.shopUrl),
    webhooks: [{ name: 'bench', url: hooks }],
    dial_policy: { countries: ['CZ'], max_concurrent: 100_000, max_per_day: 10_000_000 },
  };
  const server = await startGatewayServer(run, harness, asterisk, {
    revision,
    name: 'gateway',
    inspected: false,
    company,
  });
  await runStep(harness, server, flags.rate, WARM_UP_S);

  const loadS = Math.ceil((livesMs.reduce((sum, ms) => sum + ms + START_MS, 0) + LAST_LIFE_MS) / 1000);
  run.say(`${flags.rate} calls/s and ${ANNOUNCEMENTS_PER_SECOND} announcements/s for ${loadS} s, ${flags.kills} kills`);
  const over = new AbortController();
  const announcing = announce(server.gateway, {
    perSecond: ANNOUNCEMENTS_PER_SECOND,
    prompt: STATUS_PROMPTS[0],
    until: over.signal,
  });
  const calling = callIn(harness, server, loadS).finally(() => over.abort());
  const kills = await killRepeatedly(run, server);
  const callers = await calling;
  const announcements = await announcing;
  run.say('the load is over; waiting for the last calls and webhooks');
  const evidence = await settle(run, server, receiver, { promised: announcements.accepted, served: callers.served });
  const losses = findLosses(evidence);
  const known = new Set(evidence.stored.map(({ caller }) => lastDigits(caller)));
  const cutShort = callers.unserved.filter((caller) => known.has(lastDigits(caller)));
  const result = {
    quick: flags.quick,
    kills,
    calls: {
      made: callers.made,
      served: callers.served.length,
      latencyMs: latencies(callers.latenciesMs),
      /** In the history with an end and an outcome: they were in the gateway's hands when it died, or typed while it was down. */
      cutShort: cutShort.length,
      /** Not in the history: they called while it was down, and heard the fallback. */
      inTheFallback: callers.unserved.length - cutShort.length,
      stored: evidence.stored.length,
    },
    announcements: { ...announcements, accepted: announcements.accepted.length },
    deliveries: evidence.deliveries.length,
    losses,
  };
  const { calls } = result;
  console.log(`${kills.length} kills with ${kills.map(({ inFlight }) => inFlight).join(', ')} calls in flight`);
  console.log(
    `callers: ${calls.made}; served: ${calls.served}; not served, with an outcome in the history: ${calls.cutShort}; ` +
      `never in the gateway's hands, in the fallback: ${calls.inTheFallback}`,
  );
  console.log(`announcements accepted: ${announcements.accepted.length}; in the history: ${calls.stored} calls`);
  console.log(losses.length === 0 ? 'nothing is lost' : `LOST: ${losses.length}\n${losses.slice(0, 20).join('\n')}`);
  if (losses.length > 0) process.exitCode = 1;
  return result;
});

interface Kill {
  /** Calls in the gateway's hands at that moment, as Asterisk has them. */
  inFlight: number;
  /** From the kill until it was ready again. */
  downMs: number;
}

async function killRepeatedly(run: Run, { gateway, asterisk }: GatewayServer): Promise<Kill[]> {
  const kills: Kill[] = [];
  for (const lifeMs of livesMs) {
    await delay(lifeMs, undefined, { signal: run.signal });
    const inFlight = Number(/^(\d+) active channels?/m.exec(await asterisk.cli('core show channels count'))?.[1]);
    const from = performance.now();
    await gateway.kill();
    await gateway.run();
    await gateway.ready();
    const downMs = round(performance.now() - from);
    kills.push({ inFlight, downMs });
    run.say(`killed with ${inFlight} calls in flight, ready again after ${downMs} ms`);
  }
  return kills;
}

interface Callers {
  made: number;
  /** Numbers of those who heard the status of their order, all of it and nothing else. */
  served: string[];
  /** Numbers of the others. */
  unserved: string[];
  latenciesMs: number[];
}

async function callIn(harness: BenchHarness, { asterisk }: GatewayServer, seconds: number): Promise<Callers> {
  const { folder, expected, signal } = harness;
  const ports = { ...harness.ports, sip: asterisk.sipPort };
  const capture = await startCapture(`${folder}/crash.pcap`, [ports.sip, ports.media], signal);
  const orders = [...expected.keys()];
  const crowd = { extension: LINE, callsPerSecond: flags.rate, seconds, orders, ports, folder, signal };
  const { made } = await makeCalls(crowd);
  const { datagrams } = await capture.stop();
  const calls = observeCalls(datagrams, ports);
  const served = calls.filter((call) => isServed(call, expected));
  return {
    made,
    served: served.map(({ caller }) => caller),
    unserved: calls.filter((call) => !isServed(call, expected)).map(({ caller }) => caller),
    latenciesMs: served.map((call) => call.answerLatencyMs ?? NaN),
  };
}

/** Waits until nothing moves any more, and collects what is there. */
async function settle(
  run: Run,
  { asterisk, gateway, revision }: GatewayServer,
  receiver: Receiver,
  promises: Pick<Evidence, 'promised' | 'served'>,
): Promise<Evidence> {
  const database = await RevisionDatabase.open(revision, gateway.database);
  const channels = async () =>
    Number(/^(\d+) active channels?/m.exec(await asterisk.cli('core show channels count'))?.[1]);
  const running = () => database.count('flows', 'over = 0');
  // Earlier revisions have a table of effects.
  const open = () =>
    database.count('flows', `pending <> '[]'`).catch(() => database.count('intents', 'acked_at is null'));
  const undelivered = () => database.count('webhook_deliveries', `state = 'waiting'`);
  try {
    const isQuiet = async () => (await channels()) === 0 && (await running()) + (await undelivered()) === 0;
    await becomes('all calls and webhooks are over', isQuiet, PATIENCE_MS).catch((error: unknown) =>
      run.say(String(error)),
    );
    return {
      ...promises,
      stored: await allCalls(database),
      deliveries: receiver.deliveries,
      dropped: await database.rows<{ callId: string; seq: number }>(
        `select flow_id as callId, seq from webhook_deliveries where state = 'dropped'`,
      ),
      runningFlows: await running(),
      openEffects: await open(),
      channels: await channels(),
    };
  } finally {
    await database.close();
  }
}

async function allCalls(database: RevisionDatabase): Promise<StoredCall[]> {
  const rows = await database.rows<{ id: string; caller: string | null; over: number; outcome: string | null }>(
    `select flows.id, json_extract(flows.summary, '$.caller') as caller, flows.over, calls.outcome
       from flows left join calls on calls.id = flows.id where flows.kind = 'plan'`,
  );
  return rows.map(({ id, caller, over, outcome }) => ({ id, caller: caller ?? '', over: over === 1, outcome }));
}
