import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { profileKind, type Profiles } from '../../../directory/profiles.js';
import type { FormWords } from '../../texts/form.js';
import type { FormState } from '../config/item-editor.js';
import { configItems } from '../config/items.js';
import { mayConfigure } from '../config/may-configure.js';
import { SpecFields } from '../config/spec-field.js';
import { profileFields } from './profile-fields.js';
import { profileTexts } from './profile-texts.js';
import { texts } from './texts.js';

export const profileWords: FormWords = {
  fields: profileTexts.fields,
  options: { ...profileTexts.options, statuses: texts.statuses },
};

/** The settings of a contract profile. Which ones there are depends on the built-in profile at the end of its bases. */
export function ProfileFields({ name, form }: { name: string; form: FormState }) {
  const others = useSignal<Profiles>({});
  useEffect(() => {
    void configItems.list('profiles').then((outcome) => {
      if (!outcome.ok) return;
      others.value = Object.fromEntries(outcome.data.map(({ key, body }) => [key, body as Profiles[string]]));
    });
  }, []);
  const kind = profileKind({ ...others.value, [name]: form.body.value as Profiles[string] }, name);
  return (
    <>
      <p class="soft">{profileTexts.kinds[kind]}</p>
      <SpecFields specs={profileFields[kind]} form={form} words={profileWords} disabled={!mayConfigure()} />
    </>
  );
}

/** The profile without tables that have no entry any more. */
export function withoutEmpty<T extends object>(body: T): T {
  const kept = Object.entries(body as Record<string, unknown>).filter(
    ([, value]) => typeof value !== 'object' || value === null || Object.keys(value).length > 0,
  );
  return Object.fromEntries(kept) as T;
}
