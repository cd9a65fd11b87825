import { z } from 'zod';

/** One request and its response as they were on the wire, without personal data and secrets. */
const body = z.union([z.string(), z.strictObject({ omitted: z.string() })]);
const headers = z.record(z.string(), z.string());

export const fixtureSchema = z.strictObject({
  format: z.literal(1),
  /** Milliseconds since the recorder was started. */
  after_ms: z.number(),
  request: z.strictObject({ method: z.string(), path: z.string(), headers, body }),
  answer: z.union([
    z.strictObject({ status: z.number(), headers, body, latency_ms: z.number() }),
    /** There was no complete response. */
    z.strictObject({ failed: z.string(), latency_ms: z.number() }),
  ]),
});

export type Fixture = z.output<typeof fixtureSchema>;
export type FixtureBody = Fixture['request']['body'];
