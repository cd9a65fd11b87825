import type { BridgeSettings } from '../masked-bridges/schema.js';
import { asE164, toE164 } from '../directory/numbers.js';
import { profileChanges } from '../directory/profiles.js';
import { publicHolidaysOf } from '../directory/public-holidays.js';
import { fragmentId } from '../prompts/fragments.js';
import type { Company, Line } from '../company/company.js';
import type { HandOverContract } from './hand-over-contract.js';
import { ordersFor } from './orders/program.js';
import type { About, FailurePrompts, ParkingProgram, PlanProgram, TransferCodes } from './program.js';
import { holidayRegionsIn, namesIn } from '../company/action-facts.js';
import type { Action } from '../company/plan-schema.js';
import type { Instant } from '../lib/clock.js';
import { compact } from '../lib/compact.js';
import { DAY_MS } from '../lib/time.js';
import { walk } from '../company/walk.js';

/** What a program depends on apart from the company's document. */
interface CompiledCall {
  /** When it begins. Programs of one {@link holidayYears} are equal. */
  at: Instant;
  /** E.164 where possible. */
  caller?: string;
  /** Left out when the order is not known yet. */
  about?: About | undefined;
}

/**
 * The program of a call on a line.
 * @throws {Error} when the company's changes to a contract profile are invalid; `cordboard lint` reports them first
 */
export function compile(
  company: Company,
  line: Line,
  contract: HandOverContract,
  { at, caller = '', about }: CompiledCall,
): PlanProgram {
  const number = asE164(line.number, company.country);
  const parts = company.parts;
  const actions = [...walk({ lines: [line], parts, orders: company.orders })].map(({ action }) => action);
  const used = new Set(
    actions.flatMap((action) => namesIn(action).flatMap((named) => (named.type === 'profile' ? [named.id] : []))),
  );
  return {
    line: {
      number,
      name: line.name,
      languages: line.languages ?? company.languages,
      timeZone: line.time_zone ?? company.time_zone,
      rejectPrompt: line.reject_prompt ?? company.reject_prompt ?? null,
      callerId: line.caller_id === undefined ? number : asE164(line.caller_id, company.country),
    },
    country: company.country,
    lines: { [number]: { plan: line.plan } },
    parts,
    queues: Object.fromEntries(
      company.queues.map(({ id, name, max_wait, ring_timeout, join_prompt = null, music, record }) => [
        String(id),
        {
          name,
          maxWaitMs: max_wait,
          ringTimeoutMs: ring_timeout,
          joinPrompt: join_prompt,
          rings: music === undefined,
          record,
        },
      ]),
    ),
    callerPriority: callerPriority(company, caller),
    about,
    failurePrompts: failurePrompts(company.bridges, (line.languages ?? company.languages)[0] ?? 'en'),
    ...ordersFor(company, line),
    ...publicHolidays(actions, at),
    transferCodes: transferCodes(company),
    parking: parking(company, (line.languages ?? company.languages)[0] ?? 'en'),
    profiles: Object.fromEntries(
      [...used].map((name) => [name, contract.profile(profileChanges(company.profiles, name))]),
    ),
  };
}

/**
 * The years of the public holidays that a program has: those of the call, with a day before and after it for time zones and calls past
 * midnight.
 */
export function holidayYears(at: Instant): number[] {
  const years = [at - DAY_MS, at + 2 * DAY_MS].map((instant) => new Date(instant).getUTCFullYear());
  return [...new Set(years)];
}

/** The dates are part of the program, so that the flow needs neither a clock nor a calendar. */
function publicHolidays(actions: readonly Action[], at: Instant): Pick<PlanProgram, 'publicHolidays'> {
  const regions = [...new Set(actions.flatMap(holidayRegionsIn))];
  if (regions.length === 0) return {};
  const years = holidayYears(at);
  const datesOf = (region: string) => years.flatMap((year) => publicHolidaysOf(region, year).map(({ date }) => date));
  return { publicHolidays: Object.fromEntries(regions.map((region) => [region, datesOf(region)])) };
}

/** Of this caller in any queue; more comes first. */
export function callerPriority({ priority_callers, country }: Company, caller: string): number {
  const own = priority_callers.filter(({ numbers }) => numbers.some((number) => toE164(number, country) === caller));
  return Math.max(0, ...own.map(({ priority }) => priority));
}

function transferCodes({ feature_codes: codes }: Company): TransferCodes {
  const { blind_transfer: blind, attended_transfer: attended, park } = codes;
  const usable = (code: string) => (code === 'off' ? undefined : code);
  return compact({ blind: usable(blind), attended: usable(attended), park: usable(park) });
}

function parking({ parking: { ring_back, queue } }: Company, language: string): ParkingProgram {
  const digits = Array.from('0123456789').map((digit) => fragmentId(language, `digits/${digit}`));
  return { ringBackMs: ring_back, queue, digits };
}

/** The company's prompts; default: the shipped fragments. */
function failurePrompts({ prompts }: BridgeSettings, language: string): FailurePrompts {
  return {
    busy: prompts.busy ?? fragmentId(language, 'bridge-busy'),
    no_answer: prompts.no_answer ?? fragmentId(language, 'bridge-no-answer'),
    rejected: prompts.rejected ?? fragmentId(language, 'bridge-rejected'),
    unreachable: prompts.unreachable ?? fragmentId(language, 'bridge-unreachable'),
  };
}
