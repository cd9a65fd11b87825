import { z } from 'zod';
import type { RecordedRequest } from './unknown-requests.js';

export const recordedAnswer = z.object({
  id: z.number().int(),
  at: z.string().describe('ISO 8601, UTC'),
  token: z.string().describe('Name of the token that it came with'),
  method: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.unknown()),
  headers: z.record(z.string(), z.string()),
  body: z.unknown().describe('Its fields, or text. Numbers are masked, other people’s words and secrets are left out'),
  bytes: z.number().int().describe('Of the body as it came'),
  status: z.number().int().describe('What was answered'),
  why: z.string(),
});

export function presentRecorded({ at, who, ...request }: RecordedRequest): z.output<typeof recordedAnswer> {
  return { ...request, at: new Date(at).toISOString(), token: who };
}
