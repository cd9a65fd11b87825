import { messageOf } from '../lib/error-message.js';
import { entryContexts, neededContexts, OLD_CONTEXTS } from '../asterisk/contexts.js';
import type { InspectionPort } from '../asterisk/inspection.js';
import type { AsteriskPort } from '../asterisk/port.js';
import type { HealthCheck, CheckFailure } from '../http/health.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { inEnglish, trunkProblem, type TrunkProblem } from '../directory/trunk-problem.js';
import { isFaulty, type TrunkState, type TrunkStates } from '../directory/trunk-states.js';
import { remedyOf } from './remedies.js';
import { MINUTE_MS } from '../lib/time.js';

/** How long a result from Asterisk is cached (ms); `/readyz` needs no authentication. */
const CACHE_MS = 3_000;
/** Interval of the periodic checks (ms), which log new failures. */
const CHECK_EVERY_MS = MINUTE_MS;
const MIN_VERSION = 16;

/** Configuration of the company that is written to Asterisk. */
interface Provisioned {
  /** Error messages; empty when all is written, undefined before the first attempt. */
  readonly errors: readonly string[] | undefined;
  reconcile(): Promise<unknown>;
}

export interface ReadinessOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent' | 'linkErrors' | 'endpointState' | 'names'> & InspectionPort;
  handsets: Provisioned;
  queues: Provisioned;
  /** The company's trunks; without any, the endpoint `trunk` of Asterisk's own files is used. */
  trunks: { states: Pick<TrunkStates, 'list' | 'refresh'>; provisioner: Provisioned };
  trunk: string;
  clock: Clock;
  logger: Logger;
}

/** State of the endpoint of Asterisk's own files that is used without trunks of the company. */
export interface TrunkEndpointState {
  endpoint: string;
  /** `unknown`: Asterisk has no such endpoint. */
  state: 'online' | 'offline' | 'unknown';
  /** Statuses of its registrations with the provider; empty when it has none. */
  registrations: string[];
}

type Row = 'ari' | 'ami' | 'asterisk' | 'dialplan' | 'handsets' | 'queues' | 'trunk';

/**
 * Checks whether calls work with the connected Asterisk. Not ready: ARI or AMI is down, or the dialplan lacks contexts that calls
 * are sent to. Degraded: handsets, queues or the trunk have a problem.
 */
