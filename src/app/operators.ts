import type { Asterisk } from '../asterisk/asterisk.js';
import { QueueProvisioner, type WaitingSounds } from '../directory/queue-provisioner.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { AgentLoginSync } from '../agents/agent-login-sync.js';
import { featureCodeHandlers } from '../agents/feature-code-effects.js';
import { withFeatureCodes, type FeatureCodeOptions } from '../agents/feature-codes.js';
import { LoginHistory } from '../agents/login-history.js';
import { purgeLoginEvents } from '../agents/purge-login-events.js';
import { Operators } from '../agents/operators.js';
import { MembershipStore } from '../agents/membership-store.js';
import type { Database } from '../storage/database.js';

export type OperatorParts = ReturnType<typeof createOperators>;

/** Queues in Asterisk and who is logged in to them. `book` is to be started before `queues`: it hears first of a new Asterisk. */
export function createOperators(given: {
  db: Database;
  asterisk: Asterisk;
  companies: Pick<CompanyStore, 'company'>;
  sounds: WaitingSounds;
  clock: Clock;
  logger: Logger;
}) {
  const { db, asterisk, companies, sounds, clock, logger } = given;
  const directory = () => companies.company;
  const book = new AgentLoginSync({ asterisk, standings: new MembershipStore(db), directory, clock, logger });
  const queues = new QueueProvisioner({ asterisk, company: directory, duties: book, sounds, logger });
  const outOfOrder = () => void queues.reconcile();
  const operators = new Operators({ asterisk, book, directory, outOfOrder, clock });
  return {
    book,
    queues,
    operators,
    history: new LoginHistory(db),
    chores: [purgeLoginEvents({ db, keepDays: () => directory().keep_days.calls })],
    handlers: featureCodeHandlers({ operators, clock }),
    /** The way of calls in, with the feature codes before it. */
    feature: (runtime: FeatureCodeOptions['runtime'], otherwise: FeatureCodeOptions['otherwise']) =>
      withFeatureCodes({ runtime, directory, book, otherwise }),
  };
}
