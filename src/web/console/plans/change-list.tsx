import { changeTexts } from './change-texts.js';
import { fieldLabel } from './fields/field-label.js';
import { textOf } from './form-model.js';
import { planOf } from './items.js';
import { itemTitle } from './item-title.js';
import { isEqual } from '../config/values.js';
import { diffPlans, settingInWords, type PlanChange, type SettingChange } from './plan-diff.js';
import { useSettingNames } from './setting-names.js';
import { lineTitle, speaker } from './speaker.js';
import { store } from './draft-store.js';
import { texts } from './texts.js';
import type { Change } from './types.js';
import { Icon } from '../ui/icon.js';
import { planSentence } from './sentence.js';

type ShownChange = Omit<Change, 'lines'> & { lines?: string[] };

/** Changed items in words, with the lines whose callers notice it. */
export function ChangeList({ changes }: { changes: readonly ShownChange[] }) {
  return (
    <ul class="changes">
      {changes.map((change) => (
        <li key={`${change.section} ${change.key}`} class="card">
          <h2>
            {titleOf(change)} <span class={`plan-tag ${change.change}`}>{texts.kinds[change.change]}</span>
          </h2>
          <ItemChangeView change={change} />
          {change.lines !== undefined && <Hearers lines={change.lines} />}
        </li>
      ))}
    </ul>
  );
}

function titleOf({ section, key, before, after }: ShownChange): string {
  if (section !== 'lines') return itemTitle({ section, key });
  return `${texts.sections[section] ?? ''} ${lineTitle((after ?? before) as { number: string })}`;
}

function Hearers({ lines }: { lines: string[] }) {
  if (lines.length === 0) return <p class="soft">{changeTexts.heardByNobody}</p>;
  const named = lines.map((number) => {
    const body = store.get({ section: 'lines', key: number })?.body as { number: string; name?: string } | undefined;
    return lineTitle(body ?? { number });
  });
  return (
    <p class="soft hearers">
      <Icon name="people" /> {changeTexts.heardOn} {named.join(', ')}
    </p>
  );
}

function ItemChangeView({ change }: { change: ShownChange }) {
  const { section, before, after } = change;
  if (section !== 'lines' && section !== 'parts')
    return change.change === 'changed' ? <SettingNames section={section} before={before} after={after} /> : null;
  const item = (body: unknown) => ({ section, body }) as const;
  if (change.change !== 'changed')
    return <p class={change.change}>{planSentence(speaker.value, planOf(item(after ?? before)))}</p>;
  const steps = diffPlans(speaker.value, planOf(item(before)), planOf(item(after)));
  return (
    <>
      {section === 'lines' && <SettingNames section={section} before={before} after={after} except="plan" />}
      <PlanChanges changes={steps} />
    </>
  );
}

/** Differences of the steps of a plan. */
export function PlanChanges({ changes }: { changes: readonly PlanChange[] }) {
  return (
    <ul class="plan-changes">
      {changes.map((change, index) => (
        <li key={index} class={change.change}>
          {change.way.length > 0 && <span class="soft way">{change.way.join(' › ')}: </span>}
          <span class="unseen">{texts.kinds[change.change]}: </span>
          <span class="step-said">{change.what}</span>
          {change.settings.length > 0 && (
            <ul>
              {change.settings.map((setting) => (
                <li key={setting.field.name}>
                  {fieldLabel('', setting.field.name)}: {settingWords(setting)}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Values that are no words or numbers are only named. */
function settingWords(setting: SettingChange): string {
  const isPlain = [setting.before, setting.after].every((value) => typeof value !== 'object' || Array.isArray(value));
  return isPlain ? settingInWords(speaker.value, setting, texts.none) : texts.kinds.changed;
}

interface SettingNamesProps {
  section: string;
  before: unknown;
  after: unknown;
  except?: string;
}

/** The changed settings of an item, with their values when they are words or numbers. */
function SettingNames({ section, before, after, except = '' }: SettingNamesProps) {
  const nameOf = useSettingNames(section);
  const [was, is] = [before, after].map((body) => (body ?? {}) as Record<string, unknown>);
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].filter(
    (name) => name !== except && !isEqual(was?.[name], is?.[name]),
  );
  if (names.length === 0) return null;
  return (
    <ul class="plan-changes">
      {names.map((name) => (
        <li key={name} class="changed">
          {nameOf(name)}: {plain(was?.[name])} → {plain(is?.[name])}
        </li>
      ))}
    </ul>
  );
}

function plain(value: unknown): string {
  if (value === undefined || value === '') return texts.none;
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(', ');
  return typeof value === 'object' ? changeTexts.otherwise : textOf(value);
}
