import { z } from 'zod';
import { withOmittedDefault } from '../lib/codec.js';
import { meaning } from '../lib/setting-meaning.js';
import { duration } from './schema.js';

/** Callers whom operators park in numbered places: see docs/operators.md. */
export const parkingSchema = z.strictObject({
  /** Number of places, from 1. */
  places: withOmittedDefault(z.number().int().min(1).max(99), 9),
  /** After this the caller rings back at the operator who parked. */
  ring_back: withOmittedDefault(duration, 90_000),
  /** Where a caller goes whom that operator does not answer. Default: parked again. */
  queue: meaning('queue', z.number().int().positive()).optional(),
});
