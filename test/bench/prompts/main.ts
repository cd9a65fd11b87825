/**
 * `scripts/bench prompts`: how fast new callers are answered while others
 * listen to a long prompt, next to the same without them, in one run. How it measures: README.md one folder up.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { MINUTE_MS } from '../../../src/lib/time.js';
import { startAsterisk } from '../../support/asterisk.js';
import { Gateway, prompts } from '../../support/gateway.js';
import { Phone } from '../../support/sip/phone.js';
import { count, parseFlags } from '../lib/flags.js';
import { orUsage, runScenario } from '../lib/scenario.js';
import { percentile } from '../lib/statistics.js';
import { startListeners } from '../lib/listeners.js';

const flags = orUsage(() => {
  const { json, ...values } = parseFlags({
    minutes: { type: 'string', default: '10' },
    listeners: { type: 'string', default: '50' },
    json: { type: 'string', default: 'artifacts/bench.json' },
  });
  return { json, minutes: count(values.minutes, 'minutes'), listeners: count(values.listeners, 'listeners') };
});
const { listeners } = flags;
const listenMs = flags.minutes * MINUTE_MS;

const [LONG_LINE, SHORT_LINE] = ['+420222333441', '+420222333442'];
const [LONG, SHORT] = [1, 2];
/** A new caller each second and a half: far below what the machine can do. */
const EVERY_MS = 1500;
/** Callers without listeners, before and after: the machine's other work falls on both alike. */
const ALONE_MS = Math.max(15_000, Math.min(60_000, listenMs / 4));
const WARM_UP = 5;

let lastCaller = 0;

await runScenario('prompts', flags, async (run) => {
  const asterisk = await startAsterisk();
  run.onEnd(() => asterisk.stop());
  const gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      country: 'CZ',
      languages: ['cs'],
      prompts: prompts(LONG, SHORT),
      lines: [
        { number: LONG_LINE, plan: ['answer', { play: LONG }, 'hang_up'] },
        { number: SHORT_LINE, plan: ['answer', { play: SHORT }, 'hang_up'] },
      ],
    },
    // Until the last new caller has been answered.
    toneMs: (id) => (id === LONG ? listenMs + 120_000 : 500),
    env: { LOG_LEVEL: 'info' },
  });
  run.onEnd(() => gateway.stop());
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  const phone = async (): Promise<Phone> => {
    lastCaller += 1;
    return new Phone({ server, user: `+420777${String(100_000 + lastCaller)}` }).start();
  };

  const answers = async (forMs: number): Promise<number[]> => {
    const until = performance.now() + forMs;
    const taken: number[] = [];
    while (performance.now() < until) {
      const caller = await phone();
      const from = performance.now();
      const call = await caller.dial(SHORT_LINE);
      await call.answered({ withinMs: 30_000 });
      taken.push(performance.now() - from);
      await call.hangUp();
      await caller.stop();
      await delay(Math.max(0, from + EVERY_MS - performance.now()));
    }
    return taken;
  };

  await answers(WARM_UP * EVERY_MS);
  const before = await answers(ALONE_MS);
  run.say(`alone: ${describe(before)}`);
  const group = await startListeners(server, { target: LONG_LINE, count: listeners, forMs: listenMs + 120_000 });
  run.onEnd(() => group.stop());
  const running = async () =>
    (await gateway.api<{ calls: unknown[] }>('/api/v1/calls?running=true&limit=200')).calls.length;
  while ((await running()) < listeners) await delay(200);
  const beside = await answers(listenMs);
  const stillThere = await running();
  run.say(`beside ${listeners} in a prompt: ${describe(beside)}; ${stillThere} of them still listen`);
  await asterisk.cli('channel request hangup all');
  while ((await running()) > 0) await delay(200);
  const after = await answers(ALONE_MS);
  run.say(`alone again: ${describe(after)}`);

  const linkLosses = gateway.output.split('\n').filter((line) => line.includes('link is down')).length;
  const alone = [...before, ...after];
  const result = {
    minutes: flags.minutes,
    listeners,
    still_listening: stillThere,
    link_losses: linkLosses,
    alone: figures(alone),
    beside: figures(beside),
    ratio_p50: figures(beside).p50_ms / figures(alone).p50_ms,
    ratio_p99: figures(beside).p99_ms / figures(alone).p99_ms,
  };
  console.log(JSON.stringify(result, null, 2));
  if (linkLosses > 0 || stillThere !== listeners) process.exitCode = 1;
  return result;
});

function figures(times: number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  return { calls: sorted.length, p50_ms: percentile(sorted, 0.5), p99_ms: percentile(sorted, 0.99) };
}

function describe(times: number[]): string {
  const { calls, p50_ms: p50, p99_ms: p99 } = figures(times);
  return `${calls} calls answered, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`;
}
