import { z } from 'zod';
import { languageCode } from '../lib/language.js';

/** The words for what a company sets up, call plans aside (plan/schema.ts). Documented in docs/configuration.md. */

export const language = languageCode;

/** A number as people write it; made E.164 with the company's country by directory/numbers.ts. */
export const phoneNumber = z.string().regex(/^\+?[\d\s()./-]{2,25}$/, 'a phone number such as +420222333444');

export const timeZone = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
    error: (issue) => `"${String(issue.input)}" is not an IANA time zone such as Europe/Prague`,
  });

/** User name of the SIP account. At least one letter, so that no caller ID equals it. */
export const handsetName = z
  .string()
  .regex(/^(?=.*[a-z])[a-z0-9_-]{2,40}$/, 'lower-case letters, digits, - and _, with at least one letter');

export const handsetSchema = z.strictObject({
  name: handsetName,
  display_name: z.string().max(80).default(''),
  language: language.optional(),
});

/** Callers waiting for a group of handsets. */
export const queueSchema = z.strictObject({
  id: z.number().int().positive(),
  name: z.string().min(1).max(80),
  handsets: z.array(handsetName).default([]),
});

const prefixOrShortCode = z
  .string()
  .regex(/^(\+\d{1,15}|\d{2,6})$/, 'a prefix with its country code such as +4917, or a short code such as 112');

/** Whatever dials asks this first; what is not allowed here is refused. */
export const dialPolicySchema = z.strictObject({
  /** ISO 3166 countries that may be called. Empty: none. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
  /** What may be called besides: E.164 prefixes (`+4917`), premium rate included, and short codes in full (`112`). */
  allow: z.array(prefixOrShortCode).default([]),
  /** What may not be called, written alike; it wins. */
  deny: z.array(prefixOrShortCode).default([]),
  /** Outgoing calls to numbers at the same time. */
  max_concurrent: z.number().int().min(0).default(10),
  /** Outgoing calls to numbers in one day of the company's time zone. */
  max_per_day: z.number().int().min(0).default(500),
});

export type DialPolicySettings = z.output<typeof dialPolicySchema>;
export type Handset = z.output<typeof handsetSchema>;
export type Queue = z.output<typeof queueSchema>;
