import type { LineEffect, LineFoundEvent } from '../call-plan/event.js';
import type { HandOverContract } from '../call-plan/hand-over-contract.js';
import { LinePrograms } from '../call-plan/line-programs.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { findLine } from '../directory/caller.js';
import type { EffectHandler } from '../kernel/runtime-types.js';
import type { Clock } from '../lib/clock.js';

interface LineEntryParts {
  companies: Pick<CompanyStore, 'company'>;
  contract: HandOverContract;
  clock: Clock;
}

/** Finds the program of a line that a call is transferred to, with the current configuration. */
export function lineEntry({ companies, contract, clock }: LineEntryParts): EffectHandler<LineEffect, LineFoundEvent> {
  const programs = new LinePrograms(contract);
  const find = ({ id: effectId, line: number, caller }: LineEffect): Promise<LineFoundEvent> => {
    const { company } = companies;
    const at = clock.now();
    const line = findLine(company.lines, number, company.country);
    const program = line === undefined ? null : programs.of(company, line, { caller, at });
    return Promise.resolve({ type: 'line_found', at, effectId, program });
  };
  return { lane: 'phone', perform: find, recover: find };
}
