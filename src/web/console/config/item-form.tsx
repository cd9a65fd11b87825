import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { formatWhen } from '../format.js';
import { Dialog } from '../ui/dialog.js';
import { session } from '../session.js';
import { texts as shellTexts } from '../shell/texts.js';
import { EmptyState } from '../ui/empty-state.js';
import { Skeleton } from '../ui/skeleton.js';
import { showDone, showFailure, showProblem } from '../ui/toasts.js';
import { ItemEditor, type Conflict, type EditorNotices, type LabelOf } from './item-editor.js';
import { configItems, type ItemAt } from './items.js';
import { mayConfigure } from './may-configure.js';
import { fieldErrorText, problemText } from './problems.js';
import { texts } from './texts.js';
import { unsavedInput } from './unsaved.js';
import { itemName, labelNear, whatChanged } from './what-changed.js';
import { differences, valueAt, type Path } from './values.js';
import '../styles/forms.css';

const notices: EditorNotices = {
  saved(undo, notice, labelOf) {
    const tell = notice.before === null ? texts.added : texts.saved;
    showDone(tell(whatChanged(notice, labelOf)), undo);
  },
  removed: (undo, { at, before }) => showDone(texts.removed(itemName(at, before)), undo),
  undone: () => showDone(texts.undone),
  tookTheirs: (undo) => showDone(texts.tookTheirs, undo),
  failed: (failure) => (failure.code === undefined ? showFailure(failure.status) : showProblem(problemText(failure))),
};

/** The editor of one item, loaded when the page opens. @param fresh the first content of a new item */
export function useItemEditor<T extends object>(
  at: ItemAt,
  fresh?: { body: T; keyField?: keyof T & string },
  prepare?: (body: T) => T,
): ItemEditor<T> {
  const editor = useMemo(
    () =>
      new ItemEditor<T>(at, {
        items: configItems,
        unsaved: unsavedInput(sessionStorage, session.operator),
        notices,
        fresh,
        prepare,
      }),
    [at.section, at.key],
  );
  useEffect(() => void editor.load(), [editor]);
  return editor;
}

interface ItemFormProps<T extends object> {
  editor: ItemEditor<T>;
  /** The name of a property, for lists of errors and differences. */
  labelOf: LabelOf;
  /** After the item was stored; `isNew`: for the first time. */
  onSaved?: ((key: string, isNew: boolean) => void) | undefined;
  onRemoved?: (() => void) | undefined;
  /** Shows the removal. */
  removable?: boolean;
  /** In place of the form when there is no such item. */
  whenMissing?: ComponentChildren;
  children: ComponentChildren;
}

/** The form around the fields of an item: what is wrong, what others have changed, and the buttons. */
export function ItemForm<T extends object>(props: ItemFormProps<T>) {
  const { editor, labelOf, onSaved, onRemoved, removable, whenMissing, children } = props;
  const phase = editor.phase.value;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (phase === 'ready' && editor.isNew) firstEmptyField(form.current)?.focus();
  }, [phase]);
  const save = async () => {
    const { isNew } = editor;
    if (await editor.save(labelOf)) onSaved?.(editor.key, isNew);
  };
  if (phase === 'loading') return <Skeleton rows={6} />;
  if (phase === 'missing' && whenMissing !== undefined) return <>{whenMissing}</>;
  if (phase !== 'ready')
    return <EmptyState icon="warning" title={phase === 'missing' ? texts.missing : shellTexts.failures[0]} />;
  return (
    <form
      ref={form}
      class="item"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {!mayConfigure() && <p class="note">{texts.readOnly}</p>}
      {editor.isRestored.value && (
        <p class="note" role="status">
          {texts.restored}
        </p>
      )}
      <ErrorList editor={editor} labelOf={labelOf} />
      {children}
      {mayConfigure() && (
        <div class="save-bar">
          <button
            class={editor.isChanged.value || editor.isNew ? 'primary' : ''}
            disabled={editor.isSaving.value || (!editor.isChanged.value && !editor.isNew)}
          >
            {editor.isSaving.value ? texts.saving : editor.isNew ? texts.add : texts.save}
          </button>
          {editor.isChanged.value && (
            <>
              <button type="button" onClick={() => editor.reset()}>
                {texts.discard}
              </button>
              <span class="soft" role="status">
                {texts.unsaved}
              </span>
            </>
          )}
          {removable === true && !editor.isNew && (
            <button
              type="button"
              class="danger"
              onClick={() => void editor.remove().then((isGone) => isGone && onRemoved?.())}
            >
              {texts.remove}
            </button>
          )}
        </div>
      )}
      {editor.conflict.value !== undefined && (
        <ConflictDialog editor={editor} conflict={editor.conflict.value} labelOf={labelOf} onSaved={onSaved} />
      )}
    </form>
  );
}

