import type { FormWords } from '../../texts/form.js';
import { ANY_NAME } from './field-spec.js';

/** The words for the properties of any entry, at the place of this one. */
export function wordsAt({ fields, options }: FormWords, path: string, key: string): FormWords {
  const place = `${path}.${ANY_NAME}.`;
  const here = <T>(words: Record<string, T>) =>
    Object.fromEntries(
      Object.entries(words).flatMap(([each, word]) =>
        each.startsWith(place) ? [[`${path}.${key}.${each.slice(place.length)}`, word] as const] : [],
      ),
    );
  return { fields: here(fields), options: here(options) };
}
