import type { HttpSender } from '../calls/effect-handlers.js';
import type { Logger } from '../lib/logger.js';
import type { HandOverContract } from '../call-plan/hand-over-contract.js';
import type { Company } from '../company/company.js';
import type { SimulationAnswer } from '../company/document-check-queue.js';
import type { SimulateRequest } from '../company/simulate-routes.js';
import { presentCall } from './present.js';
import { simulate, SimulationError, type SimulationRequest } from './simulate.js';
import { soundLengths } from './sound-lengths.js';

/** The simulator of `POST /api/v1/simulate`. */
export function simulateService(options: {
  contract: HandOverContract;
  /** Folder of the shipped sounds. */
  soundsFolder: string;
  http: HttpSender;
  logger: Logger;
}): (company: Company, request: SimulateRequest, signal?: AbortSignal) => Promise<SimulationAnswer> {
  return async (company, wanted, signal) => {
    const durationOf = await soundLengths(options.soundsFolder);
    const request = readRequest(wanted);
    try {
      const call = await simulate(company, request, { ...options, durationOf, signal });
      return { ok: true, call: presentCall(call, company, { isRealShop: request.stub === undefined }) };
    } catch (error) {
      if (error instanceof SimulationError) return { ok: false, why: error.message };
      throw error;
    }
  };
}

function readRequest({ nobody_answers: nobodyAnswers, answering, ...rest }: SimulateRequest): SimulationRequest {
  return {
    ...rest,
    nobodyAnswers,
    answering: answering && {
      handset: answering.handset,
      afterMs: milliseconds(answering.after_s),
      talkMs: milliseconds(answering.talk_s),
    },
  };
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