/** Where a person begins to fill in a new item. */
function firstEmptyField(form: HTMLFormElement | null): HTMLElement | undefined {
  const fields = form?.querySelectorAll<HTMLInputElement>('input:not([type=radio], [type=checkbox]), textarea') ?? [];
  return [...fields].find(({ value, disabled }) => value === '' && !disabled);
}

/** What is wrong, each with a way to its field. */
function ErrorList<T extends object>({ editor, labelOf }: Pick<ItemFormProps<T>, 'editor' | 'labelOf'>) {
  const list = useRef<HTMLDivElement>(null);
  const errors = editor.errors.value;
  useEffect(() => {
    if (errors.length > 0) list.current?.focus();
  }, [errors.length > 0]);
  if (errors.length === 0) return null;
  return (
    <div ref={list} class="errors" role="alert" tabIndex={-1}>
      <p>{texts.checkInput}</p>
      <ul>
        {errors.map((error, index) => {
          const label = labelNear(error.field, labelOf);
          return (
            <li key={index}>
              {label === undefined ? (
                [sectionOf(error.field), fieldErrorText(error)].filter((part) => part !== undefined).join(': ')
              ) : (
                <>
                  <button type="button" class="link" onClick={() => focusField(error.field)}>
                    {label}
                  </button>
                  {`: ${fieldErrorText(error)}`}
                </>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The name of the section that a place of the document is in; undefined for a field of the item. */
function sectionOf(place: string): string | undefined {
  const sections: Record<string, string> = texts.sections;
  return sections[place.split('/')[0] ?? ''];
}

function focusField(field: string): void {
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const control = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(path)}"]`);
    if (control === null) continue;
    control.closest('details')?.setAttribute('open', '');
    control.focus();
    return;
  }
}

interface ConflictProps<T extends object> extends Pick<ItemFormProps<T>, 'editor' | 'labelOf' | 'onSaved'> {
  conflict: Conflict<T>;
}

function ConflictDialog<T extends object>({ editor, conflict, labelOf, onSaved }: ConflictProps<T>) {
  const { theirs, changedBy } = conflict;
  const places = theirs === null ? [] : differences(editor.body.value, theirs);
  const keep = () => void editor.keepMine(labelOf).then((isSaved) => isSaved && onSaved?.(editor.key, false));
  return (
    <Dialog title={texts.conflict} class="conflict" onClose={() => editor.decideLater()}>
      <ul class="plain">
        {changedBy.map(({ version, at, author }) => (
          <li key={version}>{texts.conflictBy((author ?? texts.gateway).replace(/^@/, ''), formatWhen(at))}</li>
        ))}
      </ul>
      {theirs === null && <p>{texts.conflictRemoved}</p>}
      <p>{texts.conflictHint}</p>
      {places.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>{texts.field}</th>
              <th>{texts.mine}</th>
              <th>{texts.theirs}</th>
            </tr>
          </thead>
          <tbody>
            {places.map((path) => (
              <tr key={path.join('.')}>
                <td>{labelNear(path.join('.'), labelOf) ?? path.join(' ')}</td>
                <td>{shortValue(editor.body.value, path)}</td>
                <td>{shortValue(theirs, path)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="row">
        <button type="button" class="primary" onClick={keep}>
          {texts.keepMine}
        </button>
        <button type="button" onClick={() => editor.takeTheirs()}>
          {texts.takeTheirs}
        </button>
      </div>
      <p class="hint">{texts.keepMineHint}</p>
    </Dialog>
  );
}

const LONGEST_VALUE = 120;

function shortValue(item: unknown, path: Path): string {
  const text = valueText(valueAt(item, path));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

function valueText(value: unknown): string {
  if (value === undefined || value === '') return texts.empty;
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  if (Array.isArray(value)) return value.length === 0 ? texts.empty : value.map(valueText).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
