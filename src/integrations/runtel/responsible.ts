import type { ControlAnswer, TransferTarget } from '../../telephony/control.js';
import { runtelSchema } from './schema.js';
import { parseUntrusted } from '../../lib/untrusted-json.js';
import type { Company } from '../../company/company.js';
import { targetOf } from './people.js';
import { renamedBack, targetSchema, type Fields } from './wire.js';

/** An answer that comes later than this after the call has nothing to say: the plan is on its way. */
export const ANSWER_WITHIN_MS = 5_000;

/** To whom the answer to `call_started` gives the call; undefined when to nobody, `unknown` when to nobody that we know. */
export function responsibleIn(answer: string, company: Company): TransferTarget | 'unknown' | undefined {
  const settings = company.runtel ?? runtelSchema.parse({});
  const fields = objectIn(answer);
  if (fields === undefined) return undefined;
  const given = renamedBack(fields, settings);
  const wanted = given['transfer_to'];
  if (wanted === undefined || wanted === null || wanted === '') return undefined;
  const parsed = targetSchema.safeParse(typeof wanted === 'object' ? wanted : { extension: wanted });
  return (parsed.success ? targetOf(parsed.data, company, settings) : undefined) ?? 'unknown';
}

interface Heard {
  callId: string;
  event: string;
  /** Since the event happened, in ms. */
  ageMs: number;
  status: number;
  answer: string;
}

/** Gives a call to whom the CRM's answer names. The call waits for none of it. */
export async function routeByAnswer(
  { callId, event, ageMs, status, answer }: Heard,
  company: Company,
  route: (callId: string, to: TransferTarget) => Promise<ControlAnswer>,
): Promise<string | undefined> {
  if (event !== 'call_started' || status < 200 || status > 299) return undefined;
  const target = responsibleIn(answer, company);
  if (target === undefined) return undefined;
  if (target === 'unknown') return 'the answer names nobody that is known here, or several';
  if (ageMs > ANSWER_WITHIN_MS) return `the answer came ${Math.round(ageMs / 1000)} s after the call`;
  const done = await route(callId, target);
  return done.ok ? undefined : done.detail;
}

function objectIn(text: string): Fields | undefined {
  const value = parseUntrusted(text.replace(/^\uFEFF/, ''));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
