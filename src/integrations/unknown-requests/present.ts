import { z } from 'zod';
import type { RecordedRequest } from './unknown-requests.js';
import { responseInstant } from '../../http/instant.js';

export const recordedAnswer = z
  .object({
    id: z.number().int(),
    at: responseInstant,
    token: z.string().describe('Name of the token of the request'),
    method: z.string(),
    path: z.string(),
    query: z.record(z.string(), z.unknown()),
    headers: z.record(z.string(), z.string()),
    body: z.unknown().describe('Fields or text. Numbers are masked; personal words and secrets are removed'),
    bytes: z.number().int().describe('Size of the original body'),
    status: z.number().int().describe('The status of the response'),
    why: z.string(),
  })
  .meta({ id: 'RecordedRequest' });

export function presentRecorded({ at, who, ...request }: RecordedRequest): z.output<typeof recordedAnswer> {
  return { ...request, at: new Date(at).toISOString(), token: who };
}
