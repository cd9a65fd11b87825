import { z } from 'zod';
import { countryOf, isPremiumRate } from './numbers.js';

/** Limits of calls to numbers by one handset or person, in addition to the dial policy. Documented in docs/configuration.md. */
export const dialLimitsSchema = z.strictObject({
  /** ISO 3166 countries that may be called. Default: those of the dial policy. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'two capital letters such as CZ')).optional(),
  /** False: no premium-rate numbers, also those that the dial policy allows. */
  premium_rate: z.boolean().optional(),
  /** Most calls to numbers at the same time. */
  max_concurrent: z.number().int().min(0).max(1000).optional(),
  /** Most calls to numbers on one day of the company's time zone. */
  max_per_day: z.number().int().min(0).max(100_000).optional(),
});

export type DialLimits = z.output<typeof dialLimitsSchema>;

/** A handset, or the operator who uses it, with limits. */
export type LimitHolder = { limits: DialLimits } & (
  { kind: 'handset'; handset: string } | { kind: 'operator'; id: number; name: string }
);

interface Directory {
  handsets: readonly { name: string; dial_limits?: DialLimits | undefined }[];
  operators: readonly {
    id: number;
    name: string;
    handset?: string | undefined;
    dial_limits?: DialLimits | undefined;
  }[];
}

/** Whose limits hold for a call that a handset makes. */
export function holdersFor(handset: string, { handsets, operators }: Directory): LimitHolder[] {
  const person = operatorOf(handset, operators);
  return limitHolders({
    handsets: handsets.filter(({ name }) => name === handset),
    operators: person === undefined ? [] : [person],
  });
}

/** All that have limits of their own. */
export function limitHolders({ handsets, operators }: Directory): LimitHolder[] {
  return [
    ...handsets.flatMap(({ name, dial_limits: limits }) =>
      limits === undefined ? [] : [{ kind: 'handset' as const, handset: name, limits }],
    ),
    ...operators.flatMap(({ id, name, dial_limits: limits }) =>
      limits === undefined ? [] : [{ kind: 'operator' as const, id, name, limits }],
    ),
  ];
}

/** The person who uses a handset. */
export function operatorOf<O extends { handset?: string | undefined }>(handset: string, operators: readonly O[]) {
  return operators.find((operator) => operator.handset === handset);
}

/** Why a holder may not call a number; undefined when it may, apart from the limits that are counted. Names no number. */
export function judgeForHolder(e164: string, holder: LimitHolder): string | undefined {
  const { countries, premium_rate } = holder.limits;
  const country = countryOf(e164);
  if (countries !== undefined && (country === undefined || !countries.includes(country)))
    return `${nameOf(holder)} may not call ${country ?? 'numbers of an unknown country'}`;
  if (premium_rate === false && isPremiumRate(e164)) return `${nameOf(holder)} may not call premium-rate numbers`;
  return undefined;
}

/** The holder in words. */
export function nameOf(holder: LimitHolder): string {
  return holder.kind === 'handset' ? `the handset ${holder.handset}` : holder.name;
}
