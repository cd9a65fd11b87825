import { z } from 'zod';
import { handsetName } from '../../directory/schema.js';

/** What the CRM can ask of us: by these names the document gives them other paths. */
const runtelCalls = ['call_log', 'one_call', 'call', 'recording', 'user_states'] as const;
export type RuntelCall = (typeof runtelCalls)[number];

/** Below these the gateway has addresses of its own. */
const OWN = /^(GET|POST) \/(api|media|assets|docs|login|openapi)/;

/** What a company whose CRM speaks to Runtel sets up. Documented in docs/runtel.md. */
export const runtelSchema = z.strictObject({
  /** How numbers are written. */
  numbers: z.enum(['national', '00', 'e164']).default('e164'),
  /** Other paths: `GET /crm/history: call_log`. */
  paths: z
    .record(
      z
        .string()
        .regex(/^(GET|POST) \/[\w~/:.-]+$/, 'a method and a path, such as GET /crm/history')
        .refine((path) => !OWN.test(path), 'the gateway has addresses of its own there'),
      z.enum(runtelCalls),
    )
    .default({}),
  /** Other names of fields, in requests and answers. */
  rename: z.record(z.string(), z.string()).default({}),
  /** What the CRM calls a handset. */
  extensions: z.record(z.string().regex(/^\d{1,10}$/, 'digits, in quotes'), handsetName).default({}),
  /** Calls in one answer. */
  page_size: z.number().int().min(1).max(200).default(50),
});

export type RuntelSettings = z.output<typeof runtelSchema>;
