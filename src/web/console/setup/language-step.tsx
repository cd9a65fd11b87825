import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { StepForm } from './fields.js';
import { LanguageFields, suggestedLanguage } from './first-steps.js';
import { texts } from './texts.js';
import type { StepProps } from './step-props.js';

/** Language, country and time zone: settings of the company. */
export function LanguageStep({ answers, busy, store }: StepProps) {
  const input = useSignal(suggestedLanguage());
  useEffect(() => {
    if (answers.language === undefined) return;
    const { language } = answers;
    const path = { section: 'settings', key: 'company' } as const;
    void api.get('/api/v1/config/{section}/{key}', { path }).then((outcome) => {
      if (!outcome.ok) return;
      const { country, time_zone } = outcome.data.body as { country?: string; time_zone?: string };
      const suggested = input.value;
      input.value = { language, country: country ?? suggested.country, time_zone: time_zone ?? suggested.time_zone };
    });
  }, []);
  const { language, ...settings } = input.value;
  return (
    <StepForm submit={texts.next} busy={busy} onSubmit={() => void store({ language }, { settings })}>
      <LanguageFields input={input.value} onChange={(changed) => (input.value = changed)} />
    </StepForm>
  );
}
