import type { Arrival, CallEventRouterOptions } from './event-router.js';
import { findLine, readCaller } from '../directory/caller.js';
import { asE164, toE164 } from '../directory/numbers.js';
import { numberFromTrunk } from '../directory/trunk-numbers.js';
import { type FlowSummary } from '../kernel/flow.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Company, Line } from '../company/company.js';
import { LinePrograms } from '../call-plan/line-programs.js';
import { PLAN } from '../call-plan/plan-flow.js';
import type { HandOverContract } from '../call-plan/hand-over-contract.js';
import { flowIdOf } from '../kernel/ids.js';
import { MINUTE_MS } from '../lib/time.js';

interface AdmissionOptions {
  runtime: {
    readonly running: string[];
    summaries(): Pick<FlowSummary, 'line' | 'direction'>[];
    begin(kind: string, flowId: string, program: unknown, event: TelephonyEvent): boolean;
  };
  companies: Pick<CompanyStore, 'company'>;
  contract: HandOverContract;
  maxCalls: number;
}

/** How long a number called by a handset rings. */
const NUMBER_RINGS_MS = MINUTE_MS;
const SHORT_CODE = /^\d{2,6}$/;

/**
 * Finds the dialled line and starts its plan with the current configuration. Any other number that a handset dials is
 * called
through the company's first line, if the dial policy allows it.
 */
export function createAdmission({
  runtime,
  companies,
  contract,
  maxCalls,
}: AdmissionOptions): CallEventRouterOptions['admit'] {
  const programs = new LinePrograms(contract);
  return (arriving: Arrival, at) => {
    if (runtime.running.length >= maxCalls) return 'too_many';
    const { company } = companies;
    const arrival = inNotationOfCompany(arriving, company);
    const line = findLine(company.lines, arrival.dialled, company.country);
    const found = line === undefined ? handsetCall(arrival, company) : incomingCall(arrival, line, company);
    if (found === undefined) return 'unknown_line';
    if (line !== undefined && isFull(line, company.country, runtime)) return 'line_full';
    const { channel, codec, sip } = arrival;
    const arrived = { type: 'call_arrived', at, channelId: channel.id, codec, sip } as const;
    const program = programs.of(company, found.line, { caller: found.parties.caller.number, at });
    runtime.begin(PLAN, flowIdOf(channel.id), program, { ...arrived, ...found.parties });
    return 'begun';
  };
}

/** Numbers of a call on a trunk, as the trunk's settings read them. */
function inNotationOfCompany(arrival: Arrival, { trunks, country }: Company): Arrival {
  const trunk = arrival.fromHandset ? undefined : trunks.find(({ name }) => name === arrival.sip.endpoint);
  if (trunk === undefined) return arrival;
  const { channel, dialled } = arrival;
  const caller = { ...channel.caller, number: numberFromTrunk(channel.caller.number, trunk, country) };
  return { ...arrival, dialled: numberFromTrunk(dialled, trunk, country), channel: { ...channel, caller } };
}

function isFull({ number, max_calls }: Line, country: string, runtime: AdmissionOptions['runtime']): boolean {
  if (max_calls === undefined) return false;
  const called = asE164(number, country);
  const calls = runtime.summaries().filter(({ line, direction }) => line === called && direction === 'incoming');
  return calls.length >= max_calls;
}

interface AdmittedCall {
  line: Line;
  parties: Pick<TelephonyEvent & { type: 'call_arrived' }, 'caller' | 'forHandset'>;
}

function incomingCall({ channel }: Arrival, line: Line, { country }: Company): AdmittedCall {
  const caller = readCaller(channel.caller.number, country);
  const number = caller.type === 'number' ? caller.e164 : caller.type === 'other' ? caller.text : '';
  return { line, parties: { caller: { number, name: channel.caller.name } } };
}

/** A call from a handset to an extension or a number; undefined for calls from other endpoints. */
function handsetCall(
  { dialled, sip, fromHandset }: Arrival,
  { lines, handsets, country }: Company,
): AdmittedCall | undefined {
  const [line] = lines;
  const isHandset = fromHandset && handsets.some(({ name }) => name === sip.endpoint);
  const other = handsets.find(({ extension }) => extension === dialled);
  if (isHandset && line !== undefined && other !== undefined)
    return {
      line: { ...line, plan: [{ ring: { handset: other.name, timeout: NUMBER_RINGS_MS } }] },
      parties: { caller: { number: dialled, name: other.display_name }, forHandset: sip.endpoint },
    };
  const number = toE164(dialled, country) ?? (SHORT_CODE.test(dialled) ? dialled : undefined);
  if (!isHandset || line === undefined || number === undefined) return undefined;
  return {
    line: { ...line, plan: [{ ring: { number, timeout: NUMBER_RINGS_MS } }] },
    parties: { caller: { number, name: '' }, forHandset: sip.endpoint },
  };
}
