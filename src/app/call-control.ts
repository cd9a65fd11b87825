import type { Asterisk } from '../asterisk/asterisk.js';
import type { Config } from '../config.js';
import { systemClock } from '../lib/clock.js';
import { PlanCallControl, type CallControlOptions } from '../calls/call-control.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { DialPolicy } from '../directory/dial-policy.js';
import { telfaHandOver } from '../integrations/telfa/hand-over.js';
import { recordAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import type { Prompts } from './prompts.js';

/** Composes the control of calls by operators and other systems. */
export function createCallControl({
  db,
  runtime,
  statusOf,
  companies,
  prompts,
  asterisk,
  config,
  dials,
}: {
  db: Database;
  runtime: CallControlOptions['runtime'];
  statusOf: CallControlOptions['statusOf'];
  companies: CompanyStore;
  prompts: Prompts;
  asterisk: Asterisk;
  config: Config;
  dials: Pick<DialPolicy, 'refusalFor'>;
}): PlanCallControl {
  return new PlanCallControl({
    runtime,
    statusOf,
    company: () => companies.company,
    prompts: prompts.resolver,
    contract: telfaHandOver,
    asterisk,
    maxCalls: config.maxCalls,
    clock: systemClock,
    dialRefusal: (handset, number) => dials.refusalFor(handset, number),
    recordListening: ({ callId, handset, mode, outcome }) =>
      recordAudit(db, {
        at: systemClock.now(),
        action: outcome === 'requested' ? 'call_listened' : 'call_listen_refused',
        subject: callId,
        detail: { handset, mode },
      }),
  });
}
