import { useState } from 'preact/hooks';
import { can } from '../../session.js';
import { deferred } from '../../ui/deferred.js';
import { Icon } from '../../ui/icon.js';
import { store } from '../draft-store.js';
import { texts } from '../texts.js';

const NewPrompts = deferred(async () => {
  const [{ NewPrompts: Dialog }] = await Promise.all([
    import('../../prompts/new-prompts.js'),
    import('../../styles/prompts.css'),
  ]);
  return Dialog;
}, 0);

/** Makes a prompt without leaving the plan, and gives its id. */
export function NewPrompt({ onAdded }: { onAdded: (prompt: number) => void }) {
  const [isOpen, setOpen] = useState(false);
  if (!can('prompts:write')) return null;
  return (
    <>
      <button
        type="button"
        class="icon-only"
        aria-label={texts.newPrompt}
        title={texts.newPrompt}
        onClick={() => setOpen(true)}
      >
        <Icon name="add" />
      </button>
      {isOpen && (
        <NewPrompts
          files={[]}
          onClose={() => setOpen(false)}
          onSaved={([first]) => {
            setOpen(false);
            // The draft gets the prompt, so that a list has its name.
            if (first !== undefined) void store.load().then(() => onAdded(first.id));
          }}
        />
      )}
    </>
  );
}
