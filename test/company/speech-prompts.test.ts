import { expect, it } from 'vitest';
import { fixedTexts } from '../../src/company/speech-prompts.js';
import { statusSpeechSchema } from '../../src/orders/speech-schema.js';

it('texts of templates that hold no words of an order are the same in every call', () => {
  const status_speech = statusSpeechSchema.parse({
    templates: {
      arrived: {
        cs: ['greeting', { text: 'Vůz čeká.' }, { text: 'Má značku {mark}.' }],
        ru: { notification: [{ choose: [[{ text: 'Ждёт {plate}.' }], [{ text: 'Машина ждёт.' }]] }] },
      },
      thanks: { en: [5, { say: 'minutes' }, { text: 'Thank you.' }] },
    },
  });
  expect(fixedTexts({ status_speech })).toEqual([
    { text: 'Vůz čeká.', language: 'cs' },
    { text: 'Машина ждёт.', language: 'ru' },
    { text: 'Thank you.', language: 'en' },
  ]);
  expect(fixedTexts({ status_speech: undefined })).toEqual([]);
});
