// Usage: node supervise.mjs RUN_DIR SERVICES_JSON
// Keeps services running: restarts each service that ends, after a short pause. Writes RUN_DIR/ready once READY_URL responds
// with 200. TERM or INT stops the services in the listed order; `stop` is the command that stops a service.
//   SERVICES_JSON: [{ name, command: [...], log, logs?: [...], logBytes?, stop?: [...], graceMs?, environment?: [...] }]
// `logs`: further files that the service appends to. Each log file is kept below `logBytes` and a week, with one older copy beside it.
// With `environment`, the service gets only the named variables (`SHOP_*`: all with this prefix), besides those of the system.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { blockingProblems } from './readiness.mjs';

const PAUSE_MS = { first: 200, most: 5_000 };
/** Uptime after which the restart pause is reset. */
const WELL_AFTER_MS = 10_000;
const READY_WITHIN_MS = 90_000;
const READY_POLL_MS = 200;
/** Delay before missing readiness is reported: Asterisk and the gateway need time to start. */
const SAY_AFTER_MS = 3_000;
/** Number of exits before readiness after which the start is given up. */
const MOST_ENDS_BEFORE_READY = 4;
const GRACE_MS = 12_000;
const LOG_BYTES = 20_000_000;
/** Check interval of log sizes; a burst of packets can write a few megabytes meanwhile. */
const LOG_CHECK_MS = 1_000;
const LOG_AGE_MS = 7 * 24 * 3_600_000;
/** The gateway's exit code when another one took over: two restarting gateways would take Asterisk from each other endlessly. */
const REPLACED = 3;

const [runDir, servicesJson] = process.argv.slice(2);
const services = JSON.parse(servicesJson);
const readyFile = path.join(runDir, 'ready');
const stopping = new AbortController();
let ready = false;

/** Runs a step whose failure must not end the supervisor: with a full disk the services keep running. */
function attempt(job) {
  try {
    return job();
  } catch (error) {
    say(error.message);
    return undefined;
  }
}

const say = (text) => console.error(`[${new Date().toISOString()}] ${text}`);

const OF_THE_SYSTEM = ['PATH', 'HOME', 'LANG', 'LC_*', 'TZ', 'TMPDIR', 'NODE_*'];

function environmentOf(names) {
  if (names === undefined) return process.env;
  const given = [...OF_THE_SYSTEM, ...names];
  const isGiven = (name) => given.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name));
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => isGiven(name)));
}

class Service {
  constructor(settings) {
    Object.assign(this, settings);
  }

  async run() {
    let pauseMs = PAUSE_MS.first;
    let ends = 0;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      const how = await this.live();
      if (stopping.signal.aborted) return;
      if (how === REPLACED) return say(`${this.name} was replaced by another one of its kind: not started again`);
      pauseMs = Date.now() - startedAt > WELL_AFTER_MS ? PAUSE_MS.first : Math.min(pauseMs * 2, PAUSE_MS.most);
      ends += 1;
      say(`${this.name} ended (${how}), starting it again in ${pauseMs} ms; its log: ${this.log}`);
      if (!ready && ends >= MOST_ENDS_BEFORE_READY) return giveUp(`${this.name} does not stay up`, this.log);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async live() {
    const log = this.openLog();
    // Its own session: Ctrl-C reaches only the supervisor, which stops services in order. The service still ends with it.
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...this.command], {
      detached: true,
      stdio: ['ignore', log, log],
      env: environmentOf(this.environment),
    });
    if (log !== 'ignore') closeSync(log);
    this.ended = once(this.child, 'exit');
    const pidFile = path.join(runDir, `${this.name}.pid`);
    attempt(() => writeFileSync(pidFile, `${this.child.pid}\n`));
    try {
      const [code, signal] = await this.ended;
      return code ?? signal;
    } catch (error) {
      return error.message;
    } finally {
      this.child = undefined;
      attempt(() => rmSync(pidFile, { force: true }));
    }
  }

  /** The service runs even without a log (disk full, folder gone). */
  openLog() {
    return attempt(() => openSync(this.log, 'a', 0o600)) ?? 'ignore';
  }

  async end() {
    const { child, ended, stop, graceMs = GRACE_MS } = this;
    if (child === undefined) return;
    if (stop === undefined) child.kill('SIGTERM');
    else execFile(stop[0], stop.slice(1), { timeout: graceMs }, () => undefined);
    const late = delay(graceMs, 'late', { ref: false });
    if ((await Promise.race([ended, late])) === 'late') {
      say(`${this.name} did not end in ${graceMs} ms: killed`);
      child.kill('SIGKILL');
      await ended;
    }
  }

  trimLogs() {
    const { log, logs = [], logBytes = LOG_BYTES } = this;
    for (const file of [log, ...logs]) trimLog(file, logBytes);
  }
}

/** Copies and truncates the log, because the process keeps it open. On a full disk the content is lost. */
function trimLog(file, mostBytes) {
  const old = `${file}.1`;
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile() || stats.size === 0) return;
  const since = statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? stats.birthtimeMs;
  if (stats.size < mostBytes && Date.now() - since < LOG_AGE_MS) return;
  try {
    copyFileSync(file, old);
  } catch (error) {
    say(`${old}: ${error.message}`);
    attempt(() => rmSync(old, { force: true }));
  }
  truncateSync(file);
}

async function awaitReady() {
  const deadline = Date.now() + READY_WITHIN_MS;
  const sayFrom = Date.now() + SAY_AFTER_MS;
  let last = '';
  while (!stopping.signal.aborted && Date.now() < deadline) {
    try {
      const response = await fetch(process.env.READY_URL, { signal: AbortSignal.timeout(2_000) });
      const answer = await response.json();
      if (response.ok) {
        ready = true;
        attempt(() => writeFileSync(readyFile, ''));
        return;
      }
      const words = blockingProblems(answer);
      if (words !== last && Date.now() >= sayFrom) {
        say(`not ready yet:\n${words}`);
        last = words;
      }
    } catch {
      // Nothing listens yet.
    }
    await delay(READY_POLL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
  if (!stopping.signal.aborted) giveUp(`not ready after ${READY_WITHIN_MS / 1000} s:\n${last}`, running[0].log);
}

function giveUp(why, log) {
  say(`error: ${why}; the end of ${log}:`);
  console.error(readFileSync(log, 'utf8').slice(-3_000));
  process.exitCode = 1;
  void stop();
}

async function stop() {
  if (stopping.signal.aborted) return;
  stopping.abort();
  for (const service of running) await service.end();
  clearInterval(trimming);
}

const running = services.map((settings) => new Service(settings));
const trimming = setInterval(() => running.forEach((service) => attempt(() => service.trimLogs())), LOG_CHECK_MS);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
// Started from the last to the first, so that dependencies start first.
await Promise.all([awaitReady(), ...running.toReversed().map((service) => service.run())]);
