import { z } from 'zod';
import { handsetName } from '../../directory/schema.js';

/** Calls of the API; `paths` refers to them by these names. */
const runtelCalls = ['call_log', 'one_call', 'call', 'recording', 'user_states'] as const;
export type RuntelCall = (typeof runtelCalls)[number];

/** Paths below these belong to the gateway. */
const OWN = /^(GET|POST) \/(api|media|assets|docs|login|openapi)/;

/** Settings of a company whose CRM uses Runtel. Documented in docs/runtel.md. */
export const runtelSchema = z.strictObject({
  /** Notation of numbers. */
  numbers: z.enum(['national', '00', 'e164']).default('e164'),
  /** Additional paths: `GET /crm/history: call_log`. */
  paths: z
    .record(
      z
        .string()
        .regex(/^(GET|POST) \/[\w~/:.-]+$/, 'a method and a path, such as GET /crm/history')
        .refine((path) => !OWN.test(path), 'paths below that address belong to the gateway'),
      z.enum(runtelCalls),
    )
    .default({}),
  /** Renamed fields, in requests and responses. */
  rename: z.record(z.string(), z.string()).default({}),
  /** CRM extension to handset. */
  extensions: z.record(z.string().regex(/^\d{1,10}$/, 'digits, in quotes'), handsetName).default({}),
  /** Calls per page. */
  page_size: z.number().int().min(1).max(200).default(50),
});

export type RuntelSettings = z.output<typeof runtelSchema>;
