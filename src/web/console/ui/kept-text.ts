import { useSignal, type ReadonlySignal } from '@preact/signals';
import { session } from '../session.js';

interface KeptText {
  text: ReadonlySignal<string>;
  change: (text: string) => void;
  /** Call it when the text is stored. What the field shows stays. */
  forget: () => void;
}

/** Text that is typed and kept while the tab is open, until it is stored: over a closed dialog, a reload, or a lost session of the same person. */
export function useKeptText(name: string, initial = ''): KeptText {
  const key = `cordboard-unsaved ${session.operator ?? 'token'} ${name}`;
  const text = useSignal(sessionStorage.getItem(key) ?? initial);
  return {
    text,
    change(typed) {
      text.value = typed;
      try {
        sessionStorage.setItem(key, typed);
      } catch {
        // The field itself still has the text.
      }
    },
    forget: () => sessionStorage.removeItem(key),
  };
}
