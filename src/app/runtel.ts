import type { CallControl } from '../telephony/control.js';
import type { CallReader } from '../calls/reader.js';
import { RuntelApi } from '../integrations/runtel/api.js';
import { routeByAnswer } from '../integrations/runtel/responsible.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { LIFETIME_MS } from '../webhooks/schedule.js';
import type { OnAnswer } from '../webhooks/sender.js';
import type { OperatorParts } from './operators.js';
import type { RecordingFeature } from './recordings.js';
import { recordingAccess } from './telfa-control.js';

/** Composes the API for CRMs that use Runtel's protocol. */
export function createRuntel(parts: {
  control: CallControl;
  calls: CallReader;
  recordings: RecordingFeature;
  operators: OperatorParts;
  companies: CompanyStore;
}): RuntelApi {
  return new RuntelApi({
    company: () => parts.companies.company,
    calls: parts.control,
    log: parts.calls,
    recordings: recordingAccess(parts.recordings),
    operators: parts.operators.operators,
  });
}

/** Routes a call by a webhook's response. @param control available once calls can be admitted */
export function routeCallsByResponses(options: {
  companies: CompanyStore;
  control: () => CallControl;
  clock: Clock;
  logger: Logger;
}): OnAnswer {
  const { companies, control, clock, logger } = options;
  return (hook, { flowId: callId, event, expiresAt }, { status, answer }) => {
    if (hook.routes_calls !== true) return;
    const ageMs = clock.now() - (expiresAt - LIFETIME_MS);
    routeByAnswer({ callId, event, ageMs, status, answer }, companies.company, (id, to) =>
      control().route(id, to),
    ).then(
      (problem) => {
        if (problem !== undefined)
          logger.warn({ webhook: hook.name, call: callId, problem }, 'a webhook response could not route a call');
      },
      (error: unknown) =>
        logger.error({ err: error, webhook: hook.name, call: callId }, 'a webhook response could not route a call'),
    );
  };
}
