import { countryOf, isAssignable, isPremiumRate, toE164 } from './numbers.js';
import type { DialPolicySettings } from './schema.js';

/** `digits`: the dial string for the trunk, digits only. */
type Verdict = { allowed: true; digits: string } | { allowed: false; reason: string };

/**
 * Checks a number against the rules of the dial policy, without its limits. Default deny. Reasons name rules, never the number.
 *
 * @param homeCountry ISO 3166 country of numbers without a country code
 */
export function judgeNumber(number: string, settings: DialPolicySettings, homeCountry: string): Verdict {
  const e164 = toE164(number, homeCountry);
  return e164 === undefined ? judgeShortCode(number.trim(), settings) : judgeE164(e164, settings);
}

/** Problem text for a number that {@link toCallable} rejects. */
export const INVALID_NUMBER = 'not a valid phone number; write it with its country code, such as +420222333444';

/**
 * Converts a number to call to E.164; `undefined` when it is not valid by the numbering plan of its country. Numbers of ranges
 * newer than the built-in numbering plans can be listed in `dial_policy.allow`, each in full.
 */
export function toCallable(text: string, { allow }: DialPolicySettings, homeCountry: string): string | undefined {
  const e164 = toE164(text, homeCountry);
  return e164 !== undefined && (isAssignable(e164) || setOf(allow).has(e164)) ? e164 : undefined;
}

function judgeE164(e164: string, settings: DialPolicySettings): Verdict {
  const { countries, allow, deny } = settings;
  const denied = prefixOf(e164, deny);
  if (denied !== undefined) return refuse(`numbers that begin with ${denied} are denied by the dial policy`);
  const verdict: Verdict = { allowed: true, digits: e164.slice(1) };
  if (setOf(allow).has(e164)) return verdict;
  if (prefixOf(e164, allow) === undefined) {
    const country = countryOf(e164);
    if (country === undefined) return refuse('the country of the number is not known, and no allowed prefix fits it');
    if (!countries.includes(country)) return refuse(`the dial policy does not allow calls to ${country}`);
    if (isPremiumRate(e164)) return refuse('premium-rate numbers are refused by the dial policy');
  }
  return isAssignable(e164) ? verdict : refuse('the number is not valid in its country');
}

/** Sets of prefixes by frozen list: lists can be long, so each is converted once. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(list: readonly string[]): ReadonlySet<string> {
  if (!Object.isFrozen(list)) return new Set(list);
  let set = sets.get(list);
  if (set === undefined) {
    set = new Set(list);
    sets.set(list, set);
  }
  return set;
}

/** The shortest prefix of the number that is in the list. */
function prefixOf(e164: string, list: readonly string[]): string | undefined {
  const set = setOf(list);
  for (let length = 0; length <= e164.length; length++) {
    const prefix = e164.slice(0, length);
    if (set.has(prefix)) return prefix;
  }
  return undefined;
}

/** Emergency numbers and the like have no country code; each must be allowed in full. */
function judgeShortCode(code: string, { allow, deny }: DialPolicySettings): Verdict {
  if (!/^\d{2,6}$/.test(code)) return refuse('not a phone number');
  if (deny.includes(code)) return refuse('the short code is denied by the dial policy');
  return allow.includes(code)
    ? { allowed: true, digits: code }
    : refuse('short codes and emergency numbers are refused unless the dial policy allows them one by one');
}

function refuse(reason: string): Verdict {
  return { allowed: false, reason };
}
