import type { SetupAnswers } from '../../../company/setup-progress.js';
import { compact } from '../../../lib/compact.js';
import { api, type ApiFailure } from '../api/client.js';
import { session } from '../session.js';
import {
  bodyIn,
  changesOf,
  isWhole,
  itemsOf,
  settingsOf,
  shippedPurposes,
  SOUNDS,
  withoutExample,
  type Changes,
  type Item,
  type ItemNames,
  type WholeAnswers,
  type WholeMade,
} from './company.js';
import { promptWithSound, withKeys } from './made.js';
import { progress, storeProgress, type Progress } from './progress.js';

type Document = Record<string, unknown>;
type Failed = Pick<ApiFailure, 'status' | 'detail' | 'errors'>;
/** `kept`: items that were changed in another place; they stay as they are. */
export type Outcome = { ok: true; kept: Item[] } | { ok: false; failure: Failed };

export interface PublishTexts {
  items: ItemNames;
  draft: string;
  prompts: Record<keyof typeof SOUNDS | 'greeting_spoken' | 'closed_spoken' | 'nobody_spoken', string>;
}

/** Country and time zone are in the configuration only. */
export interface Settings {
  country: string;
  time_zone: string;
}

const SPOKEN = ['greeting', 'closed', 'nobody'] as const;
const SETTINGS = { section: 'settings', key: 'company' } as const;

class Refused extends Error {
  constructor(readonly failure: Failed) {
    super(failure.detail);
  }
}

/**
 * Stores answers of the set-up. As soon as they make a whole configuration, it is published as well, as one draft.
 *
 * @param settings undefined: country and time zone stay
 */
export async function save(
  answers: SetupAnswers,
  texts: PublishTexts,
  step: string,
  settings?: Settings,
): Promise<Outcome> {
  const current = progress.value;
  if (current === undefined) return { ok: false, failure: { status: 0, detail: '', errors: [] } };
  try {
    const { made, kept } = await publish(current, answers, texts, settings);
    const status = await storeProgress({ state: 'open', step, answers, made });
    return status === undefined ? { ok: true, kept } : { ok: false, failure: { status, detail: '', errors: [] } };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, failure: error.failure };
    throw error;
  }
}

/** Removes the telephone of the test call from the configuration. */
export async function removeTestHandset(): Promise<void> {
  const key = progress.value?.made.test_handset;
  if (key === undefined) return;
  const at = { section: 'handsets', key } as const;
  const found = await api.get('/api/v1/config/{section}/{key}', { path: at });
  if (found.ok)
    await api.delete('/api/v1/config/{section}/{key}', { path: at, headers: { 'if-match': found.data.etag } });
}

async function publish(
  current: Progress,
  answers: SetupAnswers,
  texts: PublishTexts,
  settings: Settings | undefined,
): Promise<{ made: Progress['made']; kept: Item[] }> {
  const prompts = isWhole(answers) ? await promptsFor(answers, current, texts) : current.made.prompts;
  const draft = unwrap(await api.post('/api/v1/config/drafts', { body: { name: texts.draft } }));
  const path = { id: draft.id };
  const remove = () => api.delete('/api/v1/config/drafts/{id}', { path });
  try {
    const plan = planChanges(draft.document, { answers, current, prompts, settings, names: texts.items });
    if (plan.changes.length === 0) await remove();
    else {
      const body = { changes: plan.changes };
      const changed = unwrap(await api.patch('/api/v1/config/drafts/{id}', { path, headers: ifMatch(draft), body }));
      unwrap(await api.post('/api/v1/config/drafts/{id}/publish', { path, headers: ifMatch(changed) }));
    }
    return plan;
  } catch (error) {
    await remove();
    throw error;
  }
}

function planChanges(
  document: Document,
  given: {
    answers: SetupAnswers;
    current: Progress;
    prompts: Record<string, number>;
    settings: Settings | undefined;
    names: ItemNames;
  },
): Changes & { made: Progress['made'] } {
  const { answers, current, prompts, settings, names } = given;
  const { answers: former, made } = current;
  const isFirst = made.queue === undefined;
  const next = isWhole(answers) ? withKeys({ ...made, prompts }, document, answers) : undefined;
  const removesExample = isFirst && next !== undefined && answers.remove_example === true;
  const { removed, rest } = removesExample ? withoutExample(document) : { removed: [], rest: document };
  const before = isWhole(former) && !isFirst ? itemsOf(former, made as WholeMade, names) : [];
  const after = next !== undefined && isWhole(answers) ? itemsOf(answers, next, names) : [];
  const { changes, kept } = changesOf(before, after, (at) => bodyIn(rest, at));
  const reject_prompt = next?.prompts['rejected'];
  const { language, number } = answers;
  const wanted = settingsOf(rest, compact({ language, number, reject_prompt, ...settings }));
  return {
    changes: [...removed, { ...SETTINGS, body: wanted }, ...changes, ...ownHandset(rest, next)],
    // Music that is there already is as good.
    kept: kept.filter(({ section }) => section !== 'music'),
    made: next ?? made,
  };
}

/** The visitor answers at the new handset, unless they have one. */
function ownHandset(document: Document, made: WholeMade | undefined): Changes['changes'] {
  const at = { section: 'operators', key: String(session.operator) } as const;
  const operator = bodyIn(document, at) as Document | undefined;
  if (made === undefined || operator === undefined || operator['handset'] !== undefined) return [];
  return [{ ...at, body: { ...operator, handset: made.handset } }];
}

/** Makes the prompts that are missing. @returns id of each by purpose */
async function promptsFor(
  answers: WholeAnswers,
  { answers: former, made }: Progress,
  texts: PublishTexts,
): Promise<Record<string, number>> {
  const { prompts: known } = unwrap(await api.get('/api/v1/prompts'));
  const ids = { ...made.prompts };
  for (const purpose of shippedPurposes(answers)) {
    if (known.some(({ id }) => id === ids[purpose])) continue;
    const body = { name: texts.prompts[purpose], sound: SOUNDS[purpose] };
    ids[purpose] = promptWithSound(known, purpose) ?? unwrap(await api.post('/api/v1/prompts', { body })).id;
  }
  for (const choice of SPOKEN) {
    const [wanted, before] = [answers.prompts?.[choice], former.prompts?.[choice]];
    const purpose = `${choice}_spoken` as const;
    const isThere = known.some(({ id }) => id === ids[purpose]);
    if (wanted?.kind !== 'spoken' || (isThere && before?.text === wanted.text && former.language === answers.language))
      continue;
    const body = { name: texts.prompts[purpose], text: wanted.text ?? '', voice: answers.language };
    ids[purpose] = unwrap(await api.post('/api/v1/prompts/from-text', { body })).id;
  }
  return ids;
}

function ifMatch({ revision }: { revision: number }): Record<string, string> {
  return { 'if-match': `"${revision}"` };
}

function unwrap<T>(outcome: { ok: true; data: T } | ({ ok: false } & Failed)): T {
  if (outcome.ok) return outcome.data;
  throw new Refused(outcome);
}
