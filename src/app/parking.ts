import type { Asterisk } from '../asterisk/asterisk.js';
import { ParkingPlaces } from '../calls/parking-places.js';
import { withPickUpCodes } from '../calls/pick-up-codes.js';
import type { CallEventRouterOptions } from '../calls/event-router.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { FlowSummary } from '../kernel/flow.js';
import { systemClock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';

interface RunningCalls {
  readonly running: string[];
  summary(flowId: string): FlowSummary | undefined;
  summaries(): FlowSummary[];
}

/** Composes the places in which callers are parked. @param calls the runtime, which is created later */
export function createParking({
  asterisk,
  companies,
  calls,
  logger,
}: {
  asterisk: Asterisk;
  companies: Pick<CompanyStore, 'company'>;
  calls: () => RunningCalls;
  logger: Logger;
}) {
  const places = new ParkingPlaces({
    summaries: () => calls().summaries(),
    count: () => companies.company.parking.places,
    clock: systemClock,
  });
  const parkedIn = (place: number) => calls().running.find((id) => calls().summary(id)?.live?.parked?.place === place);
  return {
    places,
    /** Wraps the admission of calls: codes of places are handled first. */
    feature: (next: CallEventRouterOptions['admit']) =>
      withPickUpCodes({
        asterisk,
        parkedIn,
        directory: () => companies.company,
        onError: (error) => logger.warn({ err: error }, 'a parked call could not be picked up by its code'),
        next,
      }),
  };
}
