import { countryOf, isPremiumRate, toE164 } from './numbers.js';
import type { DialPolicySettings } from './schema.js';

/** `digits` is what the trunk is asked for: made of digits alone, whatever came in. */
export type Verdict = { allowed: true; digits: string } | { allowed: false; reason: string };

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

function judgeE164(e164: string, { countries, allow, deny }: DialPolicySettings): Verdict {
  const denied = prefixOf(e164, deny);
  if (denied !== undefined) return refuse(`numbers that begin with ${denied} are denied by the dial policy`);
  const verdict: Verdict = { allowed: true, digits: e164.slice(1) };
  if (prefixOf(e164, allow) !== undefined) return verdict;
  const country = countryOf(e164);
  if (country === undefined) return refuse('the country of the number is not known, and no allowed prefix fits it');
  if (!countries.includes(country)) return refuse(`the dial policy does not allow calls to ${country}`);
  return isPremiumRate(e164) ? refuse('premium-rate numbers are refused by the dial policy') : verdict;
}

/** Lists of prefixes are long and asked about many numbers: each is made a set once. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The shortest prefix of the number that is in the list. */
function prefixOf(e164: string, list: readonly string[]): string | undefined {
  let set = sets.get(list);
  if (set === undefined) {
    set = new Set(list);
    sets.set(list, set);
  }
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
