import type { ControlAnswer, TransferTarget } from '../../telephony/control.js';
import { runtelSchema } from './schema.js';
import { parseUntrusted } from '../../lib/untrusted-json.js';
import type { Company } from '../../company/company.js';
import { targetOf } from './people.js';
import type { Fields } from '../shared/input.js';
import { renamedBack, targetSchema } from './wire.js';

/** Later answers are ignored: the plan has continued. */
export const ANSWER_WITHIN_MS = 5_000;

/** The target in the answer to `call_started`; undefined without one, `unknown` when it is not known. */
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
  /** Milliseconds since the event. */
  ageMs: number;
  status: number;
  answer: string;
}

/** Transfers a call to the target in the CRM's answer. The call does not wait for it. */
export async function routeByAnswer(
  { callId, event, ageMs, status, answer }: Heard,
  company: Company,
  route: (callId: string, to: TransferTarget) => Promise<ControlAnswer>,
): Promise<string | undefined> {
  if (event !== 'call_started' || status < 200 || status > 299) return undefined;
  const target = responsibleIn(answer, company);
  if (target === undefined) return undefined;
  if (target === 'unknown') return 'the answer names an unknown target, or several';
  if (ageMs > ANSWER_WITHIN_MS) return `the answer came ${Math.round(ageMs / 1000)} s after the call`;
  const done = await route(callId, target);
  return done.ok ? undefined : done.detail;
}

function objectIn(text: string): Fields | undefined {
  const value = parseUntrusted(text.replace(/^\uFEFF/, ''));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
