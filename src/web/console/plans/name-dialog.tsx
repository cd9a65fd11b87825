import { useLocation } from 'preact-iso';
import { useId, useState } from 'preact/hooks';
import { Dialog } from '../ui/dialog.js';
import { store } from './draft-store.js';
import { itemChanges, keyOf, nameProblem, type NamedItem, type NameTask } from './rename.js';
import { freeName } from './references.js';
import { speaker } from './speaker.js';
import { texts } from './texts.js';
import type { Line } from './types.js';

/** Asks for the number and name of a line, or the name of a part. */
export function NameDialog({ task, onClose }: { task: NameTask; onClose: () => void }) {
  const { section, does, key } = task;
  const { route } = useLocation();
  const id = useId();
  const items = store.items.value ?? [];
  const body = key === undefined ? undefined : store.get({ section, key })?.body;
  const taken = new Set(items.filter((item) => item.section === section).map((item) => item.key));
  const [wanted, setWanted] = useState<NamedItem>({
    key: does === 'rename' ? (key ?? '') : section === 'parts' && key !== undefined ? freeName(key, taken) : '',
    name: section === 'lines' && does === 'rename' ? ((body as Line | undefined)?.name ?? '') : '',
  });
  const [isTried, setTried] = useState(false);
  const problem = nameProblem(task, wanted, taken);
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (problem !== undefined) return;
    store.change(itemChanges(speaker.value.forms, items, task, wanted));
    onClose();
    if (does !== 'rename') route(`/plans/${section}/${encodeURIComponent(keyOf(section, wanted.key))}`);
  };
  const isLine = section === 'lines';
  const title = does === 'rename' ? texts.rename : isLine ? texts.addLine : texts.addPart;
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stacked" onSubmit={submit}>
        <label>
          {isLine ? texts.number : texts.name}
          <input
            type={isLine ? 'tel' : 'text'}
            autofocus
            autocomplete="off"
            value={wanted.key}
            aria-describedby={`${id}-hint`}
            aria-invalid={isTried && problem !== undefined}
            onInput={({ currentTarget: { value } }) => setWanted({ ...wanted, key: value })}
          />
        </label>
        <p id={`${id}-hint`} class={isTried && problem !== undefined ? 'bad' : 'soft'}>
          {(isTried && problem !== undefined && texts[problem]) || (isLine ? texts.numberHint : texts.partNameHint)}
        </p>
        {isLine && (
          <label>
            {texts.name}
            <input
              type="text"
              maxLength={80}
              autocomplete="off"
              value={wanted.name}
              onInput={({ currentTarget: { value } }) => setWanted({ ...wanted, name: value })}
            />
          </label>
        )}
        <div class="row">
          <button class="primary">{does === 'rename' ? texts.save : texts.add}</button>
          <button type="button" onClick={onClose}>
            {texts.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
