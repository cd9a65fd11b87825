import { z } from 'zod';

/** ISO 639-1: what prompts are spoken in; any language, also one that the gateway does not support. */
export const languageCode = z.string().regex(/^[a-z]{2}$/, 'a two-letter language code such as cs');
