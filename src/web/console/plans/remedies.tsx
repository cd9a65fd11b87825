import type { IconName } from '../../icons.js';
import { Icon } from '../ui/icon.js';
import { store } from './draft-store.js';
import type { PlanEditor } from './editor-state.js';
import { formOf } from './form-model.js';
import { makePart, stepTitle } from './make-part.js';
import { goesNowhere } from './new-part.js';
import { actionAt, outerAction, placeOf } from './operations.js';
import { choicesOf, speaker } from './speaker.js';
import type { PlacedProblem } from './step-problems.js';
import { texts } from './texts.js';
import type { FieldKind, LintProblem } from './types.js';
import { MOST_OFFERS, waysTo } from './ways-to.js';

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
        <button key={name} type="button" class="with-icon" onClick={run}>
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
      ...waysTo(editor.place.part).map(({ name, change }) => ({
        name,
        icon: 'add' as const,
        run: () => void store.change([change]),
      })),
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
  if (goesNowhere(editor.forms, actionAt(editor.forms, editor.plan, step))) return returnToOuter(editor, step);
  return code === undefined ? [] : useExisting(editor, step, UNKNOWN[code], field);
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

/** A step that does not say yet with which part it continues mostly leads back to the menu around it, which is to be a part for that. */
function returnToOuter(editor: PlanEditor, step: string): Remedy[] {
  const outer = outerAction(placeOf(step).list);
  const title = outer === undefined ? undefined : stepTitle(editor, outer);
  if (outer === undefined || title === undefined) return [];
  const { part } = editor.place;
  const [name, icon] = [texts.fixes.returnTo(title), 'plans' as const];
  if (part !== undefined && outer === '0') return [{ name, icon, run: () => editor.goTo(step, part) }];
  return editor.place.changeWithPart === undefined ? [] : [{ name, icon, run: () => makePart(editor, outer) }];
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
