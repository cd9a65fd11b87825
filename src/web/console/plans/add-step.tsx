import { session } from '../session.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { actionIcon } from './action-icons.js';
import { formTexts } from './fields/texts.js';
import { clipboard, type PlanEditor } from './editor-state.js';
import { actionLabel, actionSentence } from './sentence.js';
import { speaker } from './speaker.js';
import { texts } from './texts.js';

/** Kinds of steps for companies with a dispatch. */
const OF_DISPATCH: ReadonlySet<string> = new Set(['connect', 'order_status', 'call_back']);

/** Chooses the kind of a new step. */
export function AddStep({ editor }: { editor: PlanEditor }) {
  const { value: place } = editor.adding;
  if (place === undefined) return null;
  const copied = clipboard.value;
  const all = [...speaker.value.forms.keys()];
  const isOffered = (name: string) => session.usesDispatch || !OF_DISPATCH.has(name);
  // Others see them last, where they are no way to the status of an order in a shop.
  const names = [...all.filter(isOffered), ...all.filter((name) => !isOffered(name))];
  return (
    <Dialog title={texts.addStep} onClose={() => (editor.adding.value = undefined)}>
      <ul class="action-kinds">
        {copied !== undefined && (
          <li>
            <button type="button" autofocus onClick={() => editor.paste(place)}>
              <Icon name="copy" />
              <span>{texts.paste(actionSentence(speaker.value, copied))}</span>
            </button>
          </li>
        )}
        {names.map((name, index) => (
          <li key={name}>
            <button
              type="button"
              autofocus={copied === undefined && index === 0}
              onClick={() => editor.add(place, name)}
            >
              <Icon name={actionIcon(name)} />
              <span>
                {actionLabel(speaker.value, name)}
                <small class="soft">{formTexts.hints[name]}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
