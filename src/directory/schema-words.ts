import { z } from 'zod';
import { meaning } from '../lib/setting-meaning.js';
import { languageCode } from '../lib/language-code.js';
import { HOUR_MS, MINUTE_MS } from '../lib/time.js';

/** Schemas that several sections of the company document share. */

export const language = languageCode;

/** A number in any notation; directory/numbers.ts converts it to E.164 with the company's country. */
export const phoneNumber = meaning(
  'phone_number',
  z.string().regex(/^\+?[\d\s()./-]{2,25}$/, 'a phone number such as +420222333444'),
);

const writtenDuration = z.union([
  z.number().nonnegative(),
  z.string().regex(/^\d+(\.\d+)?\s*(ms|s|m)?$/, 'a duration such as 5s, 500ms or 2m'),
]);

function durationCodec(encode: (ms: number) => string | number) {
  return z
    .codec(writtenDuration, z.number(), { decode: milliseconds, encode })
    .refine((ms) => ms <= HOUR_MS, 'at most an hour');
}

/** `5`, `5s`, `500ms` or `2m`; a bare number is seconds. Decoded to milliseconds, encoded as `5s` or `500ms`. */
export const duration = meaning(
  'duration',
  durationCodec((ms) => (ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`)),
);

/** A {@link duration} that is encoded as a bare number of seconds. */
export const durationInSeconds = durationCodec((ms) => ms / 1000);

/** A duration in whole seconds, as Asterisk needs it; in milliseconds. */
export const wholeSeconds = (least: number) =>
  duration.refine((ms) => ms % 1000 === 0 && ms >= least * 1000, `whole seconds, at least ${least}`);

function milliseconds(written: string | number): number {
  if (typeof written === 'number') return Math.round(written * 1000);
  const [, amount, unit = 's'] = /^([\d.]+)\s*(ms|s|m)?$/.exec(written) ?? [];
  return Math.round(Number(amount) * { ms: 1, s: 1000, m: MINUTE_MS }[unit as 'ms' | 's' | 'm']);
}
