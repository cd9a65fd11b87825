import { z } from 'zod';
import type { Instant } from '../lib/clock.js';

/** An instant in a request. */
export const requestInstant = z.iso.datetime({ offset: true, error: 'an instant such as 2026-11-21T10:15:00Z' });

/** An instant in a response. */
export const responseInstant = z.string().describe('ISO 8601, UTC');

/** The instant of {@link requestInstant}. */
export function instantOf(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
