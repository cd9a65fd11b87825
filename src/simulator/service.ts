import type { HttpSender } from '../calls/effect-handlers.js';
import type { Logger } from '../lib/logger.js';
import type { HandOverContract } from '../call-plan/hand-over-contract.js';
import type { Company } from '../company/company.js';
import type { SimulationAnswer } from '../company/document-check-queue.js';
import { reportCall } from './report.js';
import { simulate, SimulationError, type SimulatedCall, type SimulationRequest } from './simulate.js';
import { soundLengths } from './sound-lengths.js';

/** The simulator of `POST /api/v1/simulate`. */
export function simulateService(options: {
  contract: HandOverContract;
  /** Folder of the shipped sounds. */
  soundsFolder: string;
  http: HttpSender;
  logger: Logger;
}): (company: Company, request: SimulationRequest) => Promise<SimulationAnswer> {
  return async (company, request) => {
    const durationOf = await soundLengths(options.soundsFolder);
    try {
      return { ok: true, call: present(await simulate(company, request, { ...options, durationOf })) };
    } catch (error) {
      if (error instanceof SimulationError) return { ok: false, why: error.message };
      throw error;
    }
  };
}

function present(call: SimulatedCall): object {
  const iso = (at: number) => new Date(at).toISOString();
  return {
    line: call.line,
    caller: call.caller,
    time_zone: call.timeZone,
    started_at: iso(call.startedAt),
    ended_at: iso(call.endedAt),
    ended_by: call.endedBy,
    keys_left: call.keysLeft,
    timeline: call.timeline.map(({ at, kind, data }) => ({ at: iso(at), kind, data })),
    text: reportCall(call),
  };
}
