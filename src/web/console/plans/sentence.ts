import {
  actionName,
  branchesOf,
  fieldValue,
  formOf,
  settingsOf,
  textOf,
  type Branch,
  type Forms,
} from './form-model.js';
import type { Action, ActionForm, FieldKind, FormField, Plan } from './types.js';

/** A plan in words: "Answer → menu: 1 operator, 9 order status". */

interface PlanWords {
  /** What an action does, such as "Play"; by its name. */
  actions: Record<string, string>;
  /** Names of the values of choices, such as "the driver". */
  choices: Record<string, string>;
  /** The way into a branch without a key, such as "nobody answers"; by the name of the setting. */
  branches: Record<string, string>;
  nothing: string;
}

/** Names of what actions refer to; undefined when it does not exist. */
type NameOf = (kind: FieldKind, id: string | number) => string | undefined;

export interface Speaker {
  forms: Forms;
  words: PlanWords;
  nameOf: NameOf;
}

const ARROW = ' → ';

/** Kinds of settings that say what the action is about. */
const SUBJECTS: ReadonlySet<FieldKind> = new Set([
  'prompt',
  'prompts',
  'queue',
  'handset',
  'part',
  'phone_number',
  'url',
  'choice',
] satisfies FieldKind[]);

export function actionLabel({ words }: Pick<Speaker, 'words'>, name: string): string {
  return words.actions[name] ?? name;
}

/** What the action is about: the name of its prompt, queue, part …; undefined without. */
export function subjectOf(speaker: Speaker, action: Action): string | undefined {
  const form = formOf(speaker.forms, action);
  const settings = settingsOf(form, action);
  for (const field of form.fields) {
    if (!SUBJECTS.has(field.kind)) continue;
    const value = fieldValue(field, settings);
    if (value === undefined || value === '' || value === field.default) continue;
    return valueInWords(speaker, field, value);
  }
  return undefined;
}

/** A value of a field as people say it. */
export function valueInWords({ words, nameOf }: Speaker, field: Pick<FormField, 'kind'>, value: unknown): string {
  if (Array.isArray(value) && field.kind === 'prompts')
    return value.map((id: number) => nameOf('prompt', id) ?? `#${id}`).join(' + ');
  const text = textOf(value);
  if (field.kind === 'url') return hostOf(text);
  if (field.kind === 'choice' || field.kind === 'switch') return words.choices[text] ?? text;
  if (field.kind === 'prompt' || field.kind === 'prompts') return nameOf('prompt', Number(text)) ?? `#${text}`;
  return nameOf(field.kind, value as string | number) ?? text;
}

function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? url;
}

/** One action without what is inside it: "Play Main menu". */
export function actionSentence(speaker: Speaker, action: Action): string {
  const subject = subjectOf(speaker, action);
  const label = actionLabel(speaker, actionName(action));
  return subject === undefined ? label : `${label}: ${subject}`;
}

/** The whole plan in one sentence, its branches with a word each. */
export function planSentence(speaker: Speaker, plan: Plan): string {
  if (plan.length === 0) return speaker.words.nothing;
  return plan.map((action, index) => actionWithBranches(speaker, action, index > 0)).join(ARROW);
}

function actionWithBranches(speaker: Speaker, action: Action, isInside: boolean): string {
  const form = formOf(speaker.forms, action);
  const keys = branchesOf(form, action).filter(({ key }) => key !== undefined);
  const label = actionLabel(speaker, form.name);
  const begun = isInside ? lowerFirst(label) : label;
  if (keys.length > 0) return `${begun}: ${keys.map((branch) => keyWord(speaker, branch)).join(', ')}`;
  const subject = subjectOf(speaker, action);
  return subject === undefined ? begun : `${begun} ${subject}`;
}

function keyWord(speaker: Speaker, { key = '', actions }: Branch): string {
  return `${key} ${shortPlan(speaker, actions)}`;
}

/** A list of actions in a word or two: where it leads. */
function shortPlan(speaker: Speaker, plan: Plan): string {
  const target = plan.find((action) => leadsOn(formOf(speaker.forms, action))) ?? plan.at(-1);
  if (target === undefined) return speaker.words.nothing;
  const subject = hasAddress(speaker, target) ? undefined : subjectOf(speaker, target);
  return subject ?? lowerFirst(actionLabel(speaker, actionName(target)));
}

/** People know what an address is for, not the address. */
function hasAddress({ forms }: Speaker, action: Action): boolean {
  return formOf(forms, action).fields.some(({ kind, required }) => kind === 'url' && required);
}

/** The action waits for an answer, or continues in a part. */
function leadsOn({ waits, fields }: ActionForm): boolean {
  return waits || fields.some(({ kind, required }) => kind === 'part' && required);
}

/** The way into a branch: its key, or its condition. */
export function branchName(
  { words }: Pick<Speaker, 'words'>,
  { setting, key }: Pick<Branch, 'setting' | 'key'>,
): string {
  return key ?? words.branches[setting] ?? setting;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
