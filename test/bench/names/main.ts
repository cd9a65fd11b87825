/**
 * `scripts/bench names`: how fast calls are answered while Asterisk looks up host names that DNS does not
 * answer, with the pool of SIP threads that Asterisk has by default and with ours, side by side in one run. How it
 * measures: README.md one folder up.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startAsterisk, type TestAsterisk } from '../../support/asterisk.js';
import { buildSdp } from '../../support/sip/sdp.js';
import { Phone } from '../../support/sip/phone.js';
import { parseFlags } from '../lib/flags.js';
import { orUsage, runScenario, type Run } from '../lib/scenario.js';
import { percentile } from '../lib/statistics.js';

const flags = orUsage(() => parseFlags({ json: { type: 'string', default: 'artifacts/bench.json' } }));

/** Nobody answers here. Binding port 53 takes root. */
const RESOLVER = '127.0.0.9';
const LOOK_UP_S = 8;
const SLOW_AT_ONCE = [1, 4, 8, 16];
const POOLS = ['4', '32'];
const CALLS = 80;
const EVERY_MS = 60;
const LINE = '+420222333444';

let lastCaller = 0;

await runScenario('names', flags, async (run) => {
  const resolver = createSocket('udp4').bind(53, RESOLVER);
  await once(resolver, 'listening');
  run.onEnd(() => resolver.close());
  let asked = 0;
  resolver.on('message', () => (asked += 1));
  const resolvConf = join(run.folder, 'resolv.conf');
  await writeFile(resolvConf, `nameserver ${RESOLVER}\noptions timeout:${LOOK_UP_S} attempts:1\n`);
  const asterisks = await Promise.all(
    POOLS.map((threads) => startAsterisk({ resolvConf, variables: { SIP_THREADS: threads } })),
  );
  for (const asterisk of asterisks) run.onEnd(() => asterisk.stop());

  const rows: Record<string, unknown>[] = [];
  for (const slow of SLOW_AT_ONCE)
    for (const [index, asterisk] of asterisks.entries()) {
      const before = asked;
      for (let i = 0; i < slow; i += 1) await sendSlow(run, asterisk);
      await delay(300);
      const answers = await answerTimes(asterisk);
      const times = answers.filter((ms) => ms !== undefined).sort((a, b) => a - b);
      const row = {
        threads: POOLS[index],
        slow_names: slow,
        looked_up: asked > before,
        calls: answers.length,
        never_answered: answers.length - times.length,
        p50_ms: Math.round(percentile(times, 0.5)),
        p99_ms: Math.round(percentile(times, 0.99)),
        longer_than_1_s: times.filter((ms) => ms > 1000).length,
      };
      run.say(JSON.stringify(row));
      rows.push(row);
      await delay(LOOK_UP_S * 1000 + 1000);
    }
  console.table(rows);
  return { rows };
});

/** Calls with a host name, in place of an address, for the audio. Nobody waits for the answer. */
async function sendSlow(run: Run, { sipPort }: TestAsterisk): Promise<void> {
  lastCaller += 1;
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  run.onEnd(() => socket.close());
  const { port } = socket.address();
  const id = `slow-${lastCaller}-${Date.now()}`;
  const sdp = buildSdp({ host: `${id}.example.test`, port: 40_000 });
  const message = [
    `INVITE sip:${LINE}@127.0.0.1:${sipPort} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK-${id};rport`,
    `From: <sip:+420608${String(100_000 + lastCaller)}@127.0.0.1:${port}>;tag=${id}`,
    `To: <sip:${LINE}@127.0.0.1:${sipPort}>`,
    `Call-ID: ${id}@127.0.0.1`,
    'CSeq: 1 INVITE',
    `Contact: <sip:slow@127.0.0.1:${port}>`,
    'Max-Forwards: 70',
    'Content-Type: application/sdp',
    `Content-Length: ${Buffer.byteLength(sdp)}`,
    '',
    sdp,
  ].join('\r\n');
  socket.send(message, sipPort, '127.0.0.1');
}

/** Without a gateway the dialplan's fallback answers at once. */
async function answerTimes({ sipPort }: TestAsterisk): Promise<(number | undefined)[]> {
  const calls: Promise<number | undefined>[] = [];
  for (let i = 0; i < CALLS; i += 1) {
    calls.push(answerTime(sipPort));
    await delay(EVERY_MS);
  }
  return Promise.all(calls);
}

/** In ms; undefined: not within half a minute. */
async function answerTime(port: number): Promise<number | undefined> {
  lastCaller += 1;
  const user = `+420777${String(100_000 + lastCaller)}`;
  const phone = await new Phone({ server: { host: '127.0.0.1', port }, user }).start();
  const from = performance.now();
  const call = await phone.dial(LINE);
  const answered = await call.answered({ withinMs: 30_000 }).catch(() => undefined);
  const ms = performance.now() - from;
  if (answered !== undefined) await call.hangUp();
  await phone.stop();
  return answered === undefined ? undefined : ms;
}
