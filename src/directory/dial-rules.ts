import { countryOf, isAssignable, isPremiumRate, toE164 } from './numbers.js';
import type { DialPolicySettings } from './schema.js';

/** `digits` is what the trunk is asked for: made of digits alone, whatever came in. */
type Verdict = { allowed: true; digits: string } | { allowed: false; reason: string };

/**
 * Whether a number may be called at all, limits aside: the part of the dial policy that needs no memory. Nothing is
 * allowed that no rule allows. Reasons name rules, never the number.
 *
 * @param homeCountry in which a number without a country code is read
 */
export function judgeNumber(number: string, settings: DialPolicySettings, homeCountry: string): Verdict {
  const e164 = toE164(number, homeCountry);
  return e164 === undefined ? judgeShortCode(number.trim(), settings) : judgeE164(e164, settings);
}

/** What is answered to a number that {@link toCallable} does not read. */
export const NO_NUMBER =
  'that is not a phone number that somebody can have; write it with its country code, such as +420222333444';

/**
 * Reads a number that is to be called: E.164, or `undefined` for what is no number, and for a number that nobody can have by the
 * numbering plan of its country. A range that is newer than the plans that we know is listed in `dial_policy.allow`, number by number.
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
  return isAssignable(e164) ? verdict : refuse('nobody can have that number');
}

/** Lists of prefixes are long and asked about many numbers: each is made a set once, when it can never change. */
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
  if (!/^\d{2,6}$/.test(code)) return refuse('that is not a phone number');
  if (deny.includes(code)) return refuse('the short code is denied by the dial policy');
  return allow.includes(code)
    ? { allowed: true, digits: code }
    : refuse('short codes and emergency numbers are refused unless the dial policy allows them one by one');
}

function refuse(reason: string): Verdict {
  return { allowed: false, reason };
}
