import type { IconName } from '../../icons.js';
import { Icon } from '../ui/icon.js';
import { store } from './draft-store.js';
import type { PlanEditor } from './editor-state.js';
import { formOf } from './form-model.js';
import { planOf, withPlan } from './items.js';
import { goingTo, isEnd } from './new-part.js';
import { actionAt } from './operations.js';
import { choicesOf, lineTitle, speaker } from './speaker.js';
import type { PlacedProblem } from './step-problems.js';
import { texts } from './texts.js';
import type { FieldKind, Line, LintProblem } from './types.js';

/** More offers would hide the problem. */
const MOST_OFFERS = 4;

interface Remedy {
  name: string;
  icon?: IconName;
  run: () => void;
}

/** Buttons that put problems right. */
export function Remedies({ editor, problems }: { editor: PlanEditor; problems: readonly PlacedProblem[] }) {
  const remedies = problems.flatMap((problem) => remediesFor(editor, problem));
  if (remedies.length === 0 || editor.isReadOnly) return null;
  return (
    <div class="remedies">
      {remedies.map(({ name, icon = 'check', run }) => (
        <button key={name} type="button" onClick={run}>
          <Icon name={icon} />
          {name}
        </button>
      ))}
    </div>
  );
}

/** Kinds of fields by the code of the problem that their value does not exist. */
const UNKNOWN: Partial<Record<NonNullable<LintProblem['code']>, FieldKind>> = {
  unknown_part: 'part',
  unknown_queue: 'queue',
  unknown_handset: 'handset',
  unknown_profile: 'profile',
};

function remediesFor(editor: PlanEditor, { problem: { code }, step, field }: PlacedProblem): Remedy[] {
  const { fixes } = texts;
  if (code === 'part_unused')
    return [
      ...linesTo(editor),
      {
        name: fixes.removePart,
        icon: 'remove',
        run: () => editor.place.remove?.(),
      },
    ];
  if (step === undefined) return [];
  if (code === 'never_reached') return [{ name: fixes.removeStep, run: () => void editor.remove(step) }];
  if (code === 'no_keys') return [branch(editor, step, fixes.addFirstKey, { setting: 'keys', key: '1' }, [])];
  if (code === 'shop_failure_hangs_up')
    return [branch(editor, step, fixes.hangUpOnFailure, { setting: 'on_failure' }, ['hang_up'])];
  if (code === 'same_way') return [branch(editor, step, fixes.addClosed, { setting: 'closed' }, [])];
  if (code === 'never_closed') return [branch(editor, step, fixes.removeClosed, { setting: 'closed' }, undefined)];
  return code === undefined ? [] : useExisting(editor, step, UNKNOWN[code], field);
}

/** Offers to continue with the part at the end of each line. */
function linesTo({ place: { part } }: PlanEditor): Remedy[] {
  const { forms } = speaker.value;
  const next = part === undefined ? undefined : goingTo(forms, part);
  const items = (store.items.value ?? []).filter(
    ({ section, body }) => section === 'lines' && !isEnd(forms, planOf({ section, body })),
  );
  if (next === undefined || items.length > MOST_OFFERS) return [];
  return items.map((item) => ({
    name: texts.fixes.leadHere(lineTitle(item.body as Line)),
    icon: 'add',
    run: () =>
      void store.change([{ section: item.section, key: item.key, body: withPlan(item, [...planOf(item), next]) }]),
  }));
}

function branch(
  editor: PlanEditor,
  step: string,
  name: string,
  at: Parameters<PlanEditor['setBranch']>[1],
  actions: Parameters<PlanEditor['setBranch']>[2],
): Remedy {
  return { name, run: () => void editor.setBranch(step, at, actions) };
}

/** Offers what exists in place of what does not. */
function useExisting(
  editor: PlanEditor,
  step: string,
  kind: FieldKind | undefined,
  name: string | undefined,
): Remedy[] {
  const action = actionAt(editor.forms, editor.plan, step);
  const fields = action === undefined ? [] : formOf(speaker.value.forms, action).fields;
  const field = fields.find((each) => each.kind === kind && each.name === (name ?? each.name));
  const choices = kind === undefined ? [] : choicesOf(kind);
  if (field === undefined || choices.length > MOST_OFFERS) return [];
  return choices.map(({ value, name: title }) => ({
    name: texts.fixes.use(title),
    run: () => editor.setField(step, field, kind === 'queue' ? Number(value) : value),
  }));
}
