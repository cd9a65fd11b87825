import type { Asterisk } from '../asterisk/asterisk.js';
import { QueueProvisioner, type WaitingSounds } from '../directory/queue-provisioner.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { Config } from '../config.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { AgentLoginSync } from '../agents/agent-login-sync.js';
import { featureCodeHandlers } from '../agents/feature-code-effects.js';
import { withFeatureCodes, type FeatureCodeOptions } from '../agents/feature-codes.js';
import { LoginHistory } from '../agents/login-history.js';
import { purgeLoginEvents } from '../agents/purge-login-events.js';
import { Operators } from '../agents/operators.js';
import { MembershipStore } from '../agents/membership-store.js';
import { WrapUp } from '../agents/wrap-up.js';
import type { Database } from '../storage/database.js';

export type OperatorParts = ReturnType<typeof createOperators>;

/** Composes queues and agent logins. `parts` are in the order of their start: `logins` must receive the event of a restarted Asterisk first. */
export function createOperators(given: {
  db: Database;
  config: Pick<Config, 'node'>;
  asterisk: Asterisk;
  companies: Pick<CompanyStore, 'company'>;
  sounds: WaitingSounds;
  clock: Clock;
  logger: Logger;
}) {
  const { db, config, asterisk, companies, sounds, clock, logger } = given;
  const directory = () => companies.company;
  const store = new MembershipStore(db, config.node);
  const logins = new AgentLoginSync({ asterisk, store, directory, clock, logger });
  const queues = new QueueProvisioner({ asterisk, company: directory, logins: logins, sounds, logger });
  const onOrderChanged = () => void queues.reconcile();
  const operators = new Operators({ asterisk, logins, directory, onOrderChanged, clock });
  const onError = (error: unknown) => logger.error({ err: error }, 'an extended wrap-up time could not be ended');
  const wrapUp = new WrapUp({ asterisk, logins, store, directory, onOrderChanged, clock, onError });
  return {
    logins,
    queues,
    operators,
    wrapUp,
    parts: [logins, queues, wrapUp],
    history: new LoginHistory(db.history),
    jobs: [purgeLoginEvents({ db, keepDays: () => directory().keep_days.calls })],
    handlers: featureCodeHandlers({ operators, clock }),
    /** Wraps the admission of calls: feature codes are handled first. */
    feature: (runtime: FeatureCodeOptions['runtime'], next: FeatureCodeOptions['next']) =>
      withFeatureCodes({ runtime, directory, logins, next }),
  };
}
