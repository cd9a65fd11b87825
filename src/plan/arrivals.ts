import type { Arrival, ExchangeOptions } from '../calls/exchange.js';
import { findLine, readCaller } from '../directory/caller.js';
import { flowIdOf } from '../flows/flow.js';
import type { TelephonyEvent } from '../flows/telephony.js';
import type { CompanyStore } from './company-store.js';
import { compile } from './compile.js';
import { PLAN } from './flow.js';
import type { HandOverContract } from './hand-over-contract.js';

export interface ArrivalOptions {
  runtime: {
    readonly running: string[];
    begin(kind: string, flowId: string, program: unknown, event: TelephonyEvent): boolean;
  };
  companies: Pick<CompanyStore, 'company'>;
  contract: HandOverContract;
  maxCalls: number;
}

/** Finds the line that was dialled and starts its plan, as it is set up at this moment. */
export function makeArrivals({ runtime, companies, contract, maxCalls }: ArrivalOptions): ExchangeOptions['arrive'] {
  return ({ channel, dialled, codec, sip }: Arrival, at) => {
    if (runtime.running.length >= maxCalls) return 'too_many';
    const { company } = companies;
    const line = findLine(company.lines, dialled, company.country);
    if (line === undefined) return 'unknown_line';
    const caller = readCaller(channel.caller.number, company.country);
    const number = caller.kind === 'number' ? caller.e164 : caller.kind === 'other' ? caller.text : '';
    runtime.begin(PLAN, flowIdOf(channel.id), compile(company, line, contract, number), {
      type: 'call_arrived',
      at,
      channelId: channel.id,
      caller: { number, name: channel.caller.name },
      codec,
      sip,
    });
    return 'begun';
  };
}
