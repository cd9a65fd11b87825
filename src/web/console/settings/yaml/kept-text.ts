import { unsavedInput } from '../../config/unsaved.js';
import type { DraftInfo } from '../../plans/types.js';
import { session } from '../../session.js';

/** A text, the version of the configuration that it began with, and the draft that was made of it. */
export interface Edited {
  text: string;
  version: number;
  draft?: Pick<DraftInfo, 'id' | 'revision'>;
}

const NAME = 'yaml';
const unsaved = unsavedInput(sessionStorage, session.operator);

/** The configuration as it was typed, kept while the tab is open, until it is published. */
export const keptText = {
  read: (): Edited | undefined => unsaved.read<Edited>(NAME)?.body,
  write: (body: Edited): void => unsaved.write(NAME, { body, base: null }),
  clear: (): void => unsaved.clear(NAME),
  /** Forgets the text when its draft was published. */
  published(draftId: string): void {
    if (this.read()?.draft?.id === draftId) this.clear();
  },
};
