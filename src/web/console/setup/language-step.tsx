import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { ActionForm } from '../ui/action-form.js';
import { LanguageFields, suggestedLanguage } from './first-steps.js';
import { hasKeptInput, useKeptInput } from '../ui/kept-input.js';
import { texts } from './texts.js';
import type { StepProps } from './step-props.js';

const STEP = 'language';

/** Language, country and time zone: settings of the company. */
export function LanguageStep({ answers, busy, store }: StepProps) {
  const input = useKeptInput(STEP, suggestedLanguage());
  useEffect(() => {
    if (answers.language === undefined) return;
    const { language } = answers;
    const path = { section: 'settings', key: 'company' } as const;
    void api.get('/api/v1/config/{section}/{key}', { path }).then((outcome) => {
      // What was typed meanwhile, or before, stays.
      if (!outcome.ok || hasKeptInput(STEP)) return;
      const { country, time_zone } = outcome.data.body as { country?: string; time_zone?: string };
      const suggested = input.value;
      input.value = { language, country: country ?? suggested.country, time_zone: time_zone ?? suggested.time_zone };
    });
  }, []);
  const { language, ...settings } = input.value;
  return (
    <ActionForm submit={texts.next} busy={busy} onSubmit={() => void store({ language }, { settings })}>
      <LanguageFields input={input.value} onChange={(changed) => (input.value = changed)} />
    </ActionForm>
  );
}
