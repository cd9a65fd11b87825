import { asE164 } from './numbers.js';
import type { Trunk } from './trunk-schema.js';

interface Route {
  /** Of the line that the call is made for, in any notation. */
  line: string;
  /** The trunk that the line names. */
  preferred?: string | undefined;
  /** The called number: E.164, or a short code. */
  number: string;
  country: string;
}

/** The trunks that may carry a call, in the order in which they are tried: first the one that the line names. */
export function trunksFor(trunks: readonly Trunk[], { line, preferred, number, country }: Route): Trunk[] {
  const from = asE164(line, country);
  const carries = ({ enabled, lines, prefixes }: Trunk) =>
    enabled &&
    (lines.length === 0 || lines.some((one) => asE164(one, country) === from)) &&
    (prefixes.length === 0 || prefixes.some((prefix) => number.startsWith(prefix)));
  const rank = ({ name, order }: Trunk) => (name === preferred ? 0 : order);
  return trunks.filter(carries).sort((a, b) => rank(a) - rank(b));
}
