import { useId, useMemo } from 'preact/hooks';
import type { FieldError } from '../api/client.js';
import type { ItemEditor } from '../config/item-editor.js';
import { valueAt, type Path } from '../config/values.js';
import { AddStep } from '../plans/add-step.js';
import { PlanEditor } from '../plans/editor-state.js';
import { onOutlineKey } from '../plans/keys.js';
import type { PlanPlace } from '../plans/plan-place.js';
import { StepList } from '../plans/step-list.js';
import { placeProblems } from '../plans/step-problems.js';
import type { LintProblem, Plan } from '../plans/types.js';
import { usePlans } from '../plans/use-plans.js';
import { FieldGroup } from '../ui/field.js';
import { Skeleton } from '../ui/skeleton.js';
import { showDone } from '../ui/toasts.js';
import { NOTIFICATION_KEYS } from './fields.js';
import { texts } from './texts.js';
import '../styles/plans.css';

interface MenuKeysProps {
  editor: ItemEditor<object>;
  /** Place of the keys in the settings. */
  path: Path;
  disabled: boolean;
}

type Keys = Record<string, Plan>;

/** What each key of a menu does: the steps of a call plan. */
export function MenuKeys({ editor, path, disabled }: MenuKeysProps) {
  const items = usePlans();
  const keys = (valueAt(editor.body.value, path) ?? {}) as Keys;
  const set = (next: Keys) => editor.set(path, Object.keys(next).length === 0 ? undefined : next);
  const remove = (key: string) => {
    set(Object.fromEntries(Object.entries(keys).filter(([each]) => each !== key)));
    showDone(texts.keyRemoved(key), () => set(keys));
  };
  const rename = (from: string, to: string) =>
    set(Object.fromEntries(Object.entries(keys).map(([key, plan]) => [key === from ? to : key, plan])));
  const free = NOTIFICATION_KEYS.filter((key) => !Object.hasOwn(keys, key));
  const [nextKey] = free;
  if (items === 'failed') return <p class="bad">{texts.keysFailed}</p>;
  if (items === undefined) return <Skeleton rows={2} />;
  const shown = NOTIFICATION_KEYS.filter((key) => Object.hasOwn(keys, key));
  return (
    <FieldGroup label={texts.menuKeys} hint={texts.menuKeysHint} name={path.join('.')}>
      {shown.map((key) => (
        <MenuKey
          key={key}
          digit={key}
          free={free}
          {...{ editor, path, disabled }}
          onRename={(to) => rename(key, to)}
          onRemove={() => remove(key)}
        />
      ))}
      {!disabled && nextKey !== undefined && (
        <button type="button" onClick={() => set({ ...keys, [nextKey]: [] })}>
          {texts.addKey}
        </button>
      )}
    </FieldGroup>
  );
}

interface MenuKeyProps extends MenuKeysProps {
  digit: string;
  free: readonly string[];
  onRename: (to: string) => void;
  onRemove: () => void;
}

function MenuKey({ digit, free, editor, path, disabled, onRename, onRemove }: MenuKeyProps) {
  const id = useId();
  const place = useMemo(() => placeInForm(editor, [...path, digit]), [editor, digit]);
  const steps = useMemo(() => new PlanEditor(place, disabled), [place, disabled]);
  const { plan } = place;
  const at = { item: place.pointer, prefix: place.pointer };
  const problems = placeProblems(steps.forms, plan, editor.errors.value.map(asProblem), at);
  return (
    <section class="branch menu-key" aria-labelledby={id}>
      <div class="branch-head">
        <span id={id} class="key-cap">
          <span class="unseen">{texts.key}</span> {digit}
        </span>
        {!disabled && (
          <>
            <select
              aria-label={`${texts.changeKey}: ${digit}`}
              value={digit}
              onChange={({ currentTarget }) => onRename(currentTarget.value)}
            >
              {[digit, ...free].map((key) => (
                <option key={key} value={key}>
                  {key}
                </option>
              ))}
            </select>
            <button type="button" class="quiet" onClick={onRemove}>
              {`${texts.removeKey} ${digit}`}
            </button>
          </>
        )}
      </div>
      <div class="outline" onKeyDown={(event) => onOutlineKey(event, steps)}>
        <StepList editor={steps} list="" actions={plan} problems={problems} />
      </div>
      {steps.adding.value !== undefined && <AddStep editor={steps} />}
    </section>
  );
}

/** An error of the form, as problems of plans are written. */
function asProblem({ field, detail, code, params }: FieldError): LintProblem {
  const problem: LintProblem = {
    severity: 'error',
    file: '',
    line: 0,
    column: 0,
    path: field.replaceAll('.', '/'),
    message: detail,
    code,
  };
  return params === undefined ? problem : { ...problem, params };
}

/** A plan inside the settings. It is saved with them. */
function placeInForm(editor: ItemEditor<object>, path: Path): PlanPlace {
  return {
    pointer: path.join('/'),
    get plan() {
      return (valueAt(editor.body.value, path) ?? []) as Plan;
    },
    change(plan) {
      const before = valueAt(editor.body.value, path);
      editor.set(path, plan);
      return () => editor.set(path, before);
    },
  };
}
