import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../../api/client.js';
import type { HeardOption } from '../../config/choices.js';

const byLanguage = signal<Readonly<Record<string, readonly HeardOption[]>>>({});

/** The built-in recordings of a language, named by what they say. */
export function useRecordings(language: string): readonly HeardOption[] {
  useEffect(() => {
    if (byLanguage.peek()[language] !== undefined) return;
    void api.get('/api/v1/status-speech/recordings', { query: { language } }).then((outcome) => {
      if (!outcome.ok) return;
      const options = outcome.data.recordings.map(({ name, text, audio }) => ({
        value: name,
        name: text,
        audio: audio ?? undefined,
      }));
      byLanguage.value = { ...byLanguage.value, [language]: options };
    });
  }, [language]);
  return byLanguage.value[language] ?? [];
}
