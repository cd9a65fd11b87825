import { randomBytes } from 'node:crypto';
import { Gauge, type Registry } from 'prom-client';
import type { Config } from '../config.js';
import type { HealthCheck } from '../http/health.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { Changes } from '../shared-state/changes.js';
import { SharedCounts } from '../shared-state/counts.js';
import { InProcessPlace, InProcessState } from '../shared-state/in-process.js';
import type { SharedState } from '../shared-state/port.js';
import { RedisState } from '../shared-state/redis.js';
import { Seal } from '../shared-state/seal.js';
import type { Database } from '../storage/database.js';
import { readMeta } from '../storage/meta.js';
import type { Part } from './parts.js';
import { remedyOf } from './remedies.js';

interface Parts {
  db: Database;
  config: Pick<Config, 'redisUrl'>;
  registry: Registry;
  clock: Clock;
  logger: Logger;
}

export interface Peers extends Part {
  state: SharedState;
  changes: Changes;
  /** Undefined: this gateway counts for itself. */
  counts: SharedCounts | undefined;
  /** Of `/readyz`; undefined: there is no Redis. */
  check: HealthCheck | undefined;
}

/** Of the secret in `meta`: like everything in the database, it is the same for all gateways on it. */
const SECRET = 'shared_state_secret';
const SECRET_BYTES = 32;

/** Composes what gateways on one database share, at the same time or one after the other. Without REDIS_URL it stays in this process. */
export async function createPeers({ db, config, registry, clock, logger }: Parts): Promise<Peers> {
  const { redisUrl: url } = config;
  const onError = (error: unknown) => logger.error({ err: error }, 'a listener of shared state failed');
  const state =
    url === undefined
      ? new InProcessState(new InProcessPlace(clock, onError))
      : new RedisState({ url, seal: new Seal(await secretIn(db)), logger });
  const counts = url === undefined ? undefined : new SharedCounts(state, clock);
  const changes = new Changes({
    state,
    onError: (subject, error) => logger.error({ err: error, subject }, 'could not read a change by another gateway'),
  });
  if (url !== undefined) reportTo(registry, state);
  return {
    state,
    changes,
    counts,
    check: url === undefined ? undefined : () => failureOf(state.problem),
    start: () => state.start(),
    async stop() {
      await counts?.stop();
      await changes.stop();
      await state.stop();
    },
  };
}

async function secretIn(db: Database): Promise<Buffer> {
  const value = randomBytes(SECRET_BYTES).toString('base64');
  // Another gateway may be doing the same.
  await db
    .insertInto('meta')
    .values({ key: SECRET, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return Buffer.from((await readMeta(db, SECRET)) ?? value, 'base64');
}

function reportTo(registry: Registry, state: Pick<SharedState, 'problem'>): void {
  new Gauge({
    name: 'cordboard_redis_up',
    help: '1 if Redis can be used, else 0',
    registers: [registry],
    collect() {
      this.set(state.problem === undefined ? 1 : 0);
    },
  });
}

function failureOf(problem: string | undefined) {
  return problem === undefined ? undefined : { problem, remedy: remedyOf('redis', problem) };
}
