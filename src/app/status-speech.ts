import type { Logger } from '../lib/logger.js';
import { StatusComposer } from '../notifications/speech/composer.js';
import { statusSpeechSchema } from '../orders/speech-schema.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Prompts } from './prompts.js';

/** Free words are a mark, a model: a second or two with the engine that comes with the gateway, and next time none. */
const SPEAK_WITHIN_MS = 3_000;

/** Says the status of an order, in the company's words. */
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
