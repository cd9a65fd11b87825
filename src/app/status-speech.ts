import type { Logger } from '../lib/logger.js';
import { StatusComposer } from '../notifications/speech/composer.js';
import { statusSpeechSchema } from '../orders/speech-schema.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { mediaPath } from '../prompts/resolve.js';
import type { Prompts } from './prompts.js';

/** Timeout for free text such as a car model (ms): the built-in engine needs a second or two, later calls use the cache. */
const SPEAK_WITHIN_MS = 3_000;

/** The recordings for templates of status announcements, and where people can hear them. */
export function statusRecordings({ fragments, resolver }: Pick<Prompts, 'fragments' | 'resolver'>) {
  const FOLDER = 'status/';
  return {
    recordings: (language: string) =>
      fragments.ofLanguage(language).flatMap(({ id, name: path }) => {
        const fragment = path.slice(language.length + 1);
        if (!fragment.startsWith(FOLDER)) return [];
        const text = fragments.textOf(language, fragment);
        return text === undefined ? [] : [{ name: fragment.slice(FOLDER.length), text, prompt: id }];
      }),
    audioOf: async (prompt: number, language: string) => {
      const found = await resolver.resolve([{ prompt }], [language], '');
      const [played] = 'refused' in found ? [] : found.played;
      return played && mediaPath(played.sha256, 'wav');
    },
  };
}

/** Composes the spoken status of an order, with the company's wording. */
export function createStatusSpeech({
  companies,
  prompts,
  logger,
}: {
  companies: CompanyStore;
  prompts: Pick<Prompts, 'speech' | 'fragments'>;
  logger: Logger;
}): StatusComposer {
  const unchanged = statusSpeechSchema.parse({});
  return new StatusComposer({
    recordings: prompts.fragments,
    settings: () => companies.company.status_speech ?? unchanged,
    speak: async (text, language) => (await prompts.speech.speak(text, language)).id,
    speakWithinMs: SPEAK_WITHIN_MS,
    onLeftOut: (why) => logger.warn({ why }, "a part of an order's status was not spoken"),
  });
}