export class Readiness {
  readonly #options: ReadinessOptions;
  readonly #cached = new Map<Row, { at: number; failure: Promise<CheckFailure | undefined> }>();
  readonly #logged = new Map<Row, string>();
  #unsubscribe: () => void = () => undefined;
  #cancelChecks: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: ReadinessOptions) {
    this.#options = options;
  }

  start(): void {
    this.#unsubscribe = this.#options.asterisk.onEvent(({ type }) => {
      if (type === 'link_up' || type === 'link_down') this.#cached.clear();
    });
    this.#scheduleChecks(CACHE_MS);
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#cancelChecks();
    await this.#running;
    // A running check has scheduled the next one.
    this.#cancelChecks();
  }

  /** The checks of `/readyz`. */
  get checks(): Record<Row, HealthCheck> {
    const { asterisk, queues } = this.#options;
    return {
      ari: () => linkFailure('ari', asterisk.linkErrors.ari),
      ami: () => linkFailure('ami', asterisk.linkErrors.ami),
      asterisk: () => this.#checkVersion(),
      dialplan: () => this.#cachedCheck('dialplan', () => this.#checkDialplan()),
      handsets: () => this.#checkHandsets(),
      queues: () => provisioningFailure('queues', queues.errors, asterisk.usable),
      trunk: () => this.#cachedCheck('trunk', () => this.#checkTrunk()),
    };
  }

  /** The usual endpoint as Asterisk knows it; undefined without a link to Asterisk, and when the company has trunks. @throws AsteriskError */
  async trunk(): Promise<TrunkEndpointState | undefined> {
    const { asterisk, trunk: endpoint, trunks } = this.#options;
    if (!asterisk.usable || trunks.states.list.length > 0) return undefined;
    const [state, registrations] = await Promise.all([
      asterisk.endpointState(endpoint),
      asterisk.registrations(endpoint),
    ]);
    return { endpoint, state, registrations };
  }

  #scheduleChecks(ms: number): void {
    const { clock } = this.#options;
    this.#cancelChecks = clock.wakeAt(clock.now() + ms, () => {
      this.#running = this.#runChecks().finally(() => this.#scheduleChecks(CHECK_EVERY_MS));
    });
  }

  /** Logs each changed check and retries failed writes to Asterisk. */
  async #runChecks(): Promise<void> {
    const { asterisk, logger, handsets, queues, trunks } = this.#options;
    for (const [row, check] of Object.entries(this.checks) as [Row, HealthCheck][]) {
      const found = await Promise.resolve()
        .then(check)
        .catch((error: unknown) => String(error));
      const { problem, remedy } = typeof found === 'string' ? { problem: found, remedy: undefined } : (found ?? {});
      const before = this.#logged.get(row);
      if (problem === before) continue;
      if (problem === undefined) {
        this.#logged.delete(row);
        logger.info({ check: row }, 'a check of Asterisk succeeds again');
      } else {
        this.#logged.set(row, problem);
        logger.warn({ check: row, problem, remedy }, 'a check of Asterisk fails');
      }
    }
    if (!asterisk.usable) return;
    for (const kept of [handsets, queues, trunks.provisioner])
      if ((kept.errors ?? []).length > 0) await kept.reconcile();
  }

  /** The cached result or a new one. Unknown without a link, which `ari` and `ami` report. */
  #cachedCheck(row: Row, look: () => Promise<CheckFailure | undefined>): Promise<CheckFailure | undefined> {
    const { asterisk, clock } = this.#options;
    if (!asterisk.usable) return Promise.resolve(UNKNOWN);
    const known = this.#cached.get(row);
    const at = clock.now();
    if (known !== undefined && at >= known.at && at - known.at < CACHE_MS) return known.failure;
    const failure = look().catch((error: unknown): CheckFailure => {
      const problem = `cannot be checked: ${messageOf(error)}`;
      return { problem, remedy: remedyOf(row, problem), degraded: true };
    });
    this.#cached.set(row, { at, failure });
    return failure;
  }

  async #checkDialplan(): Promise<CheckFailure | undefined> {
    const { asterisk } = this.#options;
    const { contexts } = asterisk.names;
    const entries = entryContexts(contexts);
    const missing = await asterisk.missingContexts([...neededContexts(contexts), ...entries]);
    if (missing.length === 0) return undefined;
    const degraded = missing.every((name) => entries.includes(name));
    const isOld = !degraded && (await asterisk.missingContexts(OLD_CONTEXTS)).length === 0;
    const lacks = `Asterisk's dialplan has no context ${missing.join(', ')}`;
    const problem = isOld ? `Asterisk runs the dialplan of an older version of the gateway: ${lacks}` : lacks;
    return { problem, remedy: remedyOf('dialplan', problem), degraded };
  }

  async #checkHandsets(): Promise<CheckFailure | undefined> {
    const { asterisk, handsets } = this.#options;
    const kept = provisioningFailure('handsets', handsets.errors, asterisk.usable);
    if (!asterisk.usable) return kept;
    return joinFailures(kept, await this.#cachedCheck('handsets', () => this.#checkRinging()));
  }

  async #checkRinging(): Promise<CheckFailure | undefined> {
    const missing = await this.#options.asterisk.missingRingingNeeds();
    return missing
      .map((problem): CheckFailure => ({ problem, remedy: remedyOf('handsets', problem), degraded: true }))
      .reduce<CheckFailure | undefined>(joinFailures, undefined);
  }

  async #checkTrunk(): Promise<CheckFailure | undefined> {
    const { asterisk, trunk, trunks } = this.#options;
    const problem =
      trunks.states.list.length > 0
        ? problemOfTrunks(await trunks.states.refresh())
        : await endpointProblem(asterisk, trunk).then((found) => found && inEnglish(found));
    return problem === undefined ? undefined : { problem, remedy: remedyOf('trunk', problem), degraded: true };
  }

  #checkVersion(): CheckFailure | undefined {
    const { version } = this.#options.asterisk;
    const major = Number(/\d+/.exec(version)?.[0]);
    if (!(major < MIN_VERSION)) return undefined;
    return {
      problem: `Asterisk ${version} is older than ${MIN_VERSION}`,
      remedy: `Install Asterisk ${MIN_VERSION} or newer; the gateway is tested with 22.`,
      degraded: true,
    };
  }
}

/** Why calls over the trunk do not work; undefined when they can. @throws AsteriskError */
export async function endpointProblem(
  asterisk: Pick<ReadinessOptions['asterisk'], 'endpointState' | 'registrations'>,
  name: string,
): Promise<TrunkProblem | undefined> {
  const state = await asterisk.endpointState(name);
  if (state === 'unknown') return trunkProblem('endpoint_missing', { name });
  const registrations = await asterisk.registrations(name);
  const status = registrations.find((one) => one !== 'Registered');
  if (status !== undefined) return trunkProblem('endpoint_not_registered', { name, status });
  return state === 'offline' ? trunkProblem('endpoint_unreachable', { name }) : undefined;
}

/** The problems of the trunks that have one. */
function problemOfTrunks(states: readonly TrunkState[]): string | undefined {
  const faulty = states.filter(isFaulty);
  if (faulty.length === 0) return undefined;
  return faulty
    .map(
      ({ name, state, problem }) =>
        `the trunk ${name} is ${state}: ${problem === null ? 'no details' : inEnglish(problem)}`,
    )
    .join('; ');
}

/** Joins two problems that leave the gateway degraded. */
function joinFailures(first: CheckFailure | undefined, second: CheckFailure | undefined): CheckFailure | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const remedies = [first.remedy, second.remedy].filter((remedy) => remedy !== undefined);
  const remedy = remedies.length === 0 ? undefined : remedies.join(' ');
  return { problem: `${first.problem}; ${second.problem}`, remedy, degraded: true };
}

/** The result of a check that needs Asterisk, without a link to it. */
export const UNKNOWN: CheckFailure = { problem: 'unknown without a link to Asterisk', degraded: true };

function linkFailure(link: 'ari' | 'ami', problem: string | undefined): CheckFailure | undefined {
  return problem === undefined ? undefined : { problem, remedy: remedyOf(link, problem) };
}

function provisioningFailure(
  row: Row,
  errors: readonly string[] | undefined,
  usable: boolean,
): CheckFailure | undefined {
  if (!usable) return UNKNOWN;
  if (errors === undefined) return { problem: 'not written to Asterisk yet', degraded: true };
  if (errors.length === 0) return undefined;
  const problem = errors.join('; ');
  return { problem, remedy: remedyOf(row, problem), degraded: true };
}
