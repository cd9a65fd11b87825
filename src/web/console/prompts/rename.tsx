import { useSignal } from '@preact/signals';
import { texts } from '../audio/texts.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';

interface RenameProps {
  name: string;
  /** @returns whether it is stored */
  onRename: (name: string) => Promise<boolean>;
}

/** A button that asks for another name. */
export function Rename({ name, onRename }: RenameProps) {
  const typed = useSignal<string | undefined>(undefined);
  const save = async (event: Event) => {
    event.preventDefault();
    const wanted = typed.value?.trim() ?? '';
    if (wanted === '') return;
    if (wanted === name || (await onRename(wanted))) typed.value = undefined;
  };
  return (
    <>
      <button type="button" class="with-icon" onClick={() => (typed.value = name)}>
        <Icon name="edit" />
        {texts.rename}
      </button>
      {typed.value !== undefined && (
        <Dialog title={texts.rename} onClose={() => (typed.value = undefined)}>
          <form onSubmit={(event) => void save(event)}>
            <label>
              {texts.name}
              <input
                type="text"
                required
                maxLength={120}
                autofocus
                value={typed.value}
                onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
              />
            </label>
            <div class="actions">
              <button class="primary">{texts.save}</button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
