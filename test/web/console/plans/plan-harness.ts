import { actionForms } from '../../../../src/company/action-forms.js';
import type { Forms } from '../../../../src/web/console/plans/form-model.js';
import type { ActionForm } from '../../../../src/web/console/plans/types.js';
import type { Speaker } from '../../../../src/web/console/plans/sentence.js';
import { planTexts } from '../../../../src/web/texts/en/plans.js';

/** The forms of the real actions. */
export const forms: Forms = new Map((actionForms() as ActionForm[]).map((form) => [form.name, form]));

const NAMES: Record<string, string> = {
  'prompt 1': 'Main menu',
  'prompt 5': 'Closed',
  'prompt 8': 'Connecting',
  'queue 1': 'Callers',
  'part operator': 'operator',
  'handset tester': 'Tester',
};

export const speaker: Speaker = { forms, words: planTexts, nameOf: (kind, id) => NAMES[`${kind} ${id}`] };
