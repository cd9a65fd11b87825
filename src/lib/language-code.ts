import { z } from 'zod';

/** ISO 639-1 code of a prompt's language; any language, including those that the gateway does not support. */
export const languageCode = z.string().regex(/^[a-z]{2}$/, 'a two-letter language code such as cs');
