import { fill } from '../lib/fill.js';
import { trunkProblemTexts } from './texts/en/trunk-problems.js';

export const trunkProblemCodes = [
  // The state of a trunk.
  'rejected',
  'unreachable',
  'registering',
  'missing',
  'busy',
  // Why it is not, or not wholly, in Asterisk.
  'no_password',
  'unknown_host',
  'name_taken',
  'not_written',
  // Of the endpoint of Asterisk's own files.
  'endpoint_missing',
  'endpoint_not_registered',
  'endpoint_unreachable',
  // Of a call.
  'no_answer',
  'silent',
  'sip',
  'cause',
] as const;
export type TrunkProblemCode = (typeof trunkProblemCodes)[number];

/** What is wrong with a trunk, or with a call over it. `values`: of the placeholders in its words. */
export interface TrunkProblem {
  code: TrunkProblemCode;
  values: Readonly<Record<string, string>>;
}

export function trunkProblem(code: TrunkProblemCode, values: TrunkProblem['values'] = {}): TrunkProblem {
  return { code, values };
}

/** For logs, the API and the checks. */
export function inEnglish({ code, values }: TrunkProblem): string {
  return fill(trunkProblemTexts[code], values);
}
